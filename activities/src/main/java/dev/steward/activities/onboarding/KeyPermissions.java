package dev.steward.activities.onboarding;

import dev.steward.aws.RegionClients;
import dev.steward.aws.actions.Keys;
import dev.steward.estate.KeyUse;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.model.Permission;
import dev.steward.model.Permission.Grant;
import dev.steward.model.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What is known of the permissions on KMS keys. Only a description can be tried: the others are for
 * services that work for the role, and whoever tries them himself is refused though they are
 * granted.
 */
final class KeyPermissions {
  private static final String FEATURE = "changes of what is encrypted";

  /** A key's own policy may refuse what the role has, so that one key says little. */
  private static final int MOST = 5;

  private KeyPermissions() {}

  /**
   * @param clients with a session that may describe keys
   * @param seen what the listings brought
   */
  static List<Permission> of(RegionClients clients, List<Resource> seen) {
    List<Permission> rows = new ArrayList<>();
    for (String action : Catalogue.keyActions())
      rows.add(
          new Permission(
              FEATURE,
              action,
              action.equals(KeyUse.LOOK) ? described(clients, seen) : Grant.NOT_PROBED));
    return rows;
  }

  private static Grant described(RegionClients clients, List<Resource> seen) {
    List<Grant> answers =
        seen.stream()
            .map(resource -> resource.attribute(KeyUse.KEY))
            .filter(Objects::nonNull)
            .filter(key -> isOwn(clients, key))
            .distinct()
            .limit(MOST)
            .map(key -> Tried.by(() -> Keys.describe(clients, key)))
            .toList();
    if (answers.isEmpty()) return Grant.NOT_PROBED;
    if (answers.contains(Grant.ALLOWED)) return Grant.ALLOWED;
    return Set.copyOf(answers).equals(Set.of(Grant.DENIED)) ? Grant.DENIED : Grant.UNKNOWN;
  }

  /** Of another account's key its owner decides. */
  private static boolean isOwn(RegionClients clients, String key) {
    String[] arn = key.split(":", -1);
    return arn.length > 4 && arn[3].equals(clients.region()) && clients.connection().isOf(arn[4]);
  }
}
