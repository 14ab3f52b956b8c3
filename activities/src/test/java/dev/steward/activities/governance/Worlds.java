package dev.steward.activities.governance;

import dev.steward.aws.actions.Site;
import dev.steward.testing.Customer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.CreateVolumeRequest;
import software.amazon.awssdk.services.ec2.model.OperationType;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.SnapshotAttributeName;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ec2.model.VolumeModificationState;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What each action is tried on, made in an account of its own, and what an account looks like. */
final class Worlds {
  static final String REGION = "us-east-1";
  static final String COPY_REGION = "eu-west-1";

  /** The emulated AWS shows what was changed at once. */
  static final Site.Pause SHORTLY = _ -> TimeUnit.MILLISECONDS.sleep(5);

  private final Customer customer;

  Worlds(Customer customer) {
    this.customer = customer;
  }

  private Ec2Client ec2(String region) {
    return customer.client(region, Ec2Client.class, Ec2Client::builder);
  }

  private RdsClient rds() {
    return customer.client(REGION, RdsClient.class, RdsClient::builder);
  }

  DatabaseWorlds databases() {
    return new DatabaseWorlds(rds(), subnets().stream().map(Subnet::subnetId).toList());
  }

  private S3Client s3() {
    return customer.client(REGION, S3Client.class, S3Client::builder);
  }

  private CloudWatchLogsClient logs() {
    return customer.client(REGION, CloudWatchLogsClient.class, CloudWatchLogsClient::builder);
  }

  private ElasticLoadBalancingV2Client balancers() {
    return customer.client(
        REGION, ElasticLoadBalancingV2Client.class, ElasticLoadBalancingV2Client::builder);
  }

  /** Resources that have what an undo could forget. */
  static final List<String> RICH =
      List.of(
          "snapshot_and_delete_volume of io2 that two may attach, with a key",
          "snapshot_and_delete_volume of gp3 with a key",
          "delete_snapshot with a copy, shared, with a key",
          "volume_to_gp3 of 500 GiB",
          "volume_to_gp3 of io1",
          "volume_to_gp3 of st1",
          "set_bucket_lifecycle beside rules of every kind",
          "set_bucket_lifecycle beside rules of the first form",
          "set_log_retention of 400 days",
          "set_log_retention with everything",
          "set_log_retention of infrequent access",
          "deregister_image with everything",
          "deregister_image made from an instance",
          "snapshot_and_delete_volume with all the tags that AWS takes",
          "delete_snapshot with a copy, with all the tags that AWS takes",
          "deregister_image with all the tags that AWS takes",
          "snapshot_and_delete_rds with everything",
          "snapshot_and_delete_rds of io2",
          "snapshot_and_delete_rds of small gp3",
          "release_attached_address of a free interface",
          "stop_instance with an Elastic IP",
          "stop_instance with everything",
          "resize_instance with everything",
          "resize_instance of t3 without unlimited credits");

  static final String KEY = "arn:aws:kms:us-east-1:111122223333:key/customers-own";

  /** Takes it away, as the action would and somebody else does. */
  void take(String action, String id) {
    switch (action) {
      case "snapshot_and_delete_volume" -> ec2(REGION).deleteVolume(r -> r.volumeId(id));
      case "deregister_image" -> ec2(REGION).deregisterImage(r -> r.imageId(id));
      case "snapshot_and_delete_rds" -> databases().take(id);
      default -> throw new IllegalArgumentException("nobody takes away what " + action + " is for");
    }
  }

  /** Makes the resource that the action is for, and returns its id. */
  String make(String name) {
    Ec2Client ec2 = ec2(REGION);
    String action = RICH.contains(name) ? name : name.split(" ", 2)[0];
    return switch (action) {
      case "snapshot_and_delete_volume of io2 that two may attach, with a key" -> {
        String id =
            volume(r ->
                r.volumeType("io2")
                    .iops(4_000)
                    .multiAttachEnabled(true)
                    .encrypted(true)
                    .kmsKeyId(KEY));
        ec2.modifyVolumeAttribute(r -> r.volumeId(id).autoEnableIO(v -> v.value(true)));
        yield id;
      }
      case "snapshot_and_delete_volume of gp3 with a key" ->
          volume(
              r -> r.volumeType("gp3").iops(5_000).throughput(300).encrypted(true).kmsKeyId(KEY));
      case "delete_snapshot with a copy, shared, with a key" -> {
        String volume = volume(r -> r.volumeType("gp3").encrypted(true).kmsKeyId(KEY));
        String id =
            ec2.createSnapshot(r -> r.volumeId(volume).description("before the move")).snapshotId();
        ec2.modifySnapshotAttribute(r ->
            r.snapshotId(id)
                .attribute(SnapshotAttributeName.CREATE_VOLUME_PERMISSION)
                .operationType(OperationType.ADD)
                .userIds("444455556666"));
        yield id;
      }
      case "volume_to_gp3 of 500 GiB" -> volume(r -> r.volumeType("gp2").size(500));
      case "volume_to_gp3 of io1" -> volume(r -> r.volumeType("io1").iops(4_500));
      case "volume_to_gp3 of st1" -> volume(r -> r.volumeType("st1").size(2_000));
      case "set_bucket_lifecycle beside rules of every kind" ->
          Lifecycles.ofEveryKind(s3(), "rich-" + customer.account());
      case "set_bucket_lifecycle beside rules of the first form" ->
          Lifecycles.ofTheFirstForm(s3(), "old-" + customer.account());
      case "deregister_image with everything" -> Images.rich(ec2, volume("gp3"), volume("gp2"));
      case "deregister_image made from an instance" -> {
        String instance = instance();
        yield ec2.createImage(r -> r.instanceId(instance).name("captured")).imageId();
      }
      case "set_log_retention of 400 days" -> LogWorlds.kept(logs());
      case "set_log_retention with everything" -> LogWorlds.rich(logs(), customer.account());
      case "set_log_retention of infrequent access" -> LogWorlds.infrequent(logs());
      case "snapshot_and_delete_volume with all the tags that AWS takes",
          "delete_snapshot with a copy, with all the tags that AWS takes",
          "deregister_image with all the tags that AWS takes" -> {
        String id = make(action.replace(" with all the tags that AWS takes", "").replace(",", ""));
        ec2.createTags(r -> r.resources(id).tags(full(ec2, id)));
        yield id;
      }
      case "snapshot_and_delete_volume" -> volume("gp2");
      case "volume_to_gp3" -> volume("gp2");
      case "delete_snapshot" -> {
        String volume = volume("gp3");
        yield ec2.createSnapshot(r -> r.volumeId(volume)).snapshotId();
      }
      case "deregister_image" ->
          ec2.registerImage(
                  r -> r.name("golden").rootDeviceName("/dev/sda1").architecture("x86_64"))
              .imageId();
      case "release_address" -> ec2.allocateAddress(r -> r.domain("vpc")).allocationId();
      case "release_attached_address of a free interface" -> instances().addressOfFreeInterface();
      case "release_attached_address" -> instances().heldAddress();
      case "stop_instance", "terminate_instance", "resize_instance" -> instance();
      case "stop_instance with an Elastic IP" -> instances().withElasticIp();
      case "stop_instance with everything", "resize_instance with everything" -> instances().rich();
      case "resize_instance of t3 without unlimited credits" -> instances().thrifty();
      case "start_instance" -> {
        String instance = instance();
        ec2.stopInstances(r -> r.instanceIds(instance));
        yield instance;
      }
      case "delete_nat_gateway" -> {
        String address = ec2.allocateAddress(r -> r.domain("vpc")).allocationId();
        yield ec2.createNatGateway(
                r -> r.subnetId(subnets().getFirst().subnetId()).allocationId(address))
            .natGateway()
            .natGatewayId();
      }
      case "delete_network_interface" ->
          ec2.createNetworkInterface(r -> r.subnetId(subnets().getFirst().subnetId()))
              .networkInterface()
              .networkInterfaceId();
      case "delete_load_balancer" ->
          balancers()
              .createLoadBalancer(r ->
                  r.name("idle")
                      .subnets(subnets().stream().limit(2).map(Subnet::subnetId).toList()))
              .loadBalancers()
              .getFirst()
              .loadBalancerArn();
      case "stop_rds_instance", "snapshot_and_delete_rds" -> databases().plain();
      case "snapshot_and_delete_rds with everything" -> databases().rich();
      case "snapshot_and_delete_rds of io2" ->
          databases().make(r -> r.storageType("io2").iops(3_000));
      case "snapshot_and_delete_rds of small gp3" ->
          databases().make(r -> r.storageType("gp3").iops(3_000).storageThroughput(125));
      case "set_log_retention" -> {
        logs().createLogGroup(r -> r.logGroupName("/app/old"));
        yield "/app/old";
      }
      case "set_bucket_lifecycle" -> {
        String bucket = "bucket-" + customer.account();
        s3().createBucket(r -> r.bucket(bucket));
        yield bucket;
      }
      default -> throw new IllegalArgumentException(action + " is new to this test");
    };
  }

  /** Fifty with those that it has; what AWS writes itself is not counted. */
  private static List<Tag> full(Ec2Client ec2, String id) {
    List<Tag> tags = new ArrayList<>();
    int more =
        50 - ec2.describeTags(r -> r.filters(f -> f.name("resource-id").values(id))).tags().size();
    for (int i = 0; i < more; i++)
      tags.add(Tag.builder().key("own-" + i).value("value " + i).build());
    tags.add(Tag.builder().key("aws:cloudformation:stack-name").value("web").build());
    tags.add(Tag.builder().key("aws:cloudformation:logical-id").value("Data").build());
    return tags;
  }

  private List<Subnet> subnets() {
    return ec2(REGION).describeSubnets().subnets();
  }

  private String volume(String type) {
    return volume(r -> r.volumeType(type));
  }

  private String volume(Consumer<CreateVolumeRequest.Builder> how) {
    CreateVolumeRequest.Builder request =
        CreateVolumeRequest.builder()
            .size(100)
            .availabilityZone("us-east-1b")
            .tagSpecifications(
                TagSpecification.builder()
                    .resourceType(ResourceType.VOLUME)
                    .tags(Tag.builder().key("team").value("data").build())
                    .build());
    how.accept(request);
    return ec2(REGION).createVolume(request.build()).volumeId();
  }

  /** Somebody else modifies a gp3 volume, once AWS has finished with it. */
  void modify(String volume, int iops) {
    Ec2Client ec2 = ec2(REGION);
    while (ec2.describeVolumesModifications(r -> r.volumeIds(volume))
            .volumesModifications()
            .getFirst()
            .modificationState()
        != VolumeModificationState.COMPLETED) Thread.onSpinWait();
    ec2.modifyVolume(r -> r.volumeId(volume).iops(iops));
  }

  InstanceWorlds instances() {
    return new InstanceWorlds(ec2(REGION));
  }

  private String instance() {
    return instances().make(r -> r.instanceType("m5.large"));
  }

  /** Everything that there is, without the ids that AWS made up. */
  List<String> look() {
    List<String> seen = new ArrayList<>();
    for (String region : List.of(REGION, COPY_REGION)) look(region, seen);
    rds()
        .describeDBInstances()
        .dbInstances()
        .forEach(d ->
            seen.add(
                "database "
                    + d.dbInstanceIdentifier()
                    + " "
                    + d.dbInstanceClass()
                    + " "
                    + d.dbInstanceStatus()));
    rds().describeDBSnapshots(r -> r.snapshotType("manual")).dbSnapshots().stream()
        .forEach(s -> seen.add("database snapshot of " + s.dbInstanceIdentifier()));
    logs()
        .describeLogGroups()
        .logGroups()
        .forEach(g -> seen.add("log group " + g.logGroupName() + " " + g.retentionInDays()));
    s3().listBuckets()
        .buckets()
        .forEach(b -> seen.add("bucket " + b.name() + " " + rules(b.name())));
    balancers()
        .describeLoadBalancers()
        .loadBalancers()
        .forEach(b -> seen.add("load balancer " + b.loadBalancerName()));
    return seen.stream().sorted().toList();
  }

  private void look(String region, List<String> seen) {
    Ec2Client ec2 = ec2(region);
    ec2.describeVolumes()
        .volumes()
        .forEach(v ->
            seen.add(
                "volume "
                    + v.size()
                    + " "
                    + v.volumeTypeAsString()
                    + " "
                    + v.availabilityZone()
                    + " "
                    + v.stateAsString()
                    + " "
                    + tags(v.tags())));
    ec2.describeSnapshots(r -> r.ownerIds("self"))
        .snapshots()
        .forEach(s -> seen.add(region + " snapshot " + s.volumeSize() + " " + s.stateAsString()));
    ec2.describeInstances().reservations().stream()
        .flatMap(r -> r.instances().stream())
        .filter(i -> !i.state().nameAsString().equals("terminated"))
        .forEach(
            i -> seen.add("instance " + i.instanceTypeAsString() + " " + i.state().nameAsString()));
    ec2.describeImages(r -> r.owners("self"))
        .images()
        .forEach(i -> seen.add("image " + i.name() + " " + i.architectureAsString()));
    ec2.describeAddresses()
        .addresses()
        .forEach(a -> seen.add("address" + (a.associationId() == null ? "" : " attached")));
    ec2.describeNatGateways().natGateways().stream()
        .filter(g -> !g.stateAsString().startsWith("delet"))
        .forEach(g -> seen.add("nat gateway"));
    ec2.describeNetworkInterfaces().networkInterfaces().stream()
        .filter(n -> n.statusAsString().equals("available"))
        .forEach(n -> seen.add("interface"));
  }

  private static Map<String, String> tags(List<Tag> tags) {
    Map<String, String> own = new TreeMap<>();
    for (Tag tag : tags) if (!tag.key().startsWith("steward:")) own.put(tag.key(), tag.value());
    return own;
  }

  private TreeSet<String> rules(String bucket) {
    TreeSet<String> rules = new TreeSet<>();
    try {
      s3().getBucketLifecycleConfiguration(r -> r.bucket(bucket))
          .rules()
          .forEach(r -> rules.add(r.statusAsString()));
    } catch (S3Exception none) {
      rules.clear();
    }
    return rules;
  }
}
