package dev.steward.estate.catalogue;

import static dev.steward.estate.catalogue.World.days;

import dev.steward.estate.Metric;
import dev.steward.model.Resource;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** One account for each check in which it finds waste for certain, so that tests can take away. */
final class CertainWaste {
  private CertainWaste() {}

  /** By check: makes the account, and returns what is waste in it. */
  static final Map<String, Function<World, Resource>> BY_CHECK =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("unattached_volume", CertainWaste::volume),
              Map.entry("gp2_volume", CertainWaste::gp2),
              Map.entry("old_snapshot", CertainWaste::oldSnapshot),
              Map.entry("orphan_snapshot", CertainWaste::orphan),
              Map.entry("unused_image", CertainWaste::image),
              Map.entry("idle_instance", CertainWaste::idle),
              Map.entry("oversized_instance", CertainWaste::oversized),
              Map.entry("stopped_instance", CertainWaste::stopped),
              Map.entry("unattached_address", CertainWaste::address),
              Map.entry("idle_nat_gateway", CertainWaste::gateway),
              Map.entry("load_balancer_without_targets", CertainWaste::balancer),
              Map.entry("idle_rds_instance", CertainWaste::database),
              Map.entry("log_group_without_retention", CertainWaste::logs),
              Map.entry("bucket_without_lifecycle", CertainWaste::bucket),
              Map.entry("failing_lambda_function", CertainServerless::failing),
              Map.entry("unused_ecr_repository", CertainServerless::unpulled),
              Map.entry("repository_without_lifecycle", CertainServerless::forEver),
              Map.entry("redundant_trail", CertainServerless::trail),
              Map.entry("unused_workspace", CertainServerless::workspace),
              Map.entry("always_on_workspace", CertainServerless::alwaysOn),
              Map.entry("old_dashboard", CertainServerless::dashboard)));

  private static Resource volume(World world) {
    Resource volume =
        world.add("ebs_volume", "vol-1", "available", 60, "volume_type", "gp3", "size_gb", "100");
    world.metric(volume, "attached", days(14, 0));
    return volume;
  }

  private static Resource gp2(World world) {
    return world.add("ebs_volume", "vol-1", "in-use", 60, "volume_type", "gp2", "size_gb", "100");
  }

  private static Resource oldSnapshot(World world) {
    world.add("ebs_volume", "vol-1", "in-use", 900, "volume_type", "gp3", "size_gb", "100");
    return world.add(
        "ebs_snapshot", "snap-1", "completed", 400, "volume", "vol-1", "size_gb", "100");
  }

  private static Resource orphan(World world) {
    return world.add(
        "ebs_snapshot", "snap-1", "completed", 400, "volume", "vol-gone", "size_gb", "100");
  }

  private static Resource image(World world) {
    return world.add("ec2_image", "ami-1", "available", 400, "size_gb", "8", "snapshots", "snap-1");
  }

  private static Resource idle(World world) {
    Resource instance =
        world.add("ec2_instance", "i-1", "running", 100, "instance_type", "m5.large");
    world
        .metric(instance, "cpu", days(14, 2))
        .hours(instance, "cpu_hour", days(Metric.Resolution.HOURLY.length(), 2))
        .metric(instance, "network_in", days(14, 1_000))
        .metric(instance, "network_out", days(14, 1_000));
    return instance;
  }

  private static Resource oversized(World world) {
    Resource instance =
        world.add("ec2_instance", "i-1", "running", 100, "instance_type", "m5.2xlarge");
    world
        .metric(instance, "cpu", days(14, 10))
        .hours(instance, "cpu_hour", days(336, 20))
        .hours(instance, "memory_hour", days(336, 30));
    return instance;
  }

  private static Resource stopped(World world) {
    world.add(
        "ebs_volume",
        "vol-1",
        "in-use",
        300,
        "volume_type",
        "gp3",
        "size_gb",
        "50",
        "instance",
        "i-1");
    return world.add("ec2_instance", "i-1", "stopped", 300, "stopped_at", World.ago(60).toString());
  }

  private static Resource address(World world) {
    return world.add(
        "elastic_ip", "eipalloc-1", null, 60, "unused_since", World.ago(30).toString());
  }

  private static Resource gateway(World world) {
    Resource gateway = world.add("nat_gateway", "nat-1", "available", 60);
    world.metric(gateway, "bytes_out", days(14, 0)).metric(gateway, "connections", days(14, 0));
    return gateway;
  }

  private static Resource balancer(World world) {
    Resource balancer = world.add("load_balancer", "lb-1", "active", 60, "type", "application");
    world.metric(balancer, "requests", days(14, 0));
    return balancer;
  }

  private static Resource database(World world) {
    Resource database =
        world.add(
            "rds_instance",
            "orders",
            "available",
            60,
            "instance_class",
            "db.m5.large",
            "engine",
            "postgres",
            "size_gb",
            "100");
    world.metric(database, "connections", days(14, 0));
    return database;
  }

  private static Resource logs(World world) {
    return world.add("log_group", "/app", null, 60, "stored_bytes", "400000000000");
  }

  private static Resource bucket(World world) {
    Resource bucket = world.add("s3_bucket", "b-1", null, 60, "lifecycle_rules", "0");
    world.metric(bucket, "size_bytes", days(14, 5e12));
    return bucket;
  }
}
