package dev.steward.estate.ec2;

import static dev.steward.estate.Attribute.ids;

import dev.steward.estate.Attribute;
import dev.steward.estate.Kind;
import dev.steward.estate.Paging;
import dev.steward.estate.Tags;
import java.util.List;

/** Launch configurations of Auto Scaling. */
public final class LaunchConfigurations {
  public static final String ID = "launch_configuration";

  public static final Attribute<List<String>> IMAGES =
      ids("images", "what it starts", "ImageId", Images.ID);
  public static final Attribute<List<String>> SNAPSHOTS =
      ids(
          "snapshots",
          "what it makes volumes of",
          "BlockDeviceMappings[].Ebs.SnapshotId",
          Snapshots.ID);

  /** 100 a page; they have no tags (Auto Scaling API reference, DescribeLaunchConfigurations). */
  public static final Kind KIND =
      Kind.regional(ID, "Launch configuration", "autoscaling:DescribeLaunchConfigurations")
          .lists("LaunchConfigurations[]")
          .id("LaunchConfigurationName")
          .name("LaunchConfigurationName")
          .created("CreatedTime")
          .pages(new Paging("NextToken", "NextToken", "MaxRecords", 1, 100))
          .again("LaunchConfigurationNames")
          .tags(Tags.NONE)
          .knows(IMAGES, SNAPSHOTS)
          .costsNothing()
          .row();

  private LaunchConfigurations() {}
}
