package dev.steward.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.DomainType;
import software.amazon.awssdk.services.ec2.model.EbsBlockDevice;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceType;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ec2.model.VolumeType;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** Instances, volumes, snapshots and images, and what only looks like waste among them. */
final class EstateCompute {
  private final Customer customer;
  private final String region;
  private final Instant now;
  private final int scale;
  private final Estate.Labels labels;
  private final Ec2Client ec2;
  private final EstateMetrics metrics;
  private String image = "";

  EstateCompute(Customer customer, String region, Instant now, int scale, Estate.Labels labels) {
    this.customer = customer;
    this.region = region;
    this.now = now;
    this.scale = scale;
    this.labels = labels;
    this.ec2 = customer.client(region, Ec2Client.class, Ec2Client::builder);
    this.metrics = new EstateMetrics(customer, region, now);
  }

  void build() {
    ago(400);
    image = register("base");
    for (int i = 0; i < scale; i++) {
      instances(i);
      volumes(i);
      snapshots();
      images(i);
    }
  }

  private void ago(double days) {
    customer.at(now.minus(Duration.ofMinutes(Math.round(days * 24 * 60))));
  }

  private void instances(int round) {
    for (int i = 0; i < 8; i++) {
      ago(120);
      String busy = run("web-" + round + "-" + i, InstanceType.M5_LARGE, null);
      load(busy, 35 + i * 5, 4e9);
    }
    for (int i = 0; i < 2; i++) {
      ago(200);
      String idle = run("forgotten-" + round + "-" + i, InstanceType.M5_XLARGE, null);
      load(idle, 1.2, 40_000);
      labels.waste("idle_instance", region, idle);
    }
    ago(90);
    // Nobody knows what it does: it must stay unknown.
    String silent = run("silent-" + round, InstanceType.C5_LARGE, null);
    labels.unknown("idle_instance", region, silent);
    ago(100);
    // One week of metrics is missing because the agent was off: too little to judge by.
    String gapped = run("gapped-" + round, InstanceType.C5_LARGE, null);
    metrics.publish("AWS/EC2", "CPUUtilization", Map.of("InstanceId", gapped), 3, d -> 0.5);
    metrics.publish("AWS/EC2", "NetworkIn", Map.of("InstanceId", gapped), 3, d -> 100);
    metrics.publish("AWS/EC2", "NetworkOut", Map.of("InstanceId", gapped), 3, d -> 100);
    labels.unknown("idle_instance", region, gapped);
    ago(2);
    load(run("new-" + round, InstanceType.T3_MEDIUM, null), 0.3, 5_000);
    ago(150);
    load(run("standby-" + round, InstanceType.R5_LARGE, "keep"), 0.4, 8_000);
    // Quiet on twelve days, busy on two: the month's end.
    ago(300);
    String monthly = run("month-end-" + round, InstanceType.M5_LARGE, null);
    metrics.publish(
        "AWS/EC2", "CPUUtilization", Map.of("InstanceId", monthly), d -> d > 11 ? 80 : 0.5);
    metrics.publish("AWS/EC2", "NetworkIn", Map.of("InstanceId", monthly), d -> 20_000);
    metrics.publish("AWS/EC2", "NetworkOut", Map.of("InstanceId", monthly), d -> 20_000);
    sizes(round);
    // Its processor idles; its disks do not.
    ago(110);
    String writes = run("writes-" + round, InstanceType.M5_LARGE, null);
    load(writes, 1.0, 40_000);
    metrics.publish("AWS/EC2", "EBSWriteBytes", Map.of("InstanceId", writes), d -> 40e9);
    for (int i = 0; i < 2; i++) {
      ago(250);
      String stopped = run("parked-" + round + "-" + i, InstanceType.M5_LARGE, null);
      String address = ec2.allocateAddress(r -> r.domain(DomainType.VPC)).allocationId();
      labels.made(1);
      ec2.associateAddress(r -> r.allocationId(address).instanceId(stopped));
      ago(60);
      ec2.stopInstances(r -> r.instanceIds(stopped));
      labels.waste("stopped_instance", region, stopped);
      labels.waste("unattached_address", region, address);
    }
    ago(80);
    String weekend = run("weekend-" + round, InstanceType.M5_LARGE, null);
    ago(3);
    ec2.stopInstances(r -> r.instanceIds(weekend));
  }

  /**
   * Instances that are too large, as far as what is measured of them can tell, and one that is not.
   */
  private void sizes(int round) {
    ago(160);
    String roomy = run("roomy-" + round, InstanceType.M5_2_XLARGE, null);
    hours(roomy, 18);
    metrics.publishHours(
        "CWAgent", "mem_used_percent", Map.of("InstanceId", roomy), h -> 28 + h % 24 / 12.0);
    labels.waste("oversized_instance", region, roomy);
    ago(170);
    // Nobody measures its memory: another type must have as much.
    String unmeasured = run("unmeasured-" + round, InstanceType.M5_XLARGE, null);
    hours(unmeasured, 20);
    labels.waste("oversized_instance", region, unmeasured);
    ago(180);
    hours(run("steady-" + round, InstanceType.M5_XLARGE, null), 75);
  }

  /** Busy by day, quiet by night. */
  private void hours(String instance, double peak) {
    Map<String, String> dimension = Map.of("InstanceId", instance);
    metrics.publishHours(
        "AWS/EC2",
        "CPUUtilization",
        dimension,
        h -> peak * (0.6 + 0.4 * Math.sin(Math.PI * (h % 24) / 24)));
    metrics.publish("AWS/EC2", "NetworkIn", dimension, d -> 2e9);
    metrics.publish("AWS/EC2", "NetworkOut", dimension, d -> 2e9);
  }

  private String run(String name, InstanceType type, @Nullable String keep) {
    Instance instance =
        ec2.runInstances(r ->
                r.imageId(image)
                    .instanceType(type)
                    .minCount(1)
                    .maxCount(1)
                    .blockDeviceMappings(
                        BlockDeviceMapping.builder()
                            .deviceName("/dev/sda1")
                            .ebs(
                                EbsBlockDevice.builder()
                                    .volumeSize(50)
                                    .volumeType(VolumeType.GP3)
                                    .build())
                            .build())
                    .tagSpecifications(tags(ResourceType.INSTANCE, name, keep)))
            .instances()
            .getFirst();
    labels.made(2);
    return instance.instanceId();
  }

  private static TagSpecification tags(ResourceType type, String name, @Nullable String keep) {
    List<Tag> tags =
        keep == null
            ? List.of(Tag.builder().key("Name").value(name).build())
            : List.of(
                Tag.builder().key("Name").value(name).build(),
                Tag.builder().key("steward").value(keep).build());
    return TagSpecification.builder().resourceType(type).tags(tags).build();
  }

  private void load(String instance, double cpu, double bytes) {
    Map<String, String> dimension = Map.of("InstanceId", instance);
    metrics.publish("AWS/EC2", "CPUUtilization", dimension, d -> cpu + d % 3 * 0.1);
    metrics.publish("AWS/EC2", "NetworkIn", dimension, d -> bytes);
    metrics.publish("AWS/EC2", "NetworkOut", dimension, d -> bytes * 0.8);
    // The same metric of a namesake in another namespace must not be mixed in.
    metrics.publish("Custom/App", "CPUUtilization", dimension, d -> 99);
  }

  private void volumes(int round) {
    for (int i = 0; i < 4; i++) {
      ago(60 + i);
      labels.waste(
          "unattached_volume",
          region,
          volume("old-data-" + round + "-" + i, 100 + 50 * i, VolumeType.GP3, null));
    }
    ago(2);
    volume("just-detached-" + round, 80, VolumeType.GP3, null);
    ago(70);
    // Detached this morning: it was read from until then.
    String reads = volume("this-morning-" + round, 80, VolumeType.GP3, null);
    metrics.publish("AWS/EBS", "VolumeReadOps", Map.of("VolumeId", reads), d -> 9_000);
    ago(90);
    volume("archive-" + round, 500, VolumeType.GP3, "keep");
    for (int i = 0; i < 3; i++) {
      ago(500);
      String gp2 = volume("db-" + round + "-" + i, 500, VolumeType.GP2, null);
      ago(100);
      String host = run("db-host-" + round + "-" + i, InstanceType.R5_LARGE, null);
      ec2.attachVolume(r -> r.volumeId(gp2).instanceId(host).device("/dev/sdf"));
      load(host, 55, 1e9);
      labels.waste("gp2_volume", region, gp2);
    }
  }

  private String volume(String name, int size, VolumeType type, @Nullable String keep) {
    labels.made(1);
    return ec2.createVolume(r ->
            r.size(size)
                .volumeType(type)
                .availabilityZone(region + "a")
                .tagSpecifications(tags(ResourceType.VOLUME, name, keep)))
        .volumeId();
  }

  private void snapshots() {
    ago(300);
    String source = volume("kept-source", 120, VolumeType.GP3, "keep");
    for (int i = 0; i < 3; i++) {
      ago(120 + i);
      labels.waste("old_snapshot", region, snapshot(source, "nightly"));
    }
    for (int i = 0; i < 3; i++) {
      ago(5 + i);
      snapshot(source, "nightly");
    }
    ago(200);
    // AWS Backup has its own expiry.
    snapshot(source, "This snapshot is created by the AWS Backup service.");
    String gone = volume("gone", 60, VolumeType.GP3, null);
    for (int i = 0; i < 3; i++) {
      ago(100 + i);
      labels.waste("orphan_snapshot", region, snapshot(gone, "before migration"));
    }
    ago(10);
    snapshot(gone, "last copy");
    ago(9);
    ec2.deleteVolume(r -> r.volumeId(gone));
    labels.made(-1);
  }

  private String snapshot(String volume, String description) {
    labels.made(1);
    return ec2.createSnapshot(r -> r.volumeId(volume).description(description)).snapshotId();
  }

  private void images(int round) {
    for (int i = 0; i < 2; i++) {
      ago(180);
      labels.waste("unused_image", region, register("release-" + round + "-" + i));
    }
    ago(10);
    register("candidate-" + round);
    if (round == 0) named();
  }

  /** Old images and snapshots without an instance or a volume, which something else names. */
  private void named() {
    ago(180);
    String ofTemplate = register("of-a-template");
    ec2.createLaunchTemplate(
        r -> r.launchTemplateName("web").launchTemplateData(d -> d.imageId(ofTemplate)));
    String ofConfiguration = register("of-a-configuration");
    customer
        .client(region, AutoScalingClient.class, AutoScalingClient::builder)
        .createLaunchConfiguration(r ->
            r.launchConfigurationName("old").imageId(ofConfiguration).instanceType("m5.large"));
    String golden = register("golden");
    customer
        .client(region, SsmClient.class, SsmClient::builder)
        .putParameter(r -> r.name("/golden").type(ParameterType.STRING).value(golden));
    String shared = register("shared");
    ec2.modifyImageAttribute(
        r -> r.imageId(shared).launchPermission(p -> p.add(a -> a.userId("999988887777"))));
    String volume = volume("was", 40, VolumeType.GP3, null);
    String source = snapshot(volume, "before the move");
    labels.waste("orphan_snapshot", region, source);
    ec2.copySnapshot(r ->
        r.sourceSnapshotId(source)
            .sourceRegion(region)
            .presignedUrl("none")
            .description("[Copied " + source + " from " + region + "]"));
    String sharedSnapshot = snapshot(volume, "for the partner");
    ec2.modifySnapshotAttribute(r ->
        r.snapshotId(sharedSnapshot)
            .attribute("createVolumePermission")
            .operationType("add")
            .userIds("999988887777"));
    ec2.deleteVolume(r -> r.volumeId(volume));
    // The template, the configuration, the parameter, the copy; and not the volume.
    labels.made(3);
  }

  /** The emulator gives each image a snapshot of its own. */
  private String register(String name) {
    labels.made(2);
    return ec2.registerImage(
            r -> r.name(name + "-" + region).rootDeviceName("/dev/sda1").architecture("x86_64"))
        .imageId();
  }
}
