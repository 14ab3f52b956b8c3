package dev.steward.estate.ec2;

import static dev.steward.estate.Evidence.number;
import static dev.steward.estate.Verdict.FINE;
import static dev.steward.estate.Verdict.doubt;
import static dev.steward.estate.Verdict.unknown;

import dev.steward.estate.Evidence;
import dev.steward.estate.LastDay;
import dev.steward.estate.Metric;
import dev.steward.estate.MetricSeries;
import dev.steward.estate.Sight;
import dev.steward.estate.Threshold;
import dev.steward.estate.Verdict;
import dev.steward.estate.WasteCheck;
import dev.steward.model.Finding.Confidence;
import dev.steward.model.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A running instance that does nothing: by its busiest hour, as Compute Optimizer judges (user
 * guide, idle recommendations: peak CPU utilization), since a day's mean hides a job of an hour.
 * Hours are known for six weeks, so that a job of each month shows; and only whole days count as
 * quiet ones, so that the hour of the scan does not matter.
 */
final class IdleInstance {
  static final WasteCheck.Row CHECK =
      WasteCheck.of("idle_instance", "Running instance that does nothing")
          .version(2)
          .needs(Volumes.ID)
          .reads("cpu_hour", "network_in", "network_out")
          .looksTwice()
          .threshold(
              new Threshold(
                  "max_cpu", 5, 0, 100, "percent", "the busiest minute stays at or below it"))
          .threshold(
              new Threshold(
                  "max_network_mb",
                  5,
                  0,
                  1_000_000,
                  "MB a day",
                  "in and out together stay at or below it"))
          .threshold(
              new Threshold(
                  "max_disk_mb",
                  500,
                  0,
                  1e9,
                  "MB a day",
                  "what is read and written stays at or below it; an operating system alone writes"
                      + " some"))
          .threshold(
              new Threshold(
                  "max_disk_operations",
                  100_000,
                  0,
                  1e12,
                  "a day",
                  "reads and writes stay at or below it"))
          .threshold(Threshold.MIN_DATAPOINTS)
          .answeredBy(StopInstance.ID, TerminateInstance.ID)
          .lastDay(
              LastDay.within("max_cpu", 1, " %", LastDay.Over.MAXIMUM, "cpu_hour"),
              LastDay.within(
                  "max_network_mb", 1e6, " bytes", LastDay.Over.SUM, "network_in", "network_out"))
          .rule(IdleInstance::judge);

  /** Of the days that are asked for the last is not over. */
  private static final int DAYS = Metric.WINDOW_DAYS - 1;

  private IdleInstance() {}

  static Verdict judge(Resource instance, Sight sight) {
    if (!"running".equals(instance.state())) return FINE;
    Instant launched = instance.createdAt();
    double least = Math.min(sight.threshold("min_datapoints"), DAYS);
    if (launched != null && sight.daysSince(launched) < least) return FINE;
    Optional<MetricSeries> cpu = sight.series(instance, "cpu_hour");
    Optional<MetricSeries> in = sight.series(instance, "network_in");
    Optional<MetricSeries> out = sight.series(instance, "network_out");
    if (cpu.isEmpty() || in.isEmpty() || out.isEmpty()) return unknown("metrics were not answered");
    int days =
        Math.min(cpu.get().wholeDays(DAYS), Math.min(in.get().wholeDays(), out.get().wholeDays()));
    Optional<Verdict> few = sight.tooFew(days);
    if (few.isPresent()) return few.get();
    double busiest = cpu.get().max();
    double traffic = in.get().max() + out.get().max();
    if (busiest > sight.threshold("max_cpu") || traffic > sight.threshold("max_network_mb") * 1e6)
      return FINE;
    if (!sight.isAnswered(instance.region(), Volumes.ID))
      return unknown("volumes of the region were not answered");
    List<Resource> volumes =
        sight.referring(Volumes.ID, Volumes.INSTANCES, instance.region(), instance.id());
    Optional<Disks.Busiest> disks = Disks.of(instance, volumes, sight);
    if (disks.isEmpty()) {
      List<Resource> ask = new ArrayList<>(volumes);
      ask.add(instance);
      return doubt("nobody has told what its disks do", ask);
    }
    if (disks.get().bytes() > sight.threshold("max_disk_mb") * 1e6
        || disks.get().operations() > sight.threshold("max_disk_operations")) return FINE;
    return waste(
        instance, sight, new Quiet(busiest, cpu.get().wholeDays(), traffic, days, disks.get()));
  }

  /**
   * What it did at most.
   *
   * @param cpu percent in the busiest minute
   * @param cpuDays whole days whose CPU is known
   * @param traffic bytes a day
   * @param days whole days of the window that are known
   */
  private record Quiet(double cpu, int cpuDays, double traffic, int days, Disks.Busiest disks) {}

  private static Verdict waste(Resource instance, Sight sight, Quiet quiet) {
    Disks.Busiest disks = quiet.disks();
    return Evidence.waste(
        sight,
        Instances.KIND.cost().monthly(instance, sight.prices()),
        quiet.days() >= DAYS && disks.datapoints() ? Confidence.HIGH : Confidence.MEDIUM,
        instance,
        "cpu_busiest_minute_percent",
        number(quiet.cpu()),
        "cpu_days",
        quiet.cpuDays(),
        "network_busiest_day_bytes",
        number(quiet.traffic()),
        "disk_busiest_day_bytes",
        disks.datapoints() ? number(disks.bytes()) : "no datapoints",
        "datapoints",
        quiet.days(),
        "window_days",
        Metric.WINDOW_DAYS,
        "instance_type",
        Instances.TYPE.text(instance),
        "saving_is",
        "of its hours" + andAddress(instance));
  }

  private static String andAddress(Resource instance) {
    String address = instance.attribute("automatic_address");
    if ("none".equals(address)) return "";
    return " and of the public address that AWS gave it" + (address == null ? ", if it did" : "");
  }
}
