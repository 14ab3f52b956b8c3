package dev.steward.estate;

import dev.steward.estate.price.InstanceTypes;
import dev.steward.model.Resource;
import dev.steward.model.Risk;
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
   * @param fields the fields of the describe calls that differ, as {@code Volume.VolumeId}, and
   *     what is below them; {@code +Snapshot} is one more of it. Empty where no describe call shows
   *     it
   */
  public record Loss(String says, List<String> fields) {
    public Loss {
      fields = List.copyOf(fields);
    }
  }

  /**
   * @param when by the resource and the parameters
   * @param risk the least that a step with this loss has
   */
  private record Row(
      List<String> actions, BiPredicate<Resource, Map<String, String>> when, Risk risk, Loss loss) {
    Row(String action, BiPredicate<Resource, Map<String, String>> when, Loss loss) {
      this(List.of(action), when, Risk.LOW, loss);
    }

    boolean isOf(String action, Resource resource, Map<String, String> parameters) {
      return actions.contains(action) && when.test(resource, parameters);
    }
  }

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

  private static final String RDS = "snapshot_and_delete_rds";

  private static final List<String> STOPPING =
      List.of("stop_instance", "resize_instance", "terminate_instance");

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
              (r, p) ->
                  COPIED.test(r, p)
                      && r.flag("encrypted")
                      && p.getOrDefault("copy_key", "none").equals("none"),
              new Loss(
                  "until it is copied back, the copy is encrypted with a key of the other region: the replica of its own where it is one of many regions, else that region's default, unless copy_key names another",
                  List.of())),
          row(
              "deregister_image",
              "the image that is registered again has a new id and creation time; launch templates and groups that name the old one still name it",
              "Image.ImageId",
              "Image.CreationDate"),
          new Row(
              "deregister_image",
              (r, p) -> r.attribute("last_launched") != null,
              new Loss(
                  "when it was last launched is not known of the image that is registered again",
                  List.of("Image.LastLaunchedTime"))),
          new Row(
              "deregister_image",
              (r, p) -> r.attribute("made_from") != null,
              new Loss(
                  "which instance or image it was made from is not known of the image that is registered again",
                  List.of(
                      "Image.SourceInstanceId", "Image.SourceImageId", "Image.SourceImageRegion"))),
          new Row(
              "deregister_image",
              (r, p) -> r.attribute("deprecated_at") != null,
              new Loss(
                  "where the time of its deprecation is over by then, it is deprecated minutes after it was registered again",
                  List.of())),
          row(
              "deregister_image",
              "the image that is registered again carries the tag steward:undo",
              "Image.Tags.steward:undo"),
          row(
              STOPPING,
              Losses::mayHaveAddress,
              Risk.HIGH,
              "its public address is one that AWS gave it by itself: it is lost at the stop, and a start brings another; what names the old one, as DNS or a list of who may enter, no longer leads to it",
              ADDRESS_FIELDS),
          row(
              STOPPING,
              (r, p) -> mayHaveDisks(r),
              Risk.HIGH,
              "it may have instance-store disks: what is on them is lost at the stop"),
          row(STOPPING, ALWAYS, Risk.LOW, "what is in its memory is lost at the stop"),
          row(
              List.of("resize_instance"),
              (r, p) -> String.valueOf(r.attribute("instance_type")).startsWith("t"),
              Risk.LOW,
              "CPU credits that it has saved may be lost"),
          row(
              "start_instance",
              "what it writes while it runs stays; its instance-store disks and its memory are lost when it is stopped again"),
          row(
              "terminate_instance",
              "its id, its private address and its place are lost; an Elastic IP stays and is no longer attached"),
          row("stop_instance", BOOT, BOOT_FIELDS),
          row("resize_instance", BOOT, BOOT_FIELDS),
          row("start_instance", BOOT, BOOT_FIELDS),
          row(
              RDS,
              "the restored database has a new resource id, creation time, address in its subnet and server certificate; CloudWatch and Performance Insights begin anew",
              "DBInstance.InstanceCreateTime",
              "DBInstance.DbiResourceId",
              "DBInstance.CertificateDetails.ValidTill"),
          row(
              RDS,
              "the restored database carries the tag steward:undo, and the snapshot that it is restored from stays",
              "DBInstance.Tags.steward:undo",
              "+DBSnapshot"),
          new Row(
              RDS,
              (r, p) -> r.number("backup_days", 1) > 0,
              new Loss(
                  "the automated backups of the restored database begin anew; those of before are kept under its old resource id until they expire",
                  List.of())),
          new Row(
              RDS,
              (r, p) -> r.flag("multi_az"),
              new Loss(
                  "AWS chooses anew in which of its zones the first of the two databases is",
                  List.of("DBInstance.AvailabilityZone", "DBInstance.SecondaryAvailabilityZone"))),
          having(
              "monitoring_role",
              "Enhanced Monitoring is off after an undo: Steward may not pass roles to AWS",
              "DBInstance.MonitoringInterval",
              "DBInstance.MonitoringRoleArn",
              "DBInstance.EnhancedMonitoringResourceArn"),
          having(
              "roles",
              "the restored database has none of its roles: Steward may not pass roles to AWS",
              "DBInstance.AssociatedRoles"),
          having(
              "domains",
              "the restored database is joined to no directory",
              "DBInstance.DomainMemberships"),
          having(
              "master_secret",
              "the secret in which RDS keeps its master password goes with it: nobody knows the restored one's until a new one is set",
              "DBInstance.MasterUserSecret"),
          having(
              "activity_stream",
              "its activity stream is off after an undo",
              "DBInstance.ActivityStreamStatus",
              "DBInstance.ActivityStreamMode",
              "DBInstance.ActivityStreamKmsKeyId",
              "DBInstance.ActivityStreamKinesisStreamName"),
          having(
              "backup_copies",
              "its backups are no longer copied to another region",
              "DBInstance.DBInstanceAutomatedBackupsReplications"),
          having(
              "pending",
              "settings that wait for a reboot or a maintenance window are dropped",
              "DBInstance.PendingModifiedValues"));

  private Losses() {}

  private static Row row(String action, String says, String... fields) {
    return new Row(action, ALWAYS, new Loss(says, List.of(fields)));
  }

  private static Row row(
      List<String> actions,
      BiPredicate<Resource, Map<String, String>> when,
      Risk risk,
      String says,
      String... fields) {
    return new Row(actions, when, risk, new Loss(says, List.of(fields)));
  }

  /** Unless AWS said that it has none, or that it has an Elastic IP only. */
  private static boolean mayHaveAddress(Resource instance, Map<String, String> parameters) {
    return !"none".equals(instance.attribute("automatic_address"));
  }

  private static boolean mayHaveDisks(Resource instance) {
    String type = instance.attribute("instance_type");
    return type == null || InstanceTypes.mayHaveDisks(type);
  }

  /** Of a database that has something there. */
  private static Row having(String attribute, String says, String... fields) {
    return new Row(RDS, (r, p) -> r.attribute(attribute) != null, new Loss(says, List.of(fields)));
  }

  /** What the action loses of this resource. */
  public static List<Loss> of(String action, Resource resource, Map<String, String> parameters) {
    List<Loss> losses = new ArrayList<>();
    for (Row row : ALL) if (row.isOf(action, resource, parameters)) losses.add(row.loss());
    losses.addAll(MadeEncrypted.of(action, resource, parameters));
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

  /** How risky what is lost makes the action, whatever else it does. */
  public static Risk risk(String action, Resource resource, Map<String, String> parameters) {
    return ALL.stream()
        .filter(row -> row.isOf(action, resource, parameters))
        .map(Row::risk)
        .reduce(Risk.LOW, Risk::or);
  }
}
