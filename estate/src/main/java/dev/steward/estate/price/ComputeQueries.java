package dev.steward.estate.price;

import dev.steward.estate.price.Item.Family;
import dev.steward.estate.price.Item.LicensedHour;
import dev.steward.estate.price.Item.LicensedSystem;
import dev.steward.estate.price.Item.LinuxHour;
import dev.steward.estate.price.Item.Unit;
import java.util.List;
import java.util.Locale;

/** What runs, and the disks of it. */
final class ComputeQueries {
  static final List<PriceQuery> ALL =
      List.of(
          instances("ec2-linux", "Linux")
              .gives(
                  Family.EC2_LINUX_HOUR,
                  "",
                  "BoxUsage(:.*)?",
                  product -> new LinuxHour(product.attribute("instanceType")))
              .row(),
          licensed(LicensedSystem.WINDOWS, "Windows"),
          licensed(LicensedSystem.RHEL, "RHEL"),
          licensed(LicensedSystem.SUSE, "SUSE"),
          ec2("ebs-storage", "Storage")
              .gives(Unit.EBS_GP2, "EBS:VolumeUsage\\.gp2")
              .gives(Unit.EBS_GP3, "EBS:VolumeUsage\\.gp3")
              .gives(Unit.EBS_IO1, "EBS:VolumeUsage\\.piops")
              .gives(Unit.EBS_IO2, "EBS:VolumeUsage\\.io2")
              .gives(Unit.EBS_ST1, "EBS:VolumeUsage\\.st1")
              .gives(Unit.EBS_SC1, "EBS:VolumeUsage\\.sc1")
              .gives(Unit.EBS_STANDARD, "EBS:VolumeUsage")
              .row(),
          ec2("ebs-iops", "System Operation")
              .gives(Unit.EBS_STANDARD_IO, "EBS:VolumeIOUsage")
              .gives(Unit.GP3_IOPS, "EBS:VolumeP-IOPS\\.gp3")
              .gives(Unit.IO1_IOPS, "EBS:VolumeP-IOPS\\.piops")
              .gives(Unit.IO2_IOPS, "EBS:VolumeP-IOPS\\.io2")
              .gives(Unit.IO2_IOPS_TIER2, "EBS:VolumeP-IOPS\\.io2\\.tier2")
              .gives(Unit.IO2_IOPS_TIER3, "EBS:VolumeP-IOPS\\.io2\\.tier3")
              .row(),
          ec2("ebs-throughput", "Provisioned Throughput")
              .gives(Unit.GP3_THROUGHPUT, "EBS:VolumeP-Throughput\\.gp3")
              .row(),
          ec2("ebs-snapshots", "Storage Snapshot")
              .gives(Unit.EBS_SNAPSHOT, "EBS:SnapshotUsage")
              .gives(Unit.EBS_SNAPSHOT_ARCHIVE, "EBS:SnapshotArchiveStorage")
              .row(),
          ec2("ebs-fast-restore", "Fast Snapshot Restore")
              .gives(Unit.FAST_SNAPSHOT_RESTORE, "EBS:FastSnapshotRestore")
              .row(),
          PriceQuery.of("fargate", "AmazonECS")
              .family("Compute")
              .gives(Unit.FARGATE_VCPU_HOUR, "Fargate-vCPU-Hours:perCPU")
              .gives(Unit.FARGATE_MEMORY_HOUR, "Fargate-GB-Hours")
              .gives(Unit.FARGATE_ARM_VCPU_HOUR, "Fargate-ARM-vCPU-Hours:perCPU")
              .gives(Unit.FARGATE_ARM_MEMORY_HOUR, "Fargate-ARM-GB-Hours")
              .row(),
          PriceQuery.of("eks", "AmazonEKS")
              .family("Compute")
              .gives(Unit.EKS_CLUSTER_HOUR, "AmazonEKS-Hours:perCluster")
              .row(),
          PriceQuery.of("lambda-provisioned", "AWSLambda")
              .where("group", "AWS-Lambda-Provisioned-Concurrency")
              .gives(Unit.LAMBDA_PROVISIONED_CONCURRENCY, ".*Provisioned-Concurrency")
              .row(),
          PriceQuery.of("lambda-provisioned-arm", "AWSLambda")
              .where("group", "AWS-Lambda-Provisioned-Concurrency-ARM")
              .gives(Unit.LAMBDA_PROVISIONED_CONCURRENCY_ARM, ".*Provisioned-Concurrency-ARM")
              .row());

  private ComputeQueries() {}

  private static PriceQuery.Row ec2(String id, String family) {
    return PriceQuery.of(id, "AmazonEC2").family(family);
  }

  /** On demand, on shared hardware, with nothing installed, and not in a capacity reservation. */
  private static PriceQuery.Row instances(String id, String system) {
    return PriceQuery.of(id, "AmazonEC2")
        .where("operatingSystem", system)
        .where("tenancy", "Shared")
        .where("capacitystatus", "Used")
        .where("preInstalledSw", "NA")
        .where("licenseModel", "No License required");
  }

  private static PriceQuery licensed(LicensedSystem system, String name) {
    String id = system.name().toLowerCase(Locale.ROOT);
    return instances("ec2-" + id, name)
        .gives(
            Family.EC2_LICENSED_HOUR,
            id + " ",
            "BoxUsage(:.*)?",
            product -> new LicensedHour(system, product.attribute("instanceType")))
        .row();
  }
}
