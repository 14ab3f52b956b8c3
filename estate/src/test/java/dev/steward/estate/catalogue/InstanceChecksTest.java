package dev.steward.estate.catalogue;

import static dev.steward.estate.catalogue.World.days;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.steward.estate.InstanceType;
import dev.steward.estate.PeakOutlook;
import dev.steward.estate.Verdict;
import dev.steward.model.Fact;
import dev.steward.model.Resource;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * Checks on instances and databases: on waste, on what only looks like it, and on what nobody can
 * tell.
 */
final class InstanceChecksTest {
  private final World world = new World();

  private Resource instance(String id, double[] cpu, double[] network) {
    Resource instance = world.add("ec2_instance", id, "running", 100, "instance_type", "m5.large");
    world
        .hours(instance, "cpu_hour", hourly(cpu))
        .metric(instance, "network_in", network)
        .metric(instance, "network_out", network);
    return instance;
  }

  /** A day's value at noon of it, the last day's at noon of today. */
  private static double[] hourly(double... days) {
    double[] hours = new double[days.length * 24];
    Arrays.fill(hours, Double.NaN);
    for (int day = 0; day < days.length; day++) hours[day * 24 + 23] = days[day];
    return hours;
  }

  @Test
  void idleInstances() {
    world.check("idle_instance").isWaste(instance("idle", days(14, 2), days(14, 1_000)), 70.08);
    world.check("idle_instance").isFine(instance("busy", days(14, 40), days(14, 1_000)));
    world.check("idle_instance").isFine(instance("chatty", days(14, 1), days(14, 9e6)));
    double[] once = days(14, 1);
    once[13] = 60;
    world.check("idle_instance").isFine(instance("month-end", once, days(14, 10)));
    world
        .check("idle_instance")
        .isUnknownBecause(instance("gapped", days(6, 1), days(6, 1)), "too few datapoints");
    world
        .check("idle_instance")
        .isUnknownBecause(instance("silent", new double[0], new double[0]), "no datapoints");
    world
        .check("idle_instance")
        .isUnknownBecause(
            world.add("ec2_instance", "unasked", "running", 100, "instance_type", "m5.large"),
            "metrics were not answered");
    world
        .check("idle_instance")
        .isFine(world.add("ec2_instance", "stopped", "stopped", 100, "instance_type", "m5.large"));
  }

  private Resource sized(String id, String type, double cpu, double memory) {
    Resource instance = world.add("ec2_instance", id, "running", 100, "instance_type", type);
    world
        .metric(instance, "cpu", days(14, cpu / 2))
        .metric(instance, "network_in", days(14, 1e9))
        .metric(instance, "network_out", days(14, 1e9))
        .hours(instance, "cpu_hour", days(336, cpu));
    if (memory > 0) world.hours(instance, "memory_hour", days(336, memory));
    return instance;
  }

  @Test
  void oversizedInstances() {
    // 8 vCPUs at 20 % are 4 at 40 %, and 2 too few; 32 GiB at 30 % are 16 GiB at 60 %, and 66 % at
    // worst.
    world.check("oversized_instance").isWaste(sized("roomy", "m5.2xlarge", 20, 30), 140.16);
    // 45 % of 32 GiB do not go into 16: the same cores with the same memory there are none cheaper,
    // but half the cores with all of it.
    world.check("oversized_instance").isWaste(sized("hungry", "m5.2xlarge", 18, 45), 96.36);
    // Memory that nobody measures must not become less: 2 vCPUs with 16 GiB.
    world.check("oversized_instance").isWaste(sized("unmeasured", "m5.xlarge", 20, 0), 48.18);
    world.check("oversized_instance").isFine(sized("steady", "m5.xlarge", 75, 0));
    world.check("oversized_instance").isFine(sized("smallest", "m5.large", 5, 0));
    Resource idle = sized("idle", "m5.xlarge", 3, 0);
    world.check("oversized_instance").isWaste(idle, 48.18);
    Resource silent = sized("silent", "m5.xlarge", 20, 0);
    world.hours(silent, "cpu_hour");
    world
        .check("oversized_instance")
        .isUnknownBecause(silent, "too few hours of the last fortnight are known");
    world
        .check("oversized_instance")
        .isUnknownBecause(
            world.add("ec2_instance", "rare", "running", 100, "instance_type", "x99.mega"),
            "no price or size for x99.mega");
    assertThat(world.judge("oversized_instance", sized("told", "m5.xlarge", 20, 0)))
        .isInstanceOfSatisfying(
            Verdict.Waste.class,
            w ->
                assertThat(w.evidence())
                    .containsEntry("recommended_type", Fact.of("r5.large"))
                    .containsEntry("memory_peak_forecast_95_percent", Fact.of("unknown")));
  }

  /** A burstable type has its baseline only: what runs all day must stay below it. */
  @Test
  void burstableInstances() {
    Resource all = sized("all-day", "t3.2xlarge", 30, 20);
    // 12.5 % of 8 vCPUs all day are 25 % of 4, of which there are 40 %; large has 30 % of 2.
    world.metric(all, "cpu", days(14, 12.5));
    world.check("oversized_instance").isWaste(all, 121.472);
    world.metric(all, "cpu", days(14, 25));
    world.check("oversized_instance").isFine(all);
  }

  @Test
  void risksLieBetweenTheQuantiles() {
    PeakOutlook.Outlook outlook =
        new PeakOutlook.Outlook(
            "test", 50, new double[] {.025, .5, .975}, new double[] {40, 50, 60});
    assertThat(outlook.riskAbove(50)).isEqualTo(0.5);
    assertThat(outlook.riskAbove(55)).isCloseTo(0.2625, within(1e-12));
    assertThat(outlook.riskAbove(39)).isEqualTo(1);
    assertThat(outlook.riskAbove(61)).isCloseTo(0.025, within(1e-12));
    assertThat(outlook.riskAbove(120)).isZero();
    assertThat(outlook.at(0.95)).isEqualTo(60);
  }

  @Test
  void instanceTypesAreKnownByTheirFamilyAndSize() {
    assertThat(InstanceType.of("m5.24xlarge"))
        .contains(new InstanceType("m5.24xlarge", 96, 384, 1, "5"));
    assertThat(InstanceType.of("c6g.large")).contains(new InstanceType("c6g.large", 2, 4, 1, "6g"));
    assertThat(InstanceType.of("t2.small")).contains(new InstanceType("t2.small", 1, 2, 0.2, "t2"));
    for (String strange : new String[] {"", "m5", "m5.metal", "x1e.xlarge", ".large", "t9.nano"})
      assertThat(InstanceType.of(strange)).as(strange).isEmpty();
  }

  @Test
  void stoppedInstances() {
    Resource stopped =
        world.add("ec2_instance", "i-1", "stopped", 300, "stopped_at", World.ago(31).toString());
    world.check("stopped_instance").isFine(stopped);
    world.add(
        "ebs_volume",
        "root",
        "in-use",
        300,
        "volume_type",
        "gp3",
        "size_gb",
        "50",
        "instance",
        "i-1");
    world.check("stopped_instance").isWaste(stopped, 4);
    world
        .check("stopped_instance")
        .isFine(
            world.add(
                "ec2_instance", "i-2", "stopped", 300, "stopped_at", World.ago(29).toString()));
    world
        .check("stopped_instance")
        .isUnknownBecause(world.add("ec2_instance", "i-3", "stopped", 300), "no time of stopping");
    world.add("ebs_volume", "data", "in-use", 300, Attributes.volumeOf("instance", "i-4"));
    world
        .check("stopped_instance")
        .isWaste(world.add("ec2_instance", "i-4", "stopped", 300, Attributes.seen(31, false)), 8);
    world
        .check("stopped_instance")
        .isFine(world.add("ec2_instance", "i-5", "stopped", 300, Attributes.seen(3, true)));
    world
        .check("stopped_instance")
        .isUnknownBecause(
            world.add("ec2_instance", "i-6", "stopped", 300, Attributes.seen(3, false)),
            "no time of stopping");
  }

  private Resource database(String id, String... attributes) {
    return world.add(
        "rds_instance",
        id,
        "available",
        30,
        Attributes.with(attributes, "instance_class", "db.m5.large", "engine", "postgres"));
  }

  @Test
  void databases() {
    Resource idle = database("idle");
    world.metric(idle, "connections", days(14, 0));
    world.check("idle_rds_instance").isWaste(idle, 129.94);
    Resource twice = database("twice", "multi_az", "true");
    world.metric(twice, "connections", days(14, 0));
    world.check("idle_rds_instance").isWaste(twice, 259.88);
    Resource seldom = database("seldom");
    world.metric(seldom, "connections", 0, 0, 0, 0, 0, 0, 3, 0, 0);
    world.check("idle_rds_instance").isFine(seldom);
    world
        .check("idle_rds_instance")
        .isFine(world.add("rds_instance", "replica", "available", 30, "replica_of", "x"));
    world.check("idle_rds_instance").isFine(world.add("rds_instance", "stopped", "stopped", 30));
  }
}
