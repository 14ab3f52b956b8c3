package dev.steward.estate;

import dev.steward.model.Resource;
import java.util.List;
import java.util.Optional;

/**
 * Every check, as data with its rule. Default thresholds follow what AWS Trusted Advisor, Compute
 * Optimizer and the open tools use; where they differ, the more careful one.
 */
public final class Checks {
  /** Put on a resource, this tag with the value {@code keep} says that it is wanted. */
  public static final String KEEP_TAG = "steward";

  /** How many days of metrics are asked for. */
  public static final int WINDOW_DAYS = 14;

  private static final Threshold MIN_DATAPOINTS =
      new Threshold(
          "min_datapoints",
          7,
          1,
          WINDOW_DAYS,
          "days",
          "with fewer days of data the answer is unknown");

  public static final List<WasteCheck> ALL =
      List.of(
          new WasteCheck(
              "unattached_volume",
              "Volume attached to nothing",
              "ebs_volume",
              2,
              List.of(),
              List.of("attached"),
              List.of(minAge(7, "shown to be attached to nothing for so long, and as old")),
              List.of("snapshot_and_delete_volume"),
              StorageChecks::unattachedVolume),
          new WasteCheck(
              "old_snapshot",
              "Old snapshot of a volume that is there, in no image",
              "ebs_snapshot",
              1,
              List.of("ec2_image", "ebs_volume"),
              List.of(),
              List.of(minAge(90, "snapshots are kept for a while on purpose")),
              List.of("delete_snapshot"),
              StorageChecks::oldSnapshot),
          new WasteCheck(
              "orphan_snapshot",
              "Snapshot whose volume is gone",
              "ebs_snapshot",
              2,
              List.of("ec2_image", "ebs_volume"),
              List.of(),
              List.of(minAge(30, "the last copy of a volume is kept for a while")),
              List.of("delete_snapshot"),
              StorageChecks::orphanSnapshot),
          new WasteCheck(
              "unused_image",
              "Image that no instance was made from",
              "ec2_image",
              2,
              List.of("ec2_instance"),
              List.of(),
              List.of(minAge(90, "a younger image may be the next release")),
              List.of("deregister_image"),
              StorageChecks::unusedImage),
          new WasteCheck(
              "idle_instance",
              "Running instance that does nothing",
              "ec2_instance",
              1,
              List.of(),
              List.of("cpu", "cpu_max", "network_in", "network_out"),
              List.of(
                  new Threshold(
                      "max_cpu",
                      5,
                      0,
                      100,
                      "percent",
                      "the mean of every day stays at or below it"),
                  new Threshold(
                      "max_network_mb",
                      5,
                      0,
                      1_000_000,
                      "MB a day",
                      "in and out together stay at or below it"),
                  MIN_DATAPOINTS),
              List.of("stop_instance", "terminate_instance"),
              ComputeChecks::idleInstance),
          new WasteCheck(
              "oversized_instance",
              "Running instance that is too large",
              "ec2_instance",
              2,
              List.of(),
              List.of("cpu", "cpu_hour", "memory_hour"),
              List.of(
                  new Threshold(
                      "max_utilization",
                      80,
                      10,
                      100,
                      "percent",
                      "what the peak of the next fortnight may take of the smaller type"),
                  new Threshold(
                      "max_risk",
                      5,
                      2.5,
                      50,
                      "percent",
                      "how likely it may take more all the same"),
                  new Threshold(
                      "min_saving_usd",
                      10,
                      0,
                      1e6,
                      "dollars a month",
                      "smaller savings are not worth a change")),
              List.of("resize_instance"),
              ComputeChecks::oversizedInstance),
          new WasteCheck(
              "stopped_instance",
              "Stopped instance that pays for storage",
              "ec2_instance",
              2,
              List.of("ebs_volume"),
              List.of(),
              List.of(
                  new Threshold(
                      "min_stopped_days", 30, 1, 3_650, "days", "stopped for at least so long")),
              List.of("terminate_instance"),
              ComputeChecks::stoppedInstance),
          new WasteCheck(
              "unattached_address",
              "Elastic IP attached to nothing",
              "elastic_ip",
              2,
              List.of(),
              List.of(),
              List.of(
                  new Threshold(
                      "min_unattached_days",
                      0,
                      0,
                      3_650,
                      "days",
                      "seen attached to nothing by discoveries for so long")),
              List.of("release_address"),
              NetworkChecks::unattachedAddress),
          new WasteCheck(
              "idle_nat_gateway",
              "NAT gateway that passes nothing on",
              "nat_gateway",
              2,
              List.of(),
              List.of("bytes_out", "connections"),
              List.of(minAge(7, "a younger gateway may be being set up"), MIN_DATAPOINTS),
              List.of("delete_nat_gateway"),
              NetworkChecks::idleNatGateway),
          new WasteCheck(
              "load_balancer_without_targets",
              "Load balancer with nothing behind it",
              "load_balancer",
              2,
              List.of("target_group"),
              List.of("requests", "flows", "gateway_flows"),
              List.of(minAge(7, "a younger one may be being set up")),
              List.of("delete_load_balancer"),
              NetworkChecks::loadBalancerWithoutTargets),
          new WasteCheck(
              "idle_rds_instance",
              "Database that nobody connects to",
              "rds_instance",
              2,
              List.of(),
              List.of("connections"),
              List.of(minAge(7, "a younger one may be being set up"), MIN_DATAPOINTS),
              List.of("stop_rds_instance", "snapshot_and_delete_rds"),
              DataChecks::idleDatabase),
          new WasteCheck(
              "gp2_volume",
              "gp2 volume that would be cheaper as gp3",
              "ebs_volume",
              1,
              List.of(),
              List.of(),
              List.of(),
              List.of("volume_to_gp3"),
              StorageChecks::gp2Volume),
          new WasteCheck(
              "log_group_without_retention",
              "Log group that keeps everything for ever",
              "log_group",
              1,
              List.of(),
              List.of(),
              List.of(
                  new Threshold(
                      "min_stored_gb", 1, 0, 1e9, "GB", "smaller groups are not worth a change")),
              List.of("set_log_retention"),
              DataChecks::logGroupWithoutRetention),
          new WasteCheck(
              "bucket_without_lifecycle",
              "Bucket without a lifecycle rule",
              "s3_bucket",
              1,
              List.of(),
              List.of("size_bytes"),
              List.of(
                  new Threshold(
                      "min_size_gb", 10, 0, 1e9, "GB", "smaller buckets are not worth a change")),
              List.of("set_bucket_lifecycle"),
              DataChecks::bucketWithoutLifecycle));

  private Checks() {}

  public static Optional<WasteCheck> find(String id) {
    return ALL.stream().filter(check -> check.id().equals(id)).findFirst();
  }

  /** A resource that its owner marked as wanted is never waste. */
  public static boolean isKept(Resource resource) {
    return "keep".equals(resource.tags().get(KEEP_TAG));
  }

  private static Threshold minAge(double days, String meaning) {
    return new Threshold("min_age_days", days, 0, 3_650, "days", meaning);
  }
}
