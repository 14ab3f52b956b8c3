package dev.steward.estate.ec2;

import static dev.steward.estate.Attribute.count;
import static dev.steward.estate.Attribute.flag;
import static dev.steward.estate.Attribute.ids;
import static dev.steward.estate.Attribute.number;
import static dev.steward.estate.Attribute.text;

import dev.steward.estate.Attribute;
import dev.steward.estate.Call;
import dev.steward.estate.Detail;
import dev.steward.estate.Kept;
import dev.steward.estate.KeyUse;
import dev.steward.estate.Kind;
import dev.steward.estate.Paging;
import dev.steward.estate.Path;
import dev.steward.estate.Referrer;
import dev.steward.estate.Sight;
import dev.steward.estate.Tags;
import dev.steward.estate.Use;
import dev.steward.model.Resource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** EBS snapshots of the account. */
public final class Snapshots {
  public static final String ID = "ebs_snapshot";

  public static final Attribute<Double> SIZE =
      number("size_gb", "GiB of the source volume", "VolumeSize");
  public static final Attribute<List<String>> VOLUME =
      ids("volume", "the source volume", "VolumeId", Volumes.ID);
  public static final Attribute<String> DESCRIPTION =
      text("description", "as given", "Description");
  public static final Attribute<Boolean> ENCRYPTED =
      flag(KeyUse.ENCRYPTED, "true or false", "Encrypted");
  public static final Attribute<String> KMS_KEY = text(KeyUse.KEY, "ARN of its key", "KmsKeyId");
  public static final Attribute<String> TIER = text("tier", "standard or archive", "StorageTier");

  public static final Attribute<String> TRANSFER =
      text("transfer", "how it was copied; of copies only", "TransferType");
  public static final Attribute<Double> SHARED =
      count(
          "shared_with",
          "who else may make volumes of it; asked in doubt",
          "CreateVolumePermissions");

  public static final Kind KIND =
      Kind.regional(ID, "EBS snapshot", "ec2:DescribeSnapshots")
          .asking(Map.of("OwnerIds", List.of("self")))
          .lists("Snapshots[]")
          .id("SnapshotId")
          .state("State")
          .created("StartTime")
          .pages(Paging.EC2)
          .again("SnapshotIds")
          .tags(Tags.listed("Tags"))
          .knows(SIZE, VOLUME, DESCRIPTION, ENCRYPTED, KMS_KEY, TIER, TRANSFER)
          .namedBy(Referrer.IMAGES, Images.ID, Images.SNAPSHOTS)
          .namedBy(Referrer.LAUNCH_TEMPLATES, LaunchTemplates.ID, LaunchTemplates.SNAPSHOTS)
          .namedBy(
              Referrer.LAUNCH_CONFIGURATIONS,
              LaunchConfigurations.ID,
              LaunchConfigurations.SNAPSHOTS)
          .inDoubt(
              Referrer.VOLUME_PERMISSIONS,
              new Detail(
                  "volume permissions",
                  Call.of("ec2:DescribeSnapshotAttribute"),
                  Map.of(
                      "SnapshotId", Path.at("id"),
                      "Attribute", Path.always("createVolumePermission")),
                  "{CreateVolumePermissions: CreateVolumePermissions}",
                  Set.of(),
                  List.of(SHARED)))
          .setBy(EbsEncryption.BY_DEFAULT)
          .usedBy(Volumes.ID, Snapshots::use)
          .costs((snapshot, prices) -> prices.snapshot(snapshot))
          .check(AgedSnapshots.OLD)
          .check(AgedSnapshots.ORPHAN)
          .action(DeleteSnapshot.row())
          .row();

  private Snapshots() {}

  private static Use use(Resource snapshot, Sight sight) {
    String volume = VOLUME.text(snapshot);
    return volume == null
        ? Use.UNKNOWN
        : Use.of(sight.find(Volumes.ID, snapshot.region(), volume).isPresent());
  }

  /**
   * One that an action makes for its undo.
   *
   * @param recipe as in {@link Kept}
   */
  static Kept kept(String recipe) {
    return new Kept(
        recipe,
        ID,
        List.of("ec2:DescribeSnapshots", "ec2:DescribeSnapshotAttribute", "ec2:DeleteSnapshot"));
  }
}
