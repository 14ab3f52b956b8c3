package dev.steward.estate.ec2;

import dev.steward.estate.KeyUse;
import dev.steward.estate.MadeEncrypted;
import dev.steward.estate.RegionSetting;
import dev.steward.estate.Remediation;
import dev.steward.estate.price.Item.Unit;
import dev.steward.model.Risk;
import java.util.List;
import java.util.Optional;

/** Deletes a volume, of which a snapshot is kept. */
public final class SnapshotAndDeleteVolume {
  public static final String ID = "snapshot_and_delete_volume";

  /** What approvers read where AWS did not say whether the region encrypts. */
  public static final String UNTOLD =
      "where its region encrypts by default, which AWS did not say, the restored volume is encrypted with the region's default key";

  /** What approvers read of a volume whose region encrypts with this key. */
  public static String encryptedWith(String key) {
    return "its region encrypts by default: the restored volume is encrypted, with " + key;
  }

  private SnapshotAndDeleteVolume() {}

  static Remediation.Row row() {
    return Remediation.of(ID, "Snapshot, then delete the volume", Risk.MEDIUM)
        .undoneBy("a volume is made from the snapshot, in the same zone and with its tags")
        .cleansUp()
        .needs(
            "ec2:CreateSnapshot",
            "ec2:DescribeSnapshots",
            // A snapshot that is in the way after all: the volume was not deleted.
            "ec2:DeleteSnapshot",
            "ec2:DeleteVolume",
            "ec2:CreateVolume",
            "ec2:DescribeVolumeAttribute",
            "ec2:ModifyVolumeAttribute",
            "ec2:GetEbsEncryptionByDefault",
            "ec2:GetEbsDefaultKmsKeyId",
            "ec2:CreateTags")
        .in("available")
        .unused()
        .watching(Volumes.SIZE, Volumes.TYPE, Volumes.INSTANCES, Volumes.ENCRYPTED, Volumes.KMS_KEY)
        .takesAway()
        .keys(KeyUse.always(EbsEncryption.KEY))
        .keeps(Snapshots.kept("snapshot"))
        .loses(
            "the restored volume has a new id and creation time; what names the old one still names it",
            "Volume.VolumeId",
            "Volume.CreateTime",
            "Volume.SnapshotId")
        .loses("the restored volume carries the tag steward:undo", "Volume.Tags.steward:undo")
        .loses("the snapshot that it is restored from stays", "+Snapshot")
        .loses(
            "a restored volume reads each block from the snapshot once, which is slow the first time")
        .madeAgain("Volume")
        .madeEncrypted(
            new MadeEncrypted(
                EbsEncryption.BY_DEFAULT,
                List.of("Volume.Encrypted", "Volume.KmsKeyId"),
                (key, parameters) ->
                    RegionSetting.NONE.equals(key)
                        ? Optional.empty()
                        : Optional.of(key == null ? UNTOLD : encryptedWith(key))))
        .money(money ->
            money
                .ends("the volume", money.monthly())
                .begins(
                    "a snapshot of it, at most its whole size", money.sized(Unit.EBS_SNAPSHOT)));
  }
}
