package dev.steward.testing;

import static dev.steward.testing.Row.answers;
import static dev.steward.testing.Row.refuses;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.services.ec2.model.ModifyVolumeRequest;
import software.amazon.awssdk.services.ec2.model.VolumeModification;

/** EBS volumes and snapshots. */
final class VolumeRows {
  private static final String CREATE =
      "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVolume.html";
  private static final String MODIFY =
      "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVolume.html";
  private static final String STATES =
      "https://docs.aws.amazon.com/ebs/latest/userguide/monitoring-volume-modifications.html";
  private static final String GP3 =
      "https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html";
  private static final String ERRORS =
      "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html";
  private static final String ATTACHMENT =
      "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VolumeAttachment.html";

  static final List<Row> ALL =
      List.of(
          answers(
              "ec2:CreateVolume",
              "gp3 without a word of its speed",
              "3000 IOPS, 125 MiB/s",
              CREATE,
              aws -> speed(aws, Made.volume(aws, "gp3"))),
          answers(
              "ec2:CreateVolume",
              "gp2 of 1,000 GiB: three IOPS a GiB",
              "3000 IOPS, null MiB/s",
              GP3,
              aws -> speed(aws, Made.volume(aws, r -> r.volumeType("gp2").size(1_000)))),
          answers(
              "ec2:CreateVolume",
              "gp2 of 10 GiB: never less than a hundred",
              "100 IOPS, null MiB/s",
              GP3,
              aws -> speed(aws, Made.volume(aws, r -> r.volumeType("gp2").size(10)))),
          answers(
              "ec2:CreateVolume",
              "gp2 of 10,000 GiB: never more than 16,000",
              "16000 IOPS, null MiB/s",
              GP3,
              aws -> speed(aws, Made.volume(aws, r -> r.volumeType("gp2").size(10_000)))),
          answers(
              "ec2:ModifyVolume",
              "from gp2 to gp3 without a word of its speed",
              "3000 IOPS, 125 MiB/s",
              MODIFY,
              aws -> {
                String id = Made.volume(aws, r -> r.volumeType("gp2").size(2_000));
                modify(aws, id, r -> r.volumeType("gp3"));
                return speed(aws, id);
              }),
          answers(
              "ec2:ModifyVolume",
              "gp3 with speed of its own, to another size: it keeps it",
              "6000 IOPS, 300 MiB/s",
              MODIFY,
              aws -> {
                String id = Made.volume(aws, r -> r.volumeType("gp3").iops(6_000).throughput(300));
                modify(aws, id, r -> r.size(200));
                return speed(aws, id);
              }),
          refuses(
              "ec2:ModifyVolume",
              "gp3 with fewer than 3,000 IOPS",
              400,
              "InvalidParameterValue",
              GP3,
              aws -> modify(aws, Made.volume(aws, "gp2"), r -> r.volumeType("gp3").iops(2_999))),
          refuses(
              "ec2:ModifyVolume",
              "gp3 with more than 500 IOPS a GiB",
              400,
              "InvalidParameterValue",
              GP3,
              aws ->
                  modify(
                      aws,
                      Made.volume(aws, r -> r.volumeType("gp2").size(10)),
                      r -> r.volumeType("gp3").iops(5_001))),
          refuses(
              "ec2:ModifyVolume",
              "gp3 with more than a quarter MiB/s for each of its IOPS",
              400,
              "InvalidParameterValue",
              GP3,
              aws ->
                  modify(
                      aws,
                      Made.volume(aws, "gp2"),
                      r -> r.volumeType("gp3").iops(3_000).throughput(751))),
          answers(
              "ec2:DescribeVolumesModifications",
              "of one that was just begun, and then again",
              List.of("optimizing 50", "completed 100"),
              STATES,
              aws -> {
                String id = Made.volume(aws, "gp2");
                modify(aws, id, r -> r.volumeType("gp3"));
                return List.of(progress(aws, id), progress(aws, id));
              }),
          refuses(
              "ec2:ModifyVolume",
              "while another modification is optimizing",
              400,
              "IncorrectModificationState",
              STATES,
              aws -> {
                String id = Made.volume(aws, "gp2");
                modify(aws, id, r -> r.volumeType("gp3"));
                progress(aws, id);
                modify(aws, id, r -> r.volumeType("gp2"));
              }),
          refuses(
              "ec2:ModifyVolume",
              "for the fifth time within 24 hours",
              400,
              "VolumeModificationRateExceeded",
              MODIFY,
              aws -> {
                String id = Made.volume(aws, "gp2");
                for (int i = 0; i < 5; i++) finished(aws, id, 101 + i);
              }),
          answers(
              "ec2:ModifyVolume",
              "for the fifth time, but a day after the first",
              105,
              MODIFY,
              aws -> {
                String id = Made.volume(aws, "gp2");
                aws.at(Instant.now().minus(Duration.ofHours(25)));
                for (int i = 0; i < 4; i++) finished(aws, id, 101 + i);
                aws.at(null);
                finished(aws, id, 105);
                return Made.seen(aws, id).size();
              }),
          refuses(
              "ec2:DescribeVolumesModifications",
              "of one that was never modified",
              400,
              "InvalidVolumeModification.NotFound",
              ERRORS,
              aws -> progress(aws, Made.volume(aws, "gp3"))),
          refuses(
              "ec2:DescribeVolumes",
              "of one that is gone, beside one that is there",
              400,
              "InvalidVolume.NotFound",
              ERRORS,
              aws -> {
                String there = Made.volume(aws, "gp3");
                String gone = Made.volume(aws, "gp3");
                aws.ec2().deleteVolume(r -> r.volumeId(gone));
                aws.ec2().describeVolumes(r -> r.volumeIds(there, gone));
              }),
          answers(
              "ec2:DescribeVolumes",
              "of one that is gone: the message names that one and no other",
              true,
              ERRORS,
              aws -> {
                String there = Made.volume(aws, "gp3");
                String gone = Made.volume(aws, "gp3");
                aws.ec2().deleteVolume(r -> r.volumeId(gone));
                String said =
                    String.valueOf(
                        catchThrowable(
                                () -> aws.ec2().describeVolumes(r -> r.volumeIds(there, gone)))
                            .getMessage());
                return said.contains(gone) && !said.contains(there);
              }),
          refuses(
              "ec2:DeleteVolume",
              "while it is attached",
              400,
              "VolumeInUse",
              ERRORS,
              aws -> {
                String id = attached(aws);
                aws.ec2().deleteVolume(r -> r.volumeId(id));
              }),
          answers(
              "ec2:DescribeVolumes",
              "the disk an instance was launched with goes with it, one attached later does not",
              List.of(true, false),
              ATTACHMENT,
              aws -> {
                String later = attached(aws);
                return aws.ec2().describeVolumes().volumes().stream()
                    .sorted(Comparator.comparing(v -> v.volumeId().equals(later)))
                    .map(v -> v.attachments().getFirst().deleteOnTermination())
                    .toList();
              }),
          refuses(
              "ec2:DeleteSnapshot",
              "that an image is made of",
              400,
              "InvalidSnapshot.InUse",
              "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteSnapshot.html",
              aws -> {
                String snapshot = Made.snapshot(aws, Made.volume(aws, "gp3"));
                aws.ec2()
                    .registerImage(r ->
                        r.name("golden")
                            .rootDeviceName("/dev/sda1")
                            .blockDeviceMappings(
                                d -> d.deviceName("/dev/sda1").ebs(e -> e.snapshotId(snapshot))));
                aws.ec2().deleteSnapshot(r -> r.snapshotId(snapshot));
              }),
          answers(
              "ec2:DescribeVolumeAttribute",
              "AutoEnableIO before and after it was set",
              List.of(false, true),
              "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVolumeAttribute.html",
              aws -> {
                String id = Made.volume(aws, "gp3");
                boolean before = enabled(aws, id);
                aws.ec2()
                    .modifyVolumeAttribute(r -> r.volumeId(id).autoEnableIO(a -> a.value(true)));
                return List.of(before, enabled(aws, id));
              }),
          answers(
              "ec2:DescribeSnapshots",
              "of an owner: nothing of Amazon's",
              0,
              "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSnapshots.html",
              aws -> aws.ec2().describeSnapshots(r -> r.ownerIds("self")).snapshots().size()),
          answers(
              "ec2:DescribeVolumes",
              "with the time that it was made at",
              Instant.parse("2026-01-02T03:04:05Z"),
              "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Volume.html",
              aws -> {
                aws.at(Instant.parse("2026-01-02T03:04:05Z"));
                String id = Made.volume(aws, "gp3");
                aws.at(null);
                return Made.seen(aws, id).createTime();
              }));

  private VolumeRows() {}

  private interface Change extends Consumer<ModifyVolumeRequest.Builder> {}

  private static void modify(Tenant aws, String id, Change change) {
    aws.ec2().modifyVolume(r -> change.accept(r.volumeId(id)));
  }

  /** Modifies it, and asks until that is over. */
  private static void finished(Tenant aws, String id, int size) {
    modify(aws, id, r -> r.size(size));
    for (int asked = 0; asked < 2; asked++) progress(aws, id);
  }

  private static String progress(Tenant aws, String id) {
    VolumeModification latest =
        aws.ec2()
            .describeVolumesModifications(r -> r.volumeIds(id))
            .volumesModifications()
            .getFirst();
    return latest.modificationStateAsString() + " " + latest.progress();
  }

  private static String speed(Tenant aws, String id) {
    var seen = Made.seen(aws, id);
    return seen.iops() + " IOPS, " + seen.throughput() + " MiB/s";
  }

  private static boolean enabled(Tenant aws, String id) {
    return aws.ec2()
        .describeVolumeAttribute(r -> r.volumeId(id).attribute("autoEnableIO"))
        .autoEnableIO()
        .value();
  }

  private static String attached(Tenant aws) {
    String instance = Made.instance(aws, "m5.large");
    String id = Made.volume(aws, "gp3");
    aws.ec2().attachVolume(r -> r.volumeId(id).instanceId(instance).device("/dev/sdf"));
    return id;
  }
}
