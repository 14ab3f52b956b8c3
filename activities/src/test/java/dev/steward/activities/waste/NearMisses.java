package dev.steward.activities.waste;

import dev.steward.testing.Customer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntToDoubleFunction;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** Waste, and beside each what looks like it and is used by something that one has to ask about. */
final class NearMisses {
  private static final String OTHER_ACCOUNT = "999988887777";
  private final Customer customer;
  private final String region;
  private final Instant now = Instant.now();
  private final Ec2Client ec2;
  private final Set<String> waste = new TreeSet<>();
  private final Set<String> unknown = new TreeSet<>();

  NearMisses(Customer customer, String region) {
    this.customer = customer;
    this.region = region;
    ec2 = customer.client(region, Ec2Client.class, Ec2Client::builder);
  }

  Set<String> waste() {
    return waste;
  }

  Set<String> unknown() {
    return unknown;
  }

  private void ago(int days) {
    customer.at(now.minus(Duration.ofDays(days)));
  }

  void build() {
    ago(400);
    String base = image("base");
    images();
    snapshots();
    machines(base);
    volumes();
    balancers(base);
    ago(300);
    buckets();
    customer.at(null);
  }

  private String image(String name) {
    return ec2.registerImage(r -> r.name(name).rootDeviceName("/dev/sda1").architecture("x86_64"))
        .imageId();
  }

  private void images() {
    waste.add("unused_image/" + image("forgotten"));
    String ofTemplate = image("of-a-template");
    ec2.createLaunchTemplate(
        r -> r.launchTemplateName("web").launchTemplateData(d -> d.imageId(ofTemplate)));
    // A group may pin the first version.
    String newer = image("of-a-newer-version");
    ec2.createLaunchTemplateVersion(
        r -> r.launchTemplateName("web").launchTemplateData(d -> d.imageId(newer)));
    String ofConfiguration = image("of-a-configuration");
    customer
        .client(region, AutoScalingClient.class, AutoScalingClient::builder)
        .createLaunchConfiguration(r ->
            r.launchConfigurationName("old").imageId(ofConfiguration).instanceType("m5.large"));
    String golden = image("golden");
    String tagged = image("typed");
    SsmClient parameters = customer.client(region, SsmClient.class, SsmClient::builder);
    parameters.putParameter(
        r -> r.name("/golden").type(ParameterType.STRING).value("{\"ami\": \"" + golden + "\"}"));
    parameters.putParameter(
        r -> r.name("typed").type(ParameterType.STRING).dataType("aws:ec2:image").value(tagged));
    String shared = image("shared");
    ec2.modifyImageAttribute(
        r -> r.imageId(shared).launchPermission(p -> p.add(a -> a.userId(OTHER_ACCOUNT))));
  }

  private void snapshots() {
    String volume = volume(8);
    waste.add("orphan_snapshot/" + snapshot(volume, "forgotten"));
    String mapped = snapshot(volume, "mapped");
    ec2.createLaunchTemplate(r ->
        r.launchTemplateName("data")
            .launchTemplateData(d ->
                d.blockDeviceMappings(
                    m -> m.deviceName("/dev/sdb").ebs(e -> e.snapshotId(mapped)))));
    String shared = snapshot(volume, "shared");
    ec2.modifySnapshotAttribute(r ->
        r.snapshotId(shared)
            .attribute("createVolumePermission")
            .operationType("add")
            .userIds(OTHER_ACCOUNT));
    String source = snapshot(volume, "source");
    waste.add("orphan_snapshot/" + source);
    ec2.copySnapshot(r ->
        r.sourceSnapshotId(source)
            .sourceRegion(region)
            .presignedUrl("none")
            .description("[Copied " + source + " from " + region + "]"));
    ec2.deleteVolume(r -> r.volumeId(volume));
  }

  private String volume(int size) {
    return ec2.createVolume(r -> r.size(size).volumeType("gp3").availabilityZone(region + "a"))
        .volumeId();
  }

  private String snapshot(String volume, String description) {
    return ec2.createSnapshot(r -> r.volumeId(volume).description(description)).snapshotId();
  }

  private String run(String image) {
    return ec2.runInstances(r ->
            r.imageId(image)
                .instanceType("m5.large")
                .minCount(1)
                .maxCount(1)
                .blockDeviceMappings(
                    m -> m.deviceName("/dev/sda1").ebs(e -> e.volumeSize(20).volumeType("gp3"))))
        .instances()
        .getFirst()
        .instanceId();
  }

  private void machines(String image) {
    ago(120);
    String idle = run(image);
    quiet(idle);
    waste.add("idle_instance/" + idle);
    String writes = run(image);
    quiet(writes);
    publish("AWS/EC2", "EBSWriteBytes", Map.of("InstanceId", writes), d -> 40e9);
    String ofVolume = run(image);
    quiet(ofVolume);
    String disk =
        ec2.describeVolumes(r -> r.filters(f -> f.name("attachment.instance-id").values(ofVolume)))
            .volumes()
            .getFirst()
            .volumeId();
    publish("AWS/EBS", "VolumeReadOps", Map.of("VolumeId", disk), d -> 4e6);
    String stopped = run(image);
    String standby = run(image);
    String address = address();
    ec2.associateAddress(r -> r.allocationId(address).instanceId(stopped));
    waste.add("unattached_address/" + address);
    ago(60);
    ec2.stopInstances(r -> r.instanceIds(stopped));
    waste.add("stopped_instance/" + stopped);
    ago(3);
    ec2.stopInstances(r -> r.instanceIds(standby));
    String used = address();
    ec2.associateAddress(r -> r.allocationId(used).instanceId(standby));
    waste.add("unattached_address/" + address());
    String free = address();
    String card =
        ec2.createNetworkInterface(r -> r.subnetId(subnets().getFirst()))
            .networkInterface()
            .networkInterfaceId();
    ec2.associateAddress(r -> r.allocationId(free).networkInterfaceId(card));
    waste.add("unattached_address/" + free);
  }

  private void quiet(String instance) {
    Map<String, String> dimension = Map.of("InstanceId", instance);
    publish("AWS/EC2", "CPUUtilization", dimension, d -> 1.5);
    publish("AWS/EC2", "NetworkIn", dimension, d -> 1_000);
    publish("AWS/EC2", "NetworkOut", dimension, d -> 1_000);
  }

  private List<String> subnets() {
    return ec2.describeSubnets().subnets().stream().map(Subnet::subnetId).limit(2).toList();
  }

  private String address() {
    return ec2.allocateAddress(r -> r.domain("vpc")).allocationId();
  }

  private void volumes() {
    ago(90);
    waste.add("unattached_volume/" + volume(100));
    String detached = volume(200);
    publish("AWS/EBS", "VolumeReadOps", Map.of("VolumeId", detached), d -> 5_000);
  }

  private void balancers(String image) {
    ago(90);
    ElasticLoadBalancingV2Client elb =
        customer.client(
            region, ElasticLoadBalancingV2Client.class, ElasticLoadBalancingV2Client::builder);
    waste.add("load_balancer_without_targets/" + balancer(elb, "empty"));
    String passing = balancer(elb, "passing");
    publish(
        "AWS/ApplicationELB",
        "RequestCount",
        Map.of("LoadBalancer", passing.substring(passing.indexOf("loadbalancer/") + 13)),
        d -> 100);
    String dead = balancer(elb, "dead");
    String target = run(image);
    group(elb, "dead", dead, target);
    waste.add("load_balancer_without_targets/" + dead);
    ec2.stopInstances(r -> r.instanceIds(target));
    waste.add("stopped_instance/" + target);
    String alive = balancer(elb, "alive");
    String serving = run(image);
    publish("AWS/EC2", "CPUUtilization", Map.of("InstanceId", serving), d -> 60);
    publish("AWS/EC2", "NetworkIn", Map.of("InstanceId", serving), d -> 1e9);
    publish("AWS/EC2", "NetworkOut", Map.of("InstanceId", serving), d -> 1e9);
    group(elb, "alive", alive, serving);
  }

  private String balancer(ElasticLoadBalancingV2Client elb, String name) {
    return elb.createLoadBalancer(r -> r.name(name).subnets(subnets()))
        .loadBalancers()
        .getFirst()
        .loadBalancerArn();
  }

  private void group(
      ElasticLoadBalancingV2Client elb, String name, String balancer, String target) {
    String group =
        elb.createTargetGroup(r ->
                r.name(name)
                    .protocol(ProtocolEnum.HTTP)
                    .port(80)
                    .vpcId(ec2.describeVpcs().vpcs().getFirst().vpcId()))
            .targetGroups()
            .getFirst()
            .targetGroupArn();
    elb.registerTargets(r -> r.targetGroupArn(group).targets(t -> t.id(target)));
    elb.createListener(r ->
        r.loadBalancerArn(balancer)
            .protocol(ProtocolEnum.HTTP)
            .port(80)
            .defaultActions(a -> a.type("forward").targetGroupArn(group)));
  }

  private void buckets() {
    String big = bucket("big");
    size(big, "StandardStorage");
    waste.add("bucket_without_lifecycle/" + big);
    size(bucket("tiered"), "IntelligentTieringFAStorage");
    bucket("empty");
    String silent = bucket("silent");
    customer
        .client(region, S3Client.class, S3Client::builder)
        .putObject(r -> r.bucket(silent).key("x"), RequestBody.fromString("x"));
    unknown.add("bucket_without_lifecycle/" + silent);
  }

  private void size(String bucket, String type) {
    publish(
        "AWS/S3", "BucketSizeBytes", Map.of("BucketName", bucket, "StorageType", type), d -> 5e12);
  }

  private String bucket(String name) {
    String bucket = name + "-" + customer.account();
    customer.client(region, S3Client.class, S3Client::builder).createBucket(r -> r.bucket(bucket));
    return bucket;
  }

  /** A fortnight of days, today among them. */
  private void publish(
      String namespace, String name, Map<String, String> dimensions, IntToDoubleFunction value) {
    List<Dimension> names =
        dimensions.entrySet().stream()
            .map(d -> Dimension.builder().name(d.getKey()).value(d.getValue()).build())
            .toList();
    Instant today = now.truncatedTo(ChronoUnit.DAYS);
    List<MetricDatum> data = new ArrayList<>();
    for (int day = 0; day < 14; day++)
      data.add(
          MetricDatum.builder()
              .metricName(name)
              .dimensions(names)
              .timestamp(today.minus(Duration.ofDays(13 - day)))
              .value(value.applyAsDouble(day))
              .build());
    customer
        .client(region, CloudWatchClient.class, CloudWatchClient::builder)
        .putMetricData(r -> r.namespace(namespace).metricData(data));
  }
}
