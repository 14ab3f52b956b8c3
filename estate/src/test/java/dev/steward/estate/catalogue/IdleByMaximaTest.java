package dev.steward.estate.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.estate.Metric;
import dev.steward.estate.MetricSeries;
import dev.steward.estate.Sight;
import dev.steward.estate.Verdict;
import dev.steward.model.Fact;
import dev.steward.model.Resource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a machine does is told by its busiest hour, at whatever hour it is asked. */
final class IdleByMaximaTest {
  private static final int HOURS = Metric.Resolution.HOURLY.length();
  private final World world = new World();
  private final Judge idle = new Judge(world, "idle_instance");

  /**
   * A machine whose hours are known until the scan.
   *
   * @param hour of the day at which the scan asks
   * @param cpu by the hour since the first day's midnight, of 43 days
   */
  private Resource machine(int hour, IntUnaryOperator cpu) {
    Resource machine =
        world.add(
            "ec2_instance",
            "i-" + world.inventory.size(),
            "running",
            300,
            "instance_type",
            "m5.large");
    double[] hours = new double[HOURS];
    // The window ends at this hour of the last day, and begins at it 42 days before.
    for (int i = 0; i < HOURS; i++) hours[i] = cpu.applyAsInt(i + hour);
    put(machine, "cpu_hour", new MetricSeries(hours, Metric.Resolution.HOURLY, hour));
    for (String metric : new String[] {"network_in", "network_out"})
      world.metric(machine, metric, World.days(14, 1_000));
    return machine;
  }

  private void put(Resource machine, String metric, MetricSeries series) {
    world
        .metrics
        .computeIfAbsent(Sight.metricsKey(machine), k -> new HashMap<>())
        .put(metric, series);
  }

  private void forget(Resource machine, String metric) {
    world.metrics.computeIfPresent(
        Sight.metricsKey(machine),
        (key, own) -> {
          own.remove(metric);
          return own;
        });
  }

  /** An hour at 65 % a day is a mean of 4 %, and more where the day is not over. */
  @Test
  void theHourOfTheScanDoesNotMatter() {
    for (int job : new int[] {6, 10, 23})
      for (int hour = 0; hour < 24; hour++) {
        int at = job;
        idle.isFine(machine(hour, h -> h % 24 == at ? 65 : 1));
        idle.isWaste(machine(hour, h -> 1));
      }
  }

  @Test
  void aJobOfEachMonthIsSeen() {
    for (int day : new int[] {2, 20, 41})
      idle.isFine(machine(12, h -> h / 24 == day && h % 24 == 3 ? 90 : 1));
  }

  @Test
  void onlyWholeDaysCountAsQuiet() {
    Resource machine = machine(12, h -> 1);
    double[] hours = new double[HOURS];
    Arrays.fill(hours, Double.NaN);
    // Six days and the half of today.
    Arrays.fill(hours, HOURS - 12 - 6 * 24, HOURS, 1);
    put(machine, "cpu_hour", new MetricSeries(hours, Metric.Resolution.HOURLY, 12));
    idle.isUnknown(machine, "too few datapoints");
    Arrays.fill(hours, HOURS - 12 - 7 * 24, HOURS, 1);
    put(machine, "cpu_hour", new MetricSeries(hours, Metric.Resolution.HOURLY, 12));
    idle.isWaste(machine);
    assertThat(cpuDays(machine)).isEqualTo(Fact.of(7));
    assertThat(cpuDays(machine(12, h -> 1))).isEqualTo(Fact.of(41));
    // Of network there are six whole days, and today.
    world.metric(machine, "network_in", World.days(7, 1));
    idle.isUnknown(machine, "too few datapoints");
  }

  private @Nullable Fact cpuDays(Resource machine) {
    return ((Verdict.Waste) world.judge("idle_instance", machine)).evidence().get("cpu_days");
  }

  @Test
  void aMachineWhoseDisksWorkIsNotIdle() {
    Resource machine = machine(7, h -> 1);
    idle.isWaste(machine);
    for (String metric : new String[] {"ebs_write_bytes", "ebs_read_bytes", "store_write_bytes"}) {
      world.metric(machine, metric, World.days(14, 20e9));
      idle.isFine(machine);
      world.metric(machine, metric, World.days(14, 1e6));
      idle.isWaste(machine);
    }
    world.metric(machine, "ebs_write_ops", World.days(14, 5e6));
    idle.isFine(machine);
  }

  @Test
  void aVolumeOfItThatWorksShowsIt() {
    Resource machine = machine(7, h -> 1);
    Resource volume =
        world.add("ebs_volume", "vol", "in-use", 300, "instance", machine.id(), "size_gb", "8");
    idle.isWaste(machine);
    world.metric(volume, "write_bytes", World.days(14, 20e9));
    idle.isFine(machine);
    world.metrics.remove(Sight.metricsKey(volume));
    idle.asks(machine, machine, volume);
    world.answered.remove("us-east-1/ebs_volume");
    idle.isUnknown(machine, "volumes of the region were not answered");
  }

  @Test
  void whoseDisksNobodyAskedAboutIsInDoubt() {
    Resource machine = machine(7, h -> 1);
    forget(machine, "ebs_read_bytes");
    idle.asks(machine, machine);
    forget(machine, "cpu_hour");
    idle.isUnknown(machine, "metrics were not answered");
  }
}
