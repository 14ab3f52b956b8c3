package dev.steward.estate;

import dev.steward.estate.Losses.Loss;
import dev.steward.model.PlanStep;
import dev.steward.model.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What comes back encrypted though it was not: a region may encrypt whatever volume or copy is made
 * in it, and of what is encrypted AWS makes nothing else (EBS user guide, <a
 * href="https://docs.aws.amazon.com/ebs/latest/userguide/encryption-by-default.html">Enable
 * encryption by default</a>; EC2 API reference, CopySnapshot).
 */
public final class MadeEncrypted {
  /** Kinds of which AWS is asked. */
  public static final Set<String> KINDS = Set.of("ebs_volume", "ebs_snapshot");

  /** A mark on them: the key that the region encrypts with; absent where AWS did not say. */
  public static final String DEFAULT_KEY = "default_key";

  /** Its value where the region does not. */
  public static final String NONE = "none";

  /** What approvers read where AWS did not say. */
  public static final String UNTOLD =
      "where its region encrypts by default, which AWS did not say, the restored volume is encrypted with the region's default key";

  private static final List<String> VOLUME = List.of("Volume.Encrypted", "Volume.KmsKeyId");
  private static final List<String> SNAPSHOT = List.of("Snapshot.Encrypted", "Snapshot.KmsKeyId");

  private MadeEncrypted() {}

  /** What approvers read of a volume whose region encrypts with this key. */
  public static String volume(String key) {
    return "its region encrypts by default: the restored volume is encrypted, with " + key;
  }

  /** Whether it is one of which AWS is asked, and might come back encrypted. */
  public static boolean mayBe(Resource resource) {
    return KINDS.contains(resource.kind()) && !resource.flag("encrypted");
  }

  static List<Loss> of(String action, Resource resource, Map<String, String> parameters) {
    if (!mayBe(resource)) return List.of();
    return of(action, resource.attribute(DEFAULT_KEY), parameters).stream().toList();
  }

  private static Optional<Loss> of(
      String action, @Nullable String key, Map<String, String> parameters) {
    return switch (action) {
      case "snapshot_and_delete_volume" ->
          NONE.equals(key)
              ? Optional.empty()
              : Optional.of(new Loss(key == null ? UNTOLD : volume(key), VOLUME));
      case "delete_snapshot" ->
          snapshot(
                  key,
                  parameters.getOrDefault("copy_region", "none"),
                  parameters.getOrDefault("copy_key", "none"))
              .map(says -> new Loss(says, SNAPSHOT));
      default -> Optional.empty();
    };
  }

  /**
   * Whether approvers read what comes of a region that encrypts with this key; where it is null,
   * that AWS did not say. Plans of before say nothing.
   */
  public static boolean isStated(PlanStep step, @Nullable String key) {
    return of(step.action(), key, step.parameters())
        .map(Loss::says)
        .filter(step.losses()::contains)
        .isPresent();
  }

  /** The key that it comes back encrypted with, if it does, as far as that is known. */
  static Optional<String> key(Resource resource) {
    if (!mayBe(resource)) return Optional.empty();
    String key = resource.attribute(DEFAULT_KEY);
    // A snapshot may come back encrypted because its copy was.
    return NONE.equals(key) && resource.kind().equals("ebs_volume")
        ? Optional.empty()
        : Optional.of(key == null || key.equals(NONE) ? KeyUse.UNKNOWN : key);
  }

  private static Optional<String> snapshot(@Nullable String key, String region, String asked) {
    if (region.equals("none")) return Optional.empty();
    if (!asked.equals("none"))
      return Optional.of(
          "the copy is encrypted with copy_key, and so the snapshot that is copied back is encrypted with the default key of its region");
    if (key != null && !key.equals(NONE))
      return Optional.of(
          "its region encrypts by default: the snapshot that is copied back is encrypted, with "
              + key);
    return Optional.of(
        "where "
            + region
            + (key == null ? " or its own region" : "")
            + " encrypts by default, the snapshot that is copied back is encrypted with the default key of its region");
  }
}
