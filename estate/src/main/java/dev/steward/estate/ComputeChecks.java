package dev.steward.estate;

import static dev.steward.estate.Evidence.days;
import static dev.steward.estate.Evidence.number;
import static dev.steward.estate.Evidence.time;
import static dev.steward.estate.Evidence.waste;
import static dev.steward.estate.Verdict.FINE;
import static dev.steward.estate.Verdict.unknown;

import dev.steward.estate.PeakOutlook.Outlook;
import dev.steward.estate.Rightsizing.Need;
import dev.steward.estate.Rightsizing.Option;
import dev.steward.model.Finding.Confidence;
import dev.steward.model.Money;
import dev.steward.model.MoneySum;
import dev.steward.model.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Instances. */
final class ComputeChecks {
  private ComputeChecks() {}

  static Verdict idleInstance(Resource instance, Sight sight) {
    if (!"running".equals(instance.state())) return FINE;
    Instant launched = instance.createdAt();
    if (launched != null && sight.daysSince(launched) < sight.threshold("min_datapoints"))
      return FINE;
    Optional<Series> cpu = sight.series(instance, "cpu");
    Optional<Series> in = sight.series(instance, "network_in");
    Optional<Series> out = sight.series(instance, "network_out");
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
        sight.prices().monthly(instance),
        datapoints >= Checks.WINDOW_DAYS - 1 ? Confidence.HIGH : Confidence.MEDIUM,
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
        instance.attribute("instance_type"),
        "saving_is",
        sight.prices().automaticAddress(instance).isEmpty()
            ? "of its hours"
            : "of its hours and of the public address that AWS gave it");
  }

  static Verdict oversizedInstance(Resource instance, Sight sight) {
    if (!"running".equals(instance.state())) return FINE;
    String name = String.valueOf(instance.attribute("instance_type"));
    Optional<InstanceType> type = InstanceType.of(name);
    if (type.isEmpty() || sight.prices().instanceHour(name).isEmpty())
      return unknown("no price or size for " + name);
    Optional<Series> day = sight.series(instance, "cpu");
    if (sight.series(instance, "cpu_hour").isEmpty() || day.isEmpty())
      return unknown("metrics were not answered");
    Outlook memory = sight.peak(instance, "memory_hour").orElse(null);
    if (Rightsizing.candidates(type.get(), memory != null, sight.prices()).isEmpty()) return FINE;
    Optional<Outlook> cpu = sight.peak(instance, "cpu_hour");
    if (cpu.isEmpty()) return unknown("too few hours of the last fortnight are known");
    boolean priced = sight.prices().instanceHours(instance).isPresent();
    Need need = new Need(type.get(), cpu.get(), memory, day.get().max(), priced);
    Optional<Option> smaller =
        new Rightsizing(sight.threshold("max_utilization"), sight.threshold("max_risk") / 100)
            .recommended(need, sight.prices())
            .filter(option -> isWorthIt(option, sight));
    if (smaller.isEmpty()) return FINE;
    Option to = smaller.get();
    return waste(
        sight,
        Optional.ofNullable(to.saving()),
        memory == null ? Confidence.MEDIUM : Confidence.HIGH,
        instance,
        "instance_type",
        name,
        "recommended_type",
        to.type().name(),
        "cpu_peak_percent",
        number(cpu.get().before()),
        "cpu_peak_forecast_median_percent",
        number(cpu.get().at(0.5)),
        "cpu_peak_forecast_95_percent",
        number(cpu.get().at(0.95)),
        "cpu_risk",
        number(to.cpuRisk()),
        "memory_peak_forecast_95_percent",
        memory == null ? "unknown" : number(memory.at(0.95)),
        "memory_risk",
        to.memoryRisk() == null ? "unknown, and there is no less of it" : number(to.memoryRisk()),
        "forecast_by",
        cpu.get().by());
  }

  /** What has no known price is told without money rather than left out. */
  private static boolean isWorthIt(Option option, Sight sight) {
    Money saving = option.saving();
    return saving == null || saving.dollars().doubleValue() >= sight.threshold("min_saving_usd");
  }

  static Verdict stoppedInstance(Resource instance, Sight sight) {
    if (!"stopped".equals(instance.state())) return FINE;
    Instant stopped = time(instance.attribute("stopped_at"));
    Looks looks = Looks.of(instance);
    // Where AWS does not say when it was stopped, it was not later than it was first seen so.
    double age = stopped == null ? looks.days(sight) : sight.daysSince(stopped);
    if (age < sight.threshold("min_stopped_days"))
      return stopped == null && !looks.before() ? unknown("no time of stopping") : FINE;
    if (!sight.isAnswered(instance.region(), "ebs_volume"))
      return unknown("volumes of the region were not answered");
    List<Resource> volumes =
        sight.referring("ebs_volume", "instance", instance.region(), instance.id());
    MoneySum storage =
        MoneySum.of(volumes.stream(), volume -> sight.prices().monthly(volume).orElse(null));
    if (storage.equals(MoneySum.NONE)) return FINE;
    return waste(
        sight,
        Optional.ofNullable(storage.whole()),
        Confidence.MEDIUM,
        instance,
        "stopped_days",
        (stopped == null ? "at least " : "") + days(age),
        "volumes",
        volumes.stream().map(Resource::id).sorted().reduce((a, b) -> a + "," + b).orElse(""),
        "size_gb",
        number(volumes.stream().mapToDouble(v -> v.number("size_gb", 0)).sum()));
  }
}
