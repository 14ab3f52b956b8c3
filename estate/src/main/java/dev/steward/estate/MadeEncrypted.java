package dev.steward.estate;

import dev.steward.estate.Losses.Loss;
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

  static List<Loss> of(String action, Resource resource, Map<String, String> parameters) {
    if (resource.flag("encrypted")) return List.of();
    String key = resource.attribute(DEFAULT_KEY);
    return switch (action) {
      case "snapshot_and_delete_volume" -> volume(key, NONE.equals(key));
      case "delete_snapshot" ->
          snapshot(
                  key,
                  parameters.getOrDefault("copy_region", "none"),
                  parameters.getOrDefault("copy_key", "none"))
              .map(says -> new Loss(says, SNAPSHOT))
              .stream()
              .toList();
      default -> List.of();
    };
  }

  private static List<Loss> volume(@Nullable String key, boolean stays) {
    if (stays) return List.of();
    return List.of(new Loss(key == null ? UNTOLD : volume(key), VOLUME));
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
