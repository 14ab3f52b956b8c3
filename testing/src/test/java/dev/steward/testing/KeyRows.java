package dev.steward.testing;

import static dev.steward.testing.Row.answers;
import static dev.steward.testing.Row.refuses;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.rds.RdsClient;

/** Encryption: what is made encrypted, with which key, and who may use it. */
final class KeyRows {
  private static final String EBS =
      "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html";
  private static final String DEFAULT =
      "https://docs.aws.amazon.com/ebs/latest/userguide/encryption-by-default.html";
  private static final String COPY =
      "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CopySnapshot.html";
  private static final String NEEDS =
      "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption-requirements.html";
  private static final String RDS =
      "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.Keys.html";
  private static final String STATES =
      "https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html";
  private static final String[] ALL_OF_EBS = {
    "ec2:*",
    "kms:CreateGrant",
    "kms:Decrypt",
    "kms:DescribeKey",
    "kms:GenerateDataKeyWithoutPlaintext",
    "kms:ReEncryptFrom",
    "kms:ReEncryptTo"
  };

  static final List<Row> ALL =
      List.of(
          answers(
              "ec2:CreateSnapshot",
              "of an encrypted volume: encrypted with the same key",
              true,
              EBS,
              aws -> {
                String key = Made.key(aws);
                Snapshot made = snapshot(aws, Made.snapshot(aws, encrypted(aws, key)));
                return made.encrypted() && made.kmsKeyId().equals(key);
              }),
          answers(
              "ec2:CreateVolume",
              "from an encrypted snapshot: encrypted with the snapshot's key",
              true,
              EBS,
              aws -> {
                String key = Made.key(aws);
                String snapshot = Made.snapshot(aws, encrypted(aws, key));
                String id = Made.volume(aws, r -> r.snapshotId(snapshot));
                return Made.seen(aws, id).encrypted() && Made.seen(aws, id).kmsKeyId().equals(key);
              }),
          answers(
              "ec2:CreateVolume",
              "of a region that does not encrypt by default",
              false,
              DEFAULT,
              aws -> Made.seen(aws, Made.volume(aws, "gp3")).encrypted()),
          answers(
              "ec2:CreateVolume",
              "of a region that encrypts by default",
              true,
              DEFAULT,
              aws -> {
                aws.ec2().enableEbsEncryptionByDefault(_ -> {});
                return Made.seen(aws, Made.volume(aws, "gp3")).encrypted();
              }),
          answers(
              "ec2:CopySnapshot",
              "of one that is not encrypted, into a region that encrypts by default",
              true,
              DEFAULT,
              aws -> {
                String plain = Made.snapshot(aws, Made.volume(aws, "gp3"));
                aws.ec2().enableEbsEncryptionByDefault(_ -> {});
                Snapshot made = copied(aws, plain, null);
                return made.encrypted()
                    && made.kmsKeyId().equals(aws.ec2().getEbsDefaultKmsKeyId(_ -> {}).kmsKeyId());
              }),
          answers(
              "ec2:CopySnapshot",
              "with a key",
              true,
              COPY,
              aws -> {
                String key = Made.key(aws);
                String plain = Made.snapshot(aws, Made.volume(aws, "gp3"));
                Snapshot made = copied(aws, plain, key);
                return made.encrypted() && made.kmsKeyId().equals(key);
              }),
          answers(
              "ec2:CreateVolume",
              "with all that EBS needs of a key",
              "there",
              NEEDS,
              aws -> made(aws, key -> ALL_OF_EBS)),
          answers(
              "ec2:CreateVolume",
              "without a permission that EBS needs of a key: answered, seen once, then gone",
              "gone",
              NEEDS,
              aws -> made(aws, key -> without("kms:ReEncryptTo"))),
          answers(
              "ec2:CreateVolume",
              "with a key that is disabled",
              "gone",
              STATES,
              aws ->
                  made(
                      aws,
                      key -> {
                        aws.kms().disableKey(r -> r.keyId(key.substring(key.lastIndexOf('/') + 1)));
                        return ALL_OF_EBS;
                      })),
          answers(
              "ec2:CreateSnapshot",
              "without a permission that EBS needs of a key: in error, and it says why",
              "error: Given key ID is not accessible",
              NEEDS,
              aws -> {
                String volume = encrypted(aws, Made.key(aws));
                aws.grant(without("kms:GenerateDataKeyWithoutPlaintext"));
                try (Ec2Client ec2 = aws.with(aws.session(), Ec2Client.builder())) {
                  String id = ec2.createSnapshot(r -> r.volumeId(volume)).snapshotId();
                  Snapshot made = snapshot(aws, id);
                  return made.stateAsString() + ": " + made.stateMessage();
                }
              }),
          answers(
              "ec2:StartInstances",
              "without a permission that EBS needs of its disk's key: it stays stopped, and says"
                  + " why",
              "stopped: Client.InternalError",
              NEEDS,
              aws -> {
                String key = Made.key(aws);
                String id =
                    Made.instance(
                        aws,
                        r ->
                            r.blockDeviceMappings(d ->
                                d.deviceName("/dev/sda1")
                                    .ebs(e -> e.volumeSize(20).encrypted(true).kmsKeyId(key))));
                aws.ec2().stopInstances(r -> r.instanceIds(id));
                aws.grant(without("kms:CreateGrant"));
                try (Ec2Client ec2 = aws.with(aws.session(), Ec2Client.builder())) {
                  ec2.startInstances(r -> r.instanceIds(id));
                }
                var seen = InstanceRows.seen(aws, id);
                return seen.state().nameAsString() + ": " + seen.stateReason().code();
              }),
          refuses(
              "kms:DescribeKey",
              "by a role that may not",
              400,
              "AccessDeniedException",
              "https://docs.aws.amazon.com/kms/latest/APIReference/CommonErrors.html",
              aws -> {
                String key = Made.key(aws);
                aws.grant("ec2:*");
                aws.with(aws.session(), KmsClient.builder()).describeKey(r -> r.keyId(key));
              }),
          refuses(
              "kms:DescribeKey",
              "by a role that may, in a session whose policy does not",
              400,
              "AccessDeniedException",
              "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html",
              aws -> {
                String key = Made.key(aws);
                aws.grant("kms:DescribeKey");
                aws.with(aws.session(Tenant.policy("ec2:*")), KmsClient.builder())
                    .describeKey(r -> r.keyId(key));
              }),
          refuses(
              "kms:DescribeKey",
              "by a role that may not, in a session whose policy does",
              400,
              "AccessDeniedException",
              "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html",
              aws -> {
                String key = Made.key(aws);
                aws.grant("ec2:*");
                aws.with(aws.session(Tenant.policy("kms:*")), KmsClient.builder())
                    .describeKey(r -> r.keyId(key));
              }),
          refuses(
              "rds:StartDBInstance",
              "without a permission that RDS needs of its key",
              400,
              "KMSKeyNotAccessibleFault",
              RDS,
              aws -> {
                String key = Made.key(aws);
                Made.database(aws, r -> r.storageEncrypted(true).kmsKeyId(key));
                DatabaseRows.stopped(aws);
                aws.grant("rds:*", "kms:DescribeKey");
                aws.with(aws.session(), RdsClient.builder())
                    .startDBInstance(r -> r.dbInstanceIdentifier(Made.DATABASE));
              }),
          answers(
              "rds:CreateDBInstance",
              "encrypted without a key: with the one that AWS manages for RDS",
              "AWS",
              RDS,
              aws -> {
                Made.database(aws, r -> r.storageEncrypted(true));
                String key = Made.database(aws, Made.DATABASE).kmsKeyId();
                return aws.kms().describeKey(r -> r.keyId(key)).keyMetadata().keyManagerAsString();
              }));

  private KeyRows() {}

  private static String[] without(String action) {
    return Arrays.stream(ALL_OF_EBS).filter(a -> !a.equals(action)).toArray(String[]::new);
  }

  private static String encrypted(Tenant aws, String key) {
    return Made.volume(aws, r -> r.encrypted(true).kmsKeyId(key));
  }

  private static Snapshot snapshot(Tenant aws, String id) {
    return aws.ec2().describeSnapshots(r -> r.snapshotIds(id)).snapshots().getFirst();
  }

  /**
   * @param key of the copy; null for none named
   */
  private static Snapshot copied(Tenant aws, String of, @Nullable String key) {
    return snapshot(
        aws,
        aws.ec2()
            .copySnapshot(r ->
                r.sourceRegion(Tenant.REGION)
                    .sourceSnapshotId(of)
                    .kmsKeyId(key)
                    .presignedUrl("none"))
            .snapshotId());
  }

  /** What becomes of a volume that a role with these permissions makes with a key. */
  private static String made(Tenant aws, Function<String, String[]> granted) {
    String key = Made.key(aws);
    aws.grant(granted.apply(key));
    try (Ec2Client ec2 = aws.with(aws.session(), Ec2Client.builder())) {
      String id =
          ec2.createVolume(
                  r -> r.size(1).availabilityZone(Tenant.ZONE).encrypted(true).kmsKeyId(key))
              .volumeId();
      aws.ec2().describeVolumes();
      return aws.ec2().describeVolumes().volumes().stream().anyMatch(v -> v.volumeId().equals(id))
          ? "there"
          : "gone";
    }
  }
}
