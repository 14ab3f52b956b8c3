package dev.steward.activities.governance;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.model.CreateVolumePermission;
import software.amazon.awssdk.services.ec2.model.OperationType;
import software.amazon.awssdk.services.ec2.model.SnapshotAttributeName;

/** Who else may make volumes of a snapshot. */
final class Sharing {
  private static final String ACCOUNTS = "shared_with";
  private static final String ALL = "shared_with_all";

  private Sharing() {}

  static Map<String, String> of(Site site, String snapshot) {
    List<CreateVolumePermission> permissions =
        site.clients()
            .ec2()
            .describeSnapshotAttribute(r ->
                r.snapshotId(snapshot).attribute(SnapshotAttributeName.CREATE_VOLUME_PERMISSION))
            .createVolumePermissions();
    Map<String, String> recipe = new TreeMap<>();
    String accounts =
        String.join(
            ",",
            permissions.stream()
                .map(CreateVolumePermission::userId)
                .filter(java.util.Objects::nonNull)
                .toList());
    if (!accounts.isEmpty()) recipe.put(ACCOUNTS, accounts);
    if (permissions.stream().anyMatch(p -> p.groupAsString() != null)) recipe.put(ALL, "true");
    return recipe;
  }

  /** As it was written down; a second time changes nothing. */
  static void again(Site site, String snapshot) {
    if (!site.note(ACCOUNTS).isEmpty())
      site.clients()
          .ec2()
          .modifySnapshotAttribute(r ->
              r.snapshotId(snapshot)
                  .attribute(SnapshotAttributeName.CREATE_VOLUME_PERMISSION)
                  .operationType(OperationType.ADD)
                  .userIds(site.note(ACCOUNTS).split(",")));
    if (site.note(ALL).equals("true"))
      site.clients()
          .ec2()
          .modifySnapshotAttribute(r ->
              r.snapshotId(snapshot)
                  .attribute(SnapshotAttributeName.CREATE_VOLUME_PERMISSION)
                  .operationType(OperationType.ADD)
                  .groupNames("all"));
  }
}
