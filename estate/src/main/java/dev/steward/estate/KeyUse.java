package dev.steward.estate;

import dev.steward.model.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What an action and its undo need of the KMS key where the resource is encrypted with one. AWS
 * then uses the key in the name of who calls: whoever lacks it stops an instance and does not start
 * it again, and makes copies that come to nothing.
 *
 * <p>{@code volume_to_gp3}, {@code set_log_retention} and {@code set_bucket_lifecycle} use no key:
 * the data stays where it is and as it is.
 *
 * @param iam the IAM actions; {@link IamPolicy} says under which conditions
 * @param when the parameter that must be given for the key to be used, where one decides it
 */
public record KeyUse(List<String> iam, Optional<String> when) {
  /** The only one that a caller may do by himself; the others are a service's, for him. */
  public static final String LOOK = "kms:DescribeKey";

  /**
   * <a href="https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption-requirements.html">EBS
   * user guide, Permissions for users</a>; of starting an instance also <a
   * href="https://repost.aws/knowledge-center/kms-iam-ec2-permission">re:Post</a>.
   */
  private static final List<String> EBS =
      List.of(
          LOOK,
          "kms:CreateGrant",
          "kms:Decrypt",
          "kms:GenerateDataKeyWithoutPlaintext",
          "kms:ReEncrypt*");

  /**
   * <a
   * href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.Keys.html">RDS
   * user guide, Authorizing use of a customer managed key</a>.
   */
  private static final List<String> RDS = List.of(LOOK, "kms:CreateGrant");

  private static final Map<String, KeyUse> ALL =
      Map.of(
          "snapshot_and_delete_volume",
          always(EBS),
          // Who only deletes needs no key, and may well be rid of it already.
          "delete_snapshot",
          new KeyUse(EBS, Optional.of("copy_region")),
          // An image without the key of its snapshots starts nothing, so that it is asked about.
          "deregister_image",
          always(List.of(LOOK)),
          "stop_instance",
          always(EBS),
          "start_instance",
          always(EBS),
          "resize_instance",
          always(EBS),
          "terminate_instance",
          always(EBS),
          "stop_rds_instance",
          always(RDS),
          "snapshot_and_delete_rds",
          always(RDS));

  public KeyUse {
    iam = List.copyOf(iam);
  }

  private static KeyUse always(List<String> iam) {
    return new KeyUse(iam, Optional.empty());
  }

  /** The IAM actions on keys of all actions. */
  public static List<String> actions() {
    return ALL.values().stream().flatMap(use -> use.iam().stream()).distinct().sorted().toList();
  }

  /** Empty where the action uses no key. */
  public static Optional<KeyUse> of(String action) {
    return Optional.ofNullable(ALL.get(action));
  }

  /** Stands for a key that nobody knows. */
  static final String UNKNOWN = "unknown";

  /** Says of a plan that it names all keys, and there are none. */
  private static final String NONE = "none";

  /**
   * The keys that the action and its undo use, for who decides; {@code unknown} where a part was
   * not answered or its key not named.
   */
  public static List<String> keys(
      String action, Resource resource, Map<String, String> parameters, Beside beside) {
    if (of(action).filter(use -> use.under(parameters)).isEmpty()) return List.of();
    TreeSet<String> keys = new TreeSet<>();
    switch (resource.kind()) {
      case "ec2_instance" -> parts(beside.volumes(), keys);
      case "ec2_image" -> {
        parts(beside.snapshots(), keys);
        long all = resource.attributes().getOrDefault("snapshots", "").split(",").length;
        if (beside.snapshots() != null && beside.snapshots().size() < all) keys.add(UNKNOWN);
      }
      default -> parts(List.of(resource), keys);
    }
    MadeEncrypted.key(resource).ifPresent(keys::add);
    Optional.ofNullable(parameters.get("copy_key")).ifPresent(keys::add);
    keys.remove(NONE);
    return keys.isEmpty() ? List.of(NONE) : List.copyOf(keys);
  }

  private static void parts(@Nullable List<Resource> parts, TreeSet<String> keys) {
    if (parts == null) keys.add(UNKNOWN);
    else
      for (Resource part : parts)
        if (part.attribute("encrypted") == null) keys.add(UNKNOWN);
        else if (part.flag("encrypted"))
          keys.add(part.attributes().getOrDefault("kms_key", UNKNOWN));
  }

  /** Whether a plan names the keys, and not this one; a plan of before says nothing of them. */
  public static boolean isUnplanned(String key, List<String> planned) {
    return !planned.isEmpty() && !planned.contains(UNKNOWN) && !planned.contains(key);
  }

  /** Whether it uses one under these parameters. */
  public boolean under(Map<String, String> parameters) {
    return when.map(name -> !parameters.getOrDefault(name, "none").equals("none")).orElse(true);
  }
}
