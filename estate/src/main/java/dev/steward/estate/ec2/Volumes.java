package dev.steward.estate.ec2;

import static dev.steward.estate.Attribute.flag;
import static dev.steward.estate.Attribute.ids;
import static dev.steward.estate.Attribute.number;
import static dev.steward.estate.Attribute.text;

import dev.steward.estate.Attribute;
import dev.steward.estate.KeyUse;
import dev.steward.estate.Kind;
import dev.steward.estate.Metric;
import dev.steward.estate.Paging;
import dev.steward.estate.Tags;
import dev.steward.estate.Use;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** EBS volumes. */
public final class Volumes {
  public static final String ID = "ebs_volume";

  public static final Attribute<Double> SIZE = number("size_gb", "GiB", "Size");
  public static final Attribute<String> TYPE =
      text("volume_type", "gp2, gp3, io1, …", "VolumeType");
  public static final Attribute<Double> IOPS = number("iops", "provisioned", "Iops");
  public static final Attribute<Double> THROUGHPUT = number("throughput", "MiB/s", "Throughput");
  public static final Attribute<List<String>> INSTANCES =
      ids("instance", "the instances it is attached to", "Attachments[].InstanceId", Instances.ID);
  public static final Attribute<Boolean> MULTI_ATTACH =
      flag("multi_attach", "whether several instances may have it", "MultiAttachEnabled");
  public static final Attribute<Boolean> GOES =
      flag(
              "delete_on_termination",
              "whether it is deleted with its instance; absent when unattached",
              "Attachments[].[DeleteOnTermination]")
          .as(Volumes::allOf);
  public static final Attribute<String> OPERATOR =
      text("operator", "the AWS service that looks after it", Operators.PATH).as(Operators::name);
  public static final Attribute<List<String>> SNAPSHOT =
      ids("snapshot", "the snapshot it was made from", "SnapshotId", Snapshots.ID);
  public static final Attribute<Boolean> ENCRYPTED =
      flag(KeyUse.ENCRYPTED, "true or false", "Encrypted");
  public static final Attribute<String> KMS_KEY = text(KeyUse.KEY, "ARN of its key", "KmsKeyId");
  public static final Attribute<String> ZONE =
      text("zone", "availability zone", "AvailabilityZone");

  public static final Kind KIND =
      Kind.regional(ID, "EBS volume", "ec2:DescribeVolumes")
          .lists("Volumes[]")
          .id("VolumeId")
          .state("State")
          .created("CreateTime")
          .pages(Paging.EC2)
          .again("VolumeIds")
          .goingIn("deleting", "deleted")
          .tags(Tags.listed("Tags"))
          .knows(
              SIZE,
              TYPE,
              IOPS,
              THROUGHPUT,
              INSTANCES,
              MULTI_ATTACH,
              GOES,
              OPERATOR,
              SNAPSHOT,
              ENCRYPTED,
              KMS_KEY,
              ZONE)
          // How often one that is attached to nothing has told of itself all the same: as long as
          // it was attached. The count is above zero whether it was idle then or busy.
          .measures(
              Metric.of("attached", "AWS/EBS", "VolumeIdleTime", "VolumeId", "SampleCount", "count")
                  .silentWhenNothingHappens(
                      "EBS user guide, Amazon CloudWatch metrics for Amazon EBS: volumes send"
                          + " metrics only while they are attached to an instance; VolumeIdleTime"
                          + " not where several may attach them")
                  .only(Map.of("state", "available", "multi_attach", "false")),
              operations("reads", "VolumeReadOps"),
              operations("writes", "VolumeWriteOps"))
          .measures(Disks.OF_A_VOLUME)
          .setBy(EbsEncryption.BY_DEFAULT)
          .used(volume -> Use.unlessIn("available", volume))
          .costs((volume, prices) -> prices.volume(volume))
          .check(UnattachedVolume.CHECK)
          .check(Gp2Volume.CHECK)
          .action(SnapshotAndDeleteVolume.row())
          .action(VolumeToGp3.row())
          .row();

  private Volumes() {}

  /** Of one that is attached to nothing: it was attached when it last did something. */
  private static Metric.Row operations(String id, String name) {
    return Metric.of(id, "AWS/EBS", name, "VolumeId", "Sum", "count")
        .silentWhenNothingHappens(
            "EBS user guide, Amazon CloudWatch metrics for Amazon EBS: volumes send metrics only"
                + " while they are attached to an instance")
        .only(Map.of("state", "available"));
  }

  /** An attachment that does not say leaves it open. */
  private static @Nullable Object allOf(Object flags) {
    List<?> said = ((List<?>) flags).stream().map(one -> ((List<?>) one).getFirst()).toList();
    return said.isEmpty() || said.stream().anyMatch(Objects::isNull)
        ? null
        : said.stream().allMatch(Boolean.TRUE::equals);
  }
}
