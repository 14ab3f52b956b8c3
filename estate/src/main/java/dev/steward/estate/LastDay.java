package dev.steward.estate;

import dev.steward.model.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the last day's metrics must show before a step acts on something that was found unused. Each
 * bound must be shown to hold: a metric that is unknown, silent though it is published all the
 * time, or answered in part shows nothing, and then the step is not done.
 *
 * @param check which found it
 */
public record LastDay(String check, List<Bound> bounds) {
  /** How a day's values become one number. */
  private enum Over {
    MEAN,
    SUM,
    MAXIMUM
  }

  /**
   * @param metrics are added up; of those that are published for other resources none is asked
   * @param threshold the check's setting that must not be passed; null for nothing at all
   * @param scale of one unit of the setting in units of the metric
   */
  private record Bound(
      List<String> metrics, Over over, @Nullable String threshold, double scale, String unit) {
    /** NaN where nobody knows it, so that nothing is within it. */
    double most(Map<String, Double> thresholds) {
      if (threshold == null) return 0;
      Double value = thresholds.get(threshold);
      return value == null ? Double.NaN : value * scale;
    }
  }

  /** In the evidence of the finding: the peak that was forecast and is passed seldom. */
  private static final String FORECAST = "cpu_peak_forecast_95_percent";

  /** Of a finding's evidence what a bound needs; a number that is not there bounds nothing. */
  public static Map<String, Double> measured(Map<String, String> evidence) {
    try {
      return evidence.containsKey(FORECAST)
          ? Map.of(FORECAST, Double.valueOf(evidence.get(FORECAST)))
          : Map.of();
    } catch (NumberFormatException unknown) {
      return Map.of();
    }
  }

  private static Bound none(Over over, String... metrics) {
    return new Bound(List.of(metrics), over, null, 1, "");
  }

  private static final List<LastDay> ALL =
      List.of(
          new LastDay(
              "idle_instance",
              List.of(
                  new Bound(List.of("cpu"), Over.MEAN, "max_cpu", 1, " %"),
                  new Bound(
                      List.of("network_in", "network_out"),
                      Over.SUM,
                      "max_network_mb",
                      1e6,
                      " bytes"))),
          new LastDay(
              "idle_nat_gateway",
              List.of(none(Over.SUM, "bytes_out"), none(Over.MAXIMUM, "connections"))),
          new LastDay(
              "load_balancer_without_targets",
              List.of(none(Over.SUM, "requests", "flows", "gateway_flows"))),
          new LastDay("unattached_volume", List.of(none(Over.SUM, "attached"))),
          new LastDay("idle_rds_instance", List.of(none(Over.MAXIMUM, "connections"))),
          // What was to fit into a smaller type must still be within what was forecast.
          new LastDay(
              "oversized_instance",
              List.of(new Bound(List.of("cpu_max"), Over.MAXIMUM, FORECAST, 1, " %"))));

  public LastDay {
    bounds = List.copyOf(bounds);
  }

  /** What has to be shown for what the check found; empty where it did not look at use. */
  public static Optional<LastDay> of(@Nullable String check) {
    return ALL.stream().filter(day -> day.check().equals(check)).findFirst();
  }

  static List<String> checks() {
    return ALL.stream().map(LastDay::check).toList();
  }

  /** What to ask for. */
  public List<Metric> metrics(Resource resource) {
    return bounds.stream().flatMap(bound -> metrics(bound, resource).stream()).toList();
  }

  private static List<Metric> metrics(Bound bound, Resource resource) {
    Kind kind = Catalogue.kind(resource.kind());
    return bound.metrics().stream()
        .flatMap(id -> kind.metric(id).stream())
        .filter(metric -> metric.isOf(resource))
        .toList();
  }

  /**
   * Why the step may not be done, in words; empty where it is shown that nobody uses it.
   *
   * @param thresholds of the check, as they are in force
   * @param readings of the last day, by metric
   */
  public List<String> refusals(
      Resource resource, Map<String, Double> thresholds, Map<String, Reading> readings) {
    List<String> refusals = new ArrayList<>();
    for (Bound bound : bounds) refusals.addAll(refusals(bound, resource, thresholds, readings));
    return refusals;
  }

  private static List<String> refusals(
      Bound bound,
      Resource resource,
      Map<String, Double> thresholds,
      Map<String, Reading> readings) {
    List<Metric> metrics = metrics(bound, resource);
    if (metrics.isEmpty())
      return List.of(
          unknown(
              "no metric tells of "
                  + resource.kind()
                  + (resource.attribute("type") == null ? "" : " " + resource.attribute("type"))));
    List<String> doubts = new ArrayList<>();
    double total = 0;
    for (Metric metric : metrics) {
      switch (readings.getOrDefault(metric.id(), new Reading.Unanswered("it was not asked for"))) {
        case Reading.Unanswered none -> doubts.add(unknown(metric.name() + ": " + none.why()));
        case Reading.Answered day -> {
          if (day.values().isEmpty() && metric.absence() == Metric.Absence.MEANS_UNKNOWN)
            doubts.add(unknown(metric.name() + " has no datapoint in the last day"));
          else if (!day.isSensible())
            doubts.add(unknown(metric.name() + " has a value that is no measure"));
          else total += over(bound.over(), day);
        }
      }
    }
    if (!doubts.isEmpty()) return doubts;
    double most = bound.most(thresholds);
    if (Double.isNaN(most)) return List.of(unknown("there is no " + bound.threshold()));
    return total <= most ? List.of() : List.of(used(bound, metrics, total, most));
  }

  private static double over(Over over, Reading.Answered day) {
    return switch (over) {
      case MEAN -> day.mean();
      case SUM -> day.sum();
      case MAXIMUM -> day.maximum();
    };
  }

  private static String unknown(String why) {
    return "nobody can tell whether it is used: " + why;
  }

  private static String used(Bound bound, List<Metric> metrics, double total, double most) {
    return String.format(
        Locale.ROOT,
        "it is in use: %s was %s%s in the last day, and %s is unused",
        String.join(" and ", metrics.stream().map(Metric::name).toList()),
        Evidence.number(total),
        bound.unit(),
        most == 0 ? "none" : "up to " + Evidence.number(most));
  }
}
