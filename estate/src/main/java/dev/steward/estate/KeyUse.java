package dev.steward.estate;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an action and its undo need of the KMS key where the resource is encrypted with one. AWS
 * then uses the key in the name of who calls: whoever lacks it stops an instance and does not start
 * it again, and makes copies that come to nothing.
 *
 * <p>{@code volume_to_gp3}, {@code set_log_retention} and {@code set_bucket_lifecycle} use no key:
 * the data stays where it is and as it is.
 *
 * @param iam the IAM actions; {@link Policy} says under which conditions
 * @param when the parameter that must be given for the key to be used, where one decides it
 */
public record KeyUse(List<String> iam, Optional<String> when) {
  private static final String LOOK = "kms:DescribeKey";

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

  /** Empty where the action uses no key. */
  public static Optional<KeyUse> of(String action) {
    return Optional.ofNullable(ALL.get(action));
  }

  /** Whether it uses one under these parameters. */
  public boolean under(Map<String, String> parameters) {
    return when.map(name -> !parameters.getOrDefault(name, "none").equals("none")).orElse(true);
  }
}
