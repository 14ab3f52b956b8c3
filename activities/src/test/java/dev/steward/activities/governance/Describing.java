package dev.steward.activities.governance;

import dev.steward.testing.Customer;
import java.util.List;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.AddressAttributeName;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.ImageAttributeName;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceAttributeName;
import software.amazon.awssdk.services.ec2.model.SnapshotAttributeName;
import software.amazon.awssdk.services.ec2.model.VolumeAttributeName;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Asks every describe call for all that actions touch. */
final class Describing {
  private Describing() {}

  static Everything all(Customer customer) {
    Everything seen = new Everything();
    for (String region : List.of(Worlds.REGION, Worlds.COPY_REGION)) {
      Ec2Client ec2 = customer.client(region, Ec2Client.class, Ec2Client::builder);
      seen.in(region);
      storage(ec2, seen);
      compute(ec2, seen);
    }
    seen.in(Worlds.REGION);
    databases(customer.client(Worlds.REGION, RdsClient.class, RdsClient::builder), seen);
    settings(customer, seen);
    return seen;
  }

  private static void storage(Ec2Client ec2, Everything seen) {
    ec2.describeVolumes()
        .volumes()
        .forEach(v -> {
          seen.add(
              "Volume",
              v,
              ec2.describeVolumeAttribute(
                  r -> r.volumeId(v.volumeId()).attribute(VolumeAttributeName.AUTO_ENABLE_IO)));
          modifications(ec2, v.volumeId(), seen);
        });
    ec2.describeSnapshots(r -> r.ownerIds("self"))
        .snapshots()
        .forEach(s ->
            seen.add(
                "Snapshot",
                s,
                ec2.describeSnapshotAttribute(r ->
                    r.snapshotId(s.snapshotId())
                        .attribute(SnapshotAttributeName.CREATE_VOLUME_PERMISSION))));
    ec2.describeImages(r -> r.owners("self"))
        .images()
        .forEach(i ->
            seen.add(
                "Image",
                i,
                ec2.describeImageAttribute(
                    r -> r.imageId(i.imageId()).attribute(ImageAttributeName.LAUNCH_PERMISSION)),
                ec2.describeImageAttribute(
                    r -> r.imageId(i.imageId()).attribute(ImageAttributeName.UEFI_DATA))));
  }

  private static void modifications(Ec2Client ec2, String volume, Everything seen) {
    try {
      ec2.describeVolumesModifications(r -> r.volumeIds(volume))
          .volumesModifications()
          .forEach(m -> seen.add("VolumeModification", m));
    } catch (Ec2Exception e) {
      if (!e.awsErrorDetails().errorCode().endsWith("NotFound")) throw e;
    }
  }

  private static void compute(Ec2Client ec2, Everything seen) {
    ec2.describeInstances().reservations().stream()
        .flatMap(r -> r.instances().stream())
        .filter(i -> !i.state().nameAsString().equals("terminated"))
        .forEach(i -> instance(ec2, i, seen));
    ec2.describeAddresses().addresses().forEach(a -> seen.add("Address", a));
    ec2.describeAddressesAttribute(r -> r.attribute(AddressAttributeName.DOMAIN_NAME))
        .addresses()
        .forEach(a -> seen.add("AddressAttribute", a));
    ec2.describeNatGateways().natGateways().stream()
        .filter(g -> !g.stateAsString().startsWith("delet"))
        .forEach(g -> seen.add("NatGateway", g));
    ec2.describeNetworkInterfaces()
        .networkInterfaces()
        .forEach(n -> seen.add("NetworkInterface", n));
  }

  private static void instance(Ec2Client ec2, Instance instance, Everything seen) {
    String id = instance.instanceId();
    seen.add(
        "Instance",
        instance,
        ec2.describeInstanceAttribute(
            r -> r.instanceId(id).attribute(InstanceAttributeName.DISABLE_API_TERMINATION)),
        ec2.describeInstanceAttribute(r ->
            r.instanceId(id).attribute(InstanceAttributeName.INSTANCE_INITIATED_SHUTDOWN_BEHAVIOR)),
        ec2.describeInstanceCreditSpecifications(r -> r.instanceIds(id)));
  }

  private static void databases(RdsClient rds, Everything seen) {
    rds.describeDBInstances().dbInstances().forEach(d -> seen.add("DBInstance", d));
    rds.describeDBSnapshots().dbSnapshots().forEach(s -> seen.add("DBSnapshot", s));
  }

  private static void settings(Customer customer, Everything seen) {
    logs(
        customer.client(Worlds.REGION, CloudWatchLogsClient.class, CloudWatchLogsClient::builder),
        seen);
    S3Client s3 = customer.client(Worlds.REGION, S3Client.class, S3Client::builder);
    s3.listBuckets().buckets().forEach(b -> lifecycle(s3, b.name(), seen));
  }

  private static void logs(CloudWatchLogsClient logs, Everything seen) {
    for (LogGroup group : logs.describeLogGroups().logGroups()) {
      String name = group.logGroupName();
      seen.add(
          "LogGroup",
          group,
          logs.describeSubscriptionFilters(r -> r.logGroupName(name)),
          logs.describeMetricFilters(r -> r.logGroupName(name)),
          logs.getDataProtectionPolicy(r -> r.logGroupIdentifier(name)),
          logs.listTagsForResource(r -> r.resourceArn(group.logGroupArn())));
    }
  }

  private static void lifecycle(S3Client s3, String bucket, Everything seen) {
    try {
      seen.add("Lifecycle", s3.getBucketLifecycleConfiguration(r -> r.bucket(bucket)));
    } catch (S3Exception e) {
      if (!e.awsErrorDetails().errorCode().startsWith("NoSuchLifecycle")) throw e;
    }
  }
}
