package dev.steward.estate.ec2;

import static dev.steward.estate.Attribute.count;
import static dev.steward.estate.Attribute.flag;
import static dev.steward.estate.Attribute.ids;
import static dev.steward.estate.Attribute.number;
import static dev.steward.estate.Attribute.text;
import static dev.steward.estate.Attribute.time;

import dev.steward.estate.Attribute;
import dev.steward.estate.Call;
import dev.steward.estate.Detail;
import dev.steward.estate.Kind;
import dev.steward.estate.Paging;
import dev.steward.estate.Parts;
import dev.steward.estate.Path;
import dev.steward.estate.Referrer;
import dev.steward.estate.Tags;
import dev.steward.estate.Use;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Machine images of the account. */
public final class Images {
  public static final String ID = "ec2_image";

  public static final Attribute<List<String>> SNAPSHOTS =
      ids(
          "snapshots",
          "ids, separated by commas",
          "BlockDeviceMappings[].Ebs.SnapshotId",
          Snapshots.ID);
  public static final Attribute<Double> SIZE =
      number(
          "size_gb",
          "GiB of all its snapshots",
          "sum(BlockDeviceMappings[].Ebs.VolumeSize || `[]`)");
  public static final Attribute<Instant> LAST_LAUNCHED =
      time("last_launched", "ISO time", "LastLaunchedTime");
  public static final Attribute<String> MADE_FROM =
      text("made_from", "the instance or the image", "SourceInstanceId || SourceImageId");
  public static final Attribute<Instant> DEPRECATED_AT =
      time("deprecated_at", "ISO time", "DeprecationTime");
  public static final Attribute<String> PROTECTION =
      text("protection", "against being deregistered", "DeregistrationProtection");
  public static final Attribute<String> ROOT_DEVICE =
      text("root_device", "ebs or instance-store", "RootDeviceType");
  public static final Attribute<String> USAGE_OPERATION =
      text("usage_operation", "what AWS bills of an instance", "UsageOperation");
  public static final Attribute<Boolean> PUBLIC =
      flag("public", "true or false", "PublicLaunchPermissions");

  /**
   * Accounts, groups and organizations, each by a permission (EC2 API reference, LaunchPermission).
   */
  public static final Attribute<Double> SHARED =
      count("shared_with", "who else may start it; asked in doubt", "LaunchPermissions");

  public static final Kind KIND =
      Kind.regional(ID, "Machine image (AMI)", "ec2:DescribeImages")
          .asking(Map.of("Owners", List.of("self")))
          .lists("Images[]")
          .id("ImageId")
          .name("Name")
          .state("State")
          .created("CreationDate")
          .pages(Paging.EC2)
          .again("ImageIds")
          .goingIn("deregistered")
          .tags(Tags.listed("Tags"))
          .knows(
              SNAPSHOTS,
              SIZE,
              LAST_LAUNCHED,
              MADE_FROM,
              DEPRECATED_AT,
              PROTECTION,
              ROOT_DEVICE,
              USAGE_OPERATION,
              PUBLIC)
          .madeOf(Parts.named(Snapshots.ID, SNAPSHOTS))
          .namedBy(Referrer.INSTANCES, Instances.ID, Instances.IMAGE)
          .namedBy(Referrer.LAUNCH_TEMPLATES, LaunchTemplates.ID, LaunchTemplates.IMAGES)
          .namedBy(
              Referrer.LAUNCH_CONFIGURATIONS, LaunchConfigurations.ID, LaunchConfigurations.IMAGES)
          .namedBy(Referrer.PARAMETERS, ImageParameters.ID, ImageParameters.IMAGES)
          .inDoubt(
              Referrer.LAUNCH_PERMISSIONS,
              new Detail(
                  "launch permissions",
                  Call.of("ec2:DescribeImageAttribute"),
                  Map.of("ImageId", Path.at("id"), "Attribute", Path.always("launchPermission")),
                  "{LaunchPermissions: LaunchPermissions}",
                  Set.of(),
                  List.of(SHARED)))
          .usedBy(
              Instances.ID,
              (image, sight) ->
                  Use.of(
                      !sight
                          .referring(Instances.ID, Instances.IMAGE, image.region(), image.id())
                          .isEmpty()))
          .costsNothing()
          .check(UnusedImage.CHECK)
          .action(DeregisterImage.row())
          .row();

  private Images() {}
}
