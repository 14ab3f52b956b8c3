package dev.steward.estate.ec2;

import static dev.steward.estate.Evidence.number;
import static dev.steward.estate.Evidence.waste;
import static dev.steward.estate.Verdict.FINE;
import static dev.steward.estate.Verdict.unknown;

import dev.steward.estate.InstanceType;
import dev.steward.estate.LastDay;
import dev.steward.estate.MetricSeries;
import dev.steward.estate.PeakOutlook.Outlook;
import dev.steward.estate.PriceBook;
import dev.steward.estate.Rightsizing;
import dev.steward.estate.Rightsizing.Need;
import dev.steward.estate.Rightsizing.Option;
import dev.steward.estate.Sight;
import dev.steward.estate.Threshold;
import dev.steward.estate.Verdict;
import dev.steward.estate.WasteCheck;
import dev.steward.estate.price.InstanceTypes;
import dev.steward.estate.price.Quote;
import dev.steward.model.Finding.Confidence;
import dev.steward.model.Resource;
import java.util.Optional;

/** A running instance that is too large. */
final class OversizedInstance {
  /** In the evidence: the type that would do. */
  static final String RECOMMENDED = "recommended_type";

  static final WasteCheck.Row CHECK =
      WasteCheck.of("oversized_instance", "Running instance that is too large")
          .version(2)
          .reads("cpu", "cpu_hour", "memory_hour")
          .threshold(
              new Threshold(
                  "max_utilization",
                  80,
                  10,
                  100,
                  "percent",
                  "what the peak of the next fortnight may take of the smaller type"))
          .threshold(
              new Threshold(
                  "max_risk", 5, 2.5, 50, "percent", "how likely it may take more all the same"))
          .threshold(
              new Threshold(
                  "min_saving_usd",
                  10,
                  0,
                  1e6,
                  "dollars a month",
                  "smaller savings are not worth a change"))
          .answeredBy(ResizeInstance.ID)
          .standsBackFor(
              "idle_instance", "what does nothing need not get smaller, and stopping it saves more")
          .lastDay(LastDay.withinForecast("cpu_hour"))
          .rule(OversizedInstance::judge);

  private OversizedInstance() {}

  static Verdict judge(Resource instance, Sight sight) {
    if (!"running".equals(instance.state())) return FINE;
    String name = String.valueOf(Instances.TYPE.of(instance));
    Optional<InstanceType> type = InstanceType.of(name);
    String region = instance.region();
    if (type.isEmpty())
      return unknown(
          InstanceTypes.find(name).isEmpty()
              ? "no price or size for " + name
              : "what is needed of " + name + " beside CPU and memory is not measured");
    if (sight.prices().instanceHour(region, name).isEmpty())
      return unknown("no price of " + name + " in " + region);
    Optional<MetricSeries> day = sight.series(instance, "cpu");
    if (sight.series(instance, "cpu_hour").isEmpty() || day.isEmpty())
      return unknown("metrics were not answered");
    Outlook memory = sight.peak(instance, "memory_hour").orElse(null);
    if (Rightsizing.candidates(type.get(), region, memory != null, sight.prices()).isEmpty())
      return FINE;
    Optional<Outlook> cpu = sight.peak(instance, "cpu_hour");
    if (cpu.isEmpty()) return unknown("too few hours of the last fortnight are known");
    boolean priced = PriceBook.paysLinuxHours(instance);
    Need need = new Need(type.get(), region, cpu.get(), memory, day.get().max(), priced);
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
        RECOMMENDED,
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
    Quote saving = option.saving();
    return saving == null
        || saving.money().dollars().doubleValue() >= sight.threshold("min_saving_usd");
  }
}
