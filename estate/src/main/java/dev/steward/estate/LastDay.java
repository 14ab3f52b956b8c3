package dev.steward.estate;

import dev.steward.model.Fact;
import dev.steward.model.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the last day's metrics must show before a step acts on something that was found unused. Each
 * bound must be shown to hold: a metric that is unknown, silent though it is published all the
 * time, or answered in part shows nothing, and then the step is not done.
 */
public record LastDay(List<Bound> bounds) {
  /** How a day's values become one number. */
  public enum Over {
    SUM,
    MAXIMUM
  }

  /**
   * @param metrics are added up; of those that are published for other resources none is asked
   * @param threshold the check's setting that must not be passed; null for nothing at all
   * @param scale of one unit of the setting in units of the metric
   */
  public record Bound(
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
  public static Map<String, Double> measured(Map<String, Fact> evidence) {
    return switch (evidence.get(FORECAST)) {
      case Fact.Figure forecast -> Map.of(FORECAST, forecast.value().doubleValue());
      // A row from before, when numbers were kept as texts.
      case Fact.Text text -> parsed(text.value());
      case Fact.Flag none -> Map.of();
      case null -> Map.of();
    };
  }

  private static Map<String, Double> parsed(String forecast) {
    try {
      return Map.of(FORECAST, Double.valueOf(forecast));
    } catch (NumberFormatException unknown) {
      return Map.of();
    }
  }

  /** Nothing of it may have been seen. */
  public static Bound none(Over over, String... metrics) {
    return new Bound(List.of(metrics), over, null, 1, "");
  }

  /** No more of it than the check's setting says. */
  public static Bound within(
      String threshold, double scale, String unit, Over over, String... metrics) {
    return new Bound(List.of(metrics), over, threshold, scale, unit);
  }

  /** What was to fit into a smaller type must still be within what was forecast. */
  public static Bound withinForecast(String metric) {
    return new Bound(List.of(metric), Over.MAXIMUM, FORECAST, 1, " %");
  }

  public LastDay {
    bounds = List.copyOf(bounds);
  }

  /** What to ask for. */
  public List<Metric> metrics(Kind kind, Resource resource) {
    return bounds.stream().flatMap(bound -> metrics(bound, kind, resource).stream()).toList();
  }

  private static List<Metric> metrics(Bound bound, Kind kind, Resource resource) {
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
      Kind kind, Resource resource, Map<String, Double> thresholds, Map<String, Reading> readings) {
    List<String> refusals = new ArrayList<>();
    for (Bound bound : bounds)
      refusals.addAll(refusals(bound, kind, resource, thresholds, readings));
    return refusals;
  }

  private static List<String> refusals(
      Bound bound,
      Kind kind,
      Resource resource,
      Map<String, Double> thresholds,
      Map<String, Reading> readings) {
    List<Metric> metrics = metrics(bound, kind, resource);
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
