package dev.steward.activities.governance;

import java.time.Duration;
import java.time.Instant;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.EbsBlockDevice;
import software.amazon.awssdk.services.ec2.model.LaunchPermission;
import software.amazon.awssdk.services.ec2.model.VolumeType;

/** An image that has what a registration could forget. */
final class Images {
  private Images() {}

  static String rich(Ec2Client ec2, String root, String data) {
    String system = ec2.createSnapshot(r -> r.volumeId(root)).snapshotId();
    String store = ec2.createSnapshot(r -> r.volumeId(data)).snapshotId();
    String id =
        ec2.registerImage(r ->
                r.name("golden")
                    .description("of the spring")
                    .architecture("arm64")
                    .rootDeviceName("/dev/xvda")
                    .virtualizationType("hvm")
                    .bootMode("uefi-preferred")
                    .enaSupport(true)
                    .sriovNetSupport("simple")
                    .tpmSupport("v2.0")
                    .imdsSupport("v2.0")
                    .uefiData("QU1aTlVFRkk=")
                    .blockDeviceMappings(
                        disk("/dev/xvda", system, VolumeType.GP3, 4_000, 250, true),
                        disk("/dev/sdf", store, VolumeType.IO2, 6_000, null, false),
                        BlockDeviceMapping.builder()
                            .deviceName("/dev/sdc")
                            .virtualName("ephemeral0")
                            .build()))
            .imageId();
    ec2.modifyImageAttribute(r ->
        r.imageId(id)
            .launchPermission(l ->
                l.add(
                    LaunchPermission.builder().userId("444455556666").build(),
                    LaunchPermission.builder().userId("777788889999").build(),
                    LaunchPermission.builder()
                        .organizationArn(
                            "arn:aws:organizations::123456789012:organization/o-example")
                        .build())));
    ec2.enableImageDeprecation(
        r -> r.imageId(id).deprecateAt(Instant.now().plus(Duration.ofDays(90))));
    return id;
  }

  private static BlockDeviceMapping disk(
      String device,
      String snapshot,
      VolumeType type,
      int iops,
      @org.jspecify.annotations.Nullable Integer throughput,
      boolean delete) {
    EbsBlockDevice.Builder ebs =
        EbsBlockDevice.builder()
            .snapshotId(snapshot)
            .volumeType(type)
            .volumeSize(200)
            .iops(iops)
            .deleteOnTermination(delete);
    if (throughput != null) ebs.throughput(throughput);
    return BlockDeviceMapping.builder().deviceName(device).ebs(ebs.build()).build();
  }
}
