package dev.steward.estate.ec2;

import dev.steward.estate.Call;
import dev.steward.estate.Path;
import dev.steward.estate.RegionSetting;
import java.util.List;

/** How volumes and snapshots are encrypted. */
final class EbsEncryption {
  /**
   * What whoever makes or attaches what is encrypted needs of its key (EBS user guide, <a
   * href="https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption-requirements.html">Permissions
   * for users</a>; of starting an instance also <a
   * href="https://repost.aws/knowledge-center/kms-iam-ec2-permission">re:Post</a>).
   */
  static final List<String> KEY =
      List.of(
          "kms:DescribeKey",
          "kms:CreateGrant",
          "kms:Decrypt",
          "kms:GenerateDataKeyWithoutPlaintext",
          "kms:ReEncrypt*");

  /**
   * A region may encrypt whatever volume or copy is made in it (EBS user guide, <a
   * href="https://docs.aws.amazon.com/ebs/latest/userguide/encryption-by-default.html">Enable
   * encryption by default</a>; EC2 API reference, CopySnapshot).
   */
  static final RegionSetting BY_DEFAULT =
      new RegionSetting(
          "default_key",
          Call.of("ec2:GetEbsEncryptionByDefault"),
          Path.at("EbsEncryptionByDefault"),
          Call.of("ec2:GetEbsDefaultKmsKeyId"),
          Path.at("KmsKeyId"));

  private EbsEncryption() {}
}
