package dev.steward.estate.ec2;

import dev.steward.estate.KeyUse;
import dev.steward.estate.MadeEncrypted;
import dev.steward.estate.RegionSetting;
import dev.steward.estate.Remediation;
import dev.steward.estate.StepMoney;
import dev.steward.estate.When;
import dev.steward.estate.price.Item.Unit;
import dev.steward.model.Risk;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Deletes a snapshot, of which a copy may be kept in another region. */
public final class DeleteSnapshot {
  public static final String ID = "delete_snapshot";

  private static final When COPIED =
      (snapshot, parameters) -> SnapshotCopy.REGION.isGiven(parameters);

  private DeleteSnapshot() {}

  static Remediation.Row row() {
    return Remediation.of(ID, "Delete the snapshot", Risk.HIGH)
        .notUndone("a deleted snapshot is gone; with copy_region a copy is kept elsewhere")
        .undoneWhere(SnapshotCopy.REGION, Risk.MEDIUM, "the copy is copied back, under a new id")
        .cleansUp()
        .needs(
            "ec2:DeleteSnapshot",
            "ec2:CopySnapshot",
            "ec2:DescribeSnapshotAttribute",
            "ec2:ModifySnapshotAttribute",
            "ec2:GetEbsEncryptionByDefault",
            "ec2:GetEbsDefaultKmsKeyId",
            "ec2:CreateTags",
            "ec2:DescribeSnapshots")
        .in("completed")
        .watching(Snapshots.SIZE, Snapshots.VOLUME, Snapshots.ENCRYPTED, Snapshots.KMS_KEY)
        .taking(SnapshotCopy.REGION, SnapshotCopy.KEY)
        .takesAway()
        // Who only deletes needs no key, and may well be rid of it already.
        .keys(KeyUse.where(SnapshotCopy.REGION, SnapshotCopy.KEY, EbsEncryption.KEY))
        .keeps(Snapshots.kept("copy"))
        .losesWhere(
            COPIED,
            "the snapshot that is copied back has a new id and start time, and is of no volume that"
                + " is known; what names the old one still names it",
            "Snapshot.SnapshotId",
            "Snapshot.StartTime",
            "Snapshot.CompletionTime",
            "Snapshot.VolumeId")
        .losesWhere(
            COPIED,
            "the snapshot that is copied back carries the tag steward:undo, and the copy in the"
                + " other region stays",
            "Snapshot.Tags.steward:undo",
            "+Snapshot")
        .losesWhere(
            (snapshot, parameters) ->
                COPIED.holds(snapshot, parameters)
                    && !Snapshots.ENCRYPTED.is(false, snapshot)
                    && !SnapshotCopy.KEY.isGiven(parameters),
            "until it is copied back, the copy is encrypted with a key of the other region: the"
                + " replica of its own where it is one of many regions, else that region's default,"
                + " unless copy_key names another")
        .madeAgainWhere(COPIED, "Snapshot")
        .madeEncrypted(
            new MadeEncrypted(
                EbsEncryption.BY_DEFAULT,
                List.of("Snapshot.Encrypted", "Snapshot.KmsKeyId"),
                DeleteSnapshot::encrypted))
        .money(DeleteSnapshot::money);
  }

  private static void money(StepMoney money) {
    money.ends("the snapshot, at most its whole size", money.monthly());
    if (!SnapshotCopy.REGION.isGiven(money.parameters())) return;
    String region = SnapshotCopy.REGION.in(money.parameters());
    money.begins(
        "a copy in " + region + ", at most its whole size",
        money.prices().sized(money.resource(), region, Unit.EBS_SNAPSHOT));
  }

  private static Optional<String> encrypted(@Nullable String key, Map<String, String> parameters) {
    if (!SnapshotCopy.REGION.isGiven(parameters)) return Optional.empty();
    if (SnapshotCopy.KEY.isGiven(parameters))
      return Optional.of(
          "the copy is encrypted with copy_key, and so the snapshot that is copied back is"
              + " encrypted with the default key of its region");
    if (key != null && !key.equals(RegionSetting.NONE))
      return Optional.of(
          "its region encrypts by default: the snapshot that is copied back is encrypted, with "
              + key);
    return Optional.of(
        "where "
            + SnapshotCopy.REGION.in(parameters)
            + (key == null ? " or its own region" : "")
            + " encrypts by default, the snapshot that is copied back is encrypted with the default"
            + " key of its region");
  }
}
