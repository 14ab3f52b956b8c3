package dev.steward.estate.ec2;

import static dev.steward.estate.Evidence.number;
import static dev.steward.estate.Evidence.waste;
import static dev.steward.estate.Verdict.FINE;
import static dev.steward.estate.Verdict.unknown;

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
import java.util.Optional;

/** A running instance that does nothing. */
final class IdleInstance {
  static final WasteCheck.Row CHECK =
      WasteCheck.of("idle_instance", "Running instance that does nothing")
          .reads("cpu", "cpu_max", "network_in", "network_out")
          .threshold(
              new Threshold(
                  "max_cpu", 5, 0, 100, "percent", "the mean of every day stays at or below it"))
          .threshold(
              new Threshold(
                  "max_network_mb",
                  5,
                  0,
                  1_000_000,
                  "MB a day",
                  "in and out together stay at or below it"))
          .threshold(Threshold.MIN_DATAPOINTS)
          .answeredBy(StopInstance.ID, TerminateInstance.ID)
          .lastDay(
              LastDay.within("max_cpu", 1, " %", LastDay.Over.MEAN, "cpu"),
              LastDay.within(
                  "max_network_mb", 1e6, " bytes", LastDay.Over.SUM, "network_in", "network_out"))
          .rule(IdleInstance::judge);

  private IdleInstance() {}

  static Verdict judge(Resource instance, Sight sight) {
    if (!"running".equals(instance.state())) return FINE;
    Instant launched = instance.createdAt();
    if (launched != null && sight.daysSince(launched) < sight.threshold("min_datapoints"))
      return FINE;
    Optional<MetricSeries> cpu = sight.series(instance, "cpu");
    Optional<MetricSeries> in = sight.series(instance, "network_in");
    Optional<MetricSeries> out = sight.series(instance, "network_out");
    if (cpu.isEmpty() || in.isEmpty() || out.isEmpty()) return unknown("metrics were not answered");
    int datapoints =
        Math.min(cpu.get().datapoints(), Math.min(in.get().datapoints(), out.get().datapoints()));
    if (datapoints < sight.threshold("min_datapoints"))
      return unknown(datapoints == 0 ? "no datapoints" : "too few datapoints");
    double busiest = cpu.get().max();
    double traffic = in.get().max() + out.get().max();
    if (busiest > sight.threshold("max_cpu") || traffic > sight.threshold("max_network_mb") * 1e6)
      return FINE;
    return waste(
        sight,
        Instances.KIND.cost().monthly(instance, sight.prices()),
        datapoints >= Metric.WINDOW_DAYS - 1 ? Confidence.HIGH : Confidence.MEDIUM,
        instance,
        "cpu_busiest_day_percent",
        number(busiest),
        "network_busiest_day_bytes",
        number(traffic),
        "datapoints",
        Integer.toString(datapoints),
        "window_days",
        Integer.toString(cpu.get().days()),
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
