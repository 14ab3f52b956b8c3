package dev.steward.estate.ec2;

import static dev.steward.estate.Attribute.ids;

import dev.steward.estate.Attribute;
import dev.steward.estate.Call;
import dev.steward.estate.Detail;
import dev.steward.estate.Kind;
import dev.steward.estate.Paging;
import dev.steward.estate.Path;
import dev.steward.estate.Tags;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Launch templates, with what any of their versions names: groups, fleets and node groups pin
 * versions, and so may anybody outside.
 */
public final class LaunchTemplates {
  public static final String ID = "launch_template";

  /** DescribeLaunchTemplates and its versions answer 200 a page (EC2 API reference). */
  private static final int MOST = 200;

  private static final String DATA = "LaunchTemplateVersions[].LaunchTemplateData.";

  public static final Attribute<List<String>> IMAGES =
      ids(
          "images",
          "what a version starts; resolve:ssm:… where it takes it from a parameter",
          DATA + "ImageId",
          Images.ID);
  public static final Attribute<List<String>> SNAPSHOTS =
      ids(
          "snapshots",
          "what a version makes volumes of",
          DATA + "BlockDeviceMappings[].Ebs.SnapshotId",
          Snapshots.ID);

  public static final Kind KIND =
      Kind.regional(ID, "Launch template", "ec2:DescribeLaunchTemplates")
          .lists("LaunchTemplates[]")
          .id("LaunchTemplateId")
          .name("LaunchTemplateName")
          .created("CreateTime")
          .pages(new Paging("NextToken", "NextToken", "MaxResults", 1, MOST))
          .again("LaunchTemplateIds")
          .tags(Tags.listed("Tags"))
          .detail(
              new Detail(
                  "versions",
                  Call.of("ec2:DescribeLaunchTemplateVersions"),
                  Map.of(
                      "LaunchTemplateId", Path.at("LaunchTemplateId"),
                      "MaxResults", Path.always(MOST)),
                  "{LaunchTemplateVersions: LaunchTemplateVersions}",
                  "NextToken",
                  Set.of(),
                  List.of(IMAGES, SNAPSHOTS)))
          .costsNothing()
          .row();

  private LaunchTemplates() {}
}
