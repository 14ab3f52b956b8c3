package dev.steward.waste;

import dev.steward.model.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * What is not as it was when an action has been undone. Approvers read it in the plan; the saga
 * test compares everything that AWS's describe calls return, and allows just these differences.
 */
public final class Losses {
  /**
   * @param says what approvers read
   * @param fields the fields of the describe calls that differ, as {@code Volume.VolumeId}; {@code
   *     +Snapshot} is one more of it. Empty where no describe call shows it
   */
  public record Loss(String says, List<String> fields) {
    public Loss {
      fields = List.copyOf(fields);
    }
  }

  /**
   * @param when by the resource and the parameters
   */
  private record Row(String action, BiPredicate<Resource, Map<String, String>> when, Loss loss) {}

  private static final BiPredicate<Resource, Map<String, String>> ALWAYS = (r, p) -> true;

  private static final BiPredicate<Resource, Map<String, String>> COPIED =
      (r, p) -> !p.getOrDefault("copy_region", "none").equals("none");

  /** The tag on what an undo made. */
  public static final String UNDO_TAG = "steward:undo";

  /** What an undo makes anew, as the describe calls name it. */
  private static final Map<String, String> MADE_AGAIN =
      Map.of(
          "snapshot_and_delete_volume", "Volume",
          "delete_snapshot", "Snapshot",
          "deregister_image", "Image",
          "snapshot_and_delete_rds", "DBInstance");

  private static final String ADDRESS =
      "a public address that AWS gave it by itself is lost at the stop, and it gets another one at the start; an Elastic IP stays";

  private static final String[] ADDRESS_FIELDS = {
    "Instance.PublicIpAddress",
    "Instance.PublicDnsName",
    "Instance.NetworkInterfaces.Association.PublicDnsName",
    "Instance.NetworkInterfaces.Association.PublicIp",
    "Instance.NetworkInterfaces.PrivateIpAddresses.Association.PublicDnsName",
    "Instance.NetworkInterfaces.PrivateIpAddresses.Association.PublicIp",
    "NetworkInterface.Association.PublicDnsName",
    "NetworkInterface.Association.PublicIp"
  };

  private static final String STORE =
      "what is on instance-store disks and in memory is lost at the stop";

  private static final String BOOT = "its launch time is that of the last start";

  private static final String[] BOOT_FIELDS = {
    "Instance.LaunchTime",
    "Instance.StateTransitionReason",
    "Instance.StateReason.Code",
    "Instance.StateReason.Message",
    "Instance.UsageOperationUpdateTime"
  };

  private static final List<Row> ALL =
      List.of(
          row(
              "snapshot_and_delete_volume",
              "the restored volume has a new id and creation time; what names the old one still names it",
              "Volume.VolumeId",
              "Volume.CreateTime",
              "Volume.SnapshotId"),
          row(
              "snapshot_and_delete_volume",
              "the restored volume carries the tag steward:undo",
              "Volume.Tags.steward:undo"),
          row(
              "snapshot_and_delete_volume",
              "the snapshot that it is restored from stays",
              "+Snapshot"),
          row(
              "snapshot_and_delete_volume",
              "a restored volume reads each block from the snapshot once, which is slow the first time"),
          row(
              "volume_to_gp3",
              "AWS takes four modifications of a volume in 24 hours, one after the other: an undo may have to wait for that",
              "+VolumeModification"),
          new Row(
              "delete_snapshot",
              COPIED,
              new Loss(
                  "the snapshot that is copied back has a new id and start time, and is of no volume that is known; what names the old one still names it",
                  List.of(
                      "Snapshot.SnapshotId",
                      "Snapshot.StartTime",
                      "Snapshot.CompletionTime",
                      "Snapshot.VolumeId"))),
          new Row(
              "delete_snapshot",
              COPIED,
              new Loss(
                  "the snapshot that is copied back carries the tag steward:undo, and the copy in the other region stays",
                  List.of("Snapshot.Tags.steward:undo", "+Snapshot"))),
          new Row(
              "delete_snapshot",
              (r, p) -> COPIED.test(r, p) && r.flag("encrypted"),
              new Loss(
                  "until it is copied back, the copy is encrypted with a key of the other region: the replica of its own where it has one, else that region's default",
                  List.of())),
          row(
              "deregister_image",
              "the image that is registered again has a new id and creation time; launch templates and groups that name the old one still name it",
              "Image.ImageId",
              "Image.CreationDate",
              "Image.ImageLocation",
              "Image.SourceInstanceId",
              "Image.SourceImageId",
              "Image.SourceImageRegion",
              "Image.LastLaunchedTime"),
          row(
              "deregister_image",
              "the image that is registered again carries the tag steward:undo",
              "Image.Tags.steward:undo"),
          row("stop_instance", ADDRESS, ADDRESS_FIELDS),
          row("resize_instance", ADDRESS, ADDRESS_FIELDS),
          row("start_instance", ADDRESS, ADDRESS_FIELDS),
          row("stop_instance", STORE),
          row("resize_instance", STORE),
          row("start_instance", STORE),
          row(
              "terminate_instance",
              "instance-store data, the private and the automatic public address are lost; what was in memory too"),
          row("stop_instance", BOOT, BOOT_FIELDS),
          row("resize_instance", BOOT, BOOT_FIELDS),
          row("start_instance", BOOT, BOOT_FIELDS),
          row(
              "snapshot_and_delete_rds",
              "the restored database has a new resource id and creation time; CloudWatch and Performance Insights begin anew",
              "DBInstance.InstanceCreateTime",
              "DBInstance.DbiResourceId"),
          row(
              "snapshot_and_delete_rds",
              "the restored database carries the tag steward:undo, and the snapshot that it is restored from stays",
              "DBInstance.Tags.steward:undo",
              "+DBSnapshot"),
          row(
              "snapshot_and_delete_rds",
              "the automated backups of the restored database begin anew: no point in time before the undo can be restored from them",
              "DBSnapshot.InstanceCreateTime",
              "DBSnapshot.OriginalSnapshotCreateTime",
              "DBSnapshot.SnapshotCreateTime",
              "-DBSnapshot"));

  private Losses() {}

  private static Row row(String action, String says, String... fields) {
    return new Row(action, ALWAYS, new Loss(says, List.of(fields)));
  }

  /** What the action loses of this resource. */
  public static List<Loss> of(String action, Resource resource, Map<String, String> parameters) {
    List<Loss> losses = new ArrayList<>();
    for (Row row : ALL)
      if (row.action().equals(action) && row.when().test(resource, parameters))
        losses.add(row.loss());
    losses.addAll(tags(action, resource, parameters));
    return losses;
  }

  /** Tags that what is made again cannot carry. */
  private static List<Loss> tags(String action, Resource resource, Map<String, String> parameters) {
    String thing = MADE_AGAIN.get(action);
    if (thing == null || (action.equals("delete_snapshot") && !COPIED.test(resource, parameters)))
      return List.of();
    List<Loss> losses = new ArrayList<>();
    lost(
        thing,
        "tags that AWS keeps to itself are not put on it again: ",
        CarriedTags.reserved(resource.kind(), resource.tags()),
        losses);
    lost(
        thing,
        "AWS takes 50 tags, and one is the undo's mark, so that it lacks: ",
        CarriedTags.beyond(resource.kind(), resource.tags(), UNDO_TAG),
        losses);
    return losses;
  }

  private static void lost(String thing, String says, List<String> keys, List<Loss> into) {
    if (!keys.isEmpty())
      into.add(
          new Loss(
              says + String.join(", ", keys),
              keys.stream().map(key -> thing + ".Tags." + key).toList()));
  }
}
