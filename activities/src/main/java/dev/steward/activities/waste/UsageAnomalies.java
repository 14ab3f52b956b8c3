package dev.steward.activities.waste;

import dev.steward.domain.data.OwnSeries.Hourly;
import dev.steward.domain.data.Series;
import dev.steward.domain.serve.Forecasts;
import dev.steward.ml.anomaly.Alarm;
import dev.steward.ml.anomaly.Detector;
import dev.steward.ml.anomaly.Observation;
import dev.steward.model.DataSet.Frequency;
import dev.steward.model.OrganizationId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * What is unusual about the hours of an account's resources since the last look. All of it is one
 * incident: what goes wrong in an account at a time has mostly one cause.
 */
final class UsageAnomalies {
  /** Points of a percentage; what moves less nobody wants to be woken by. */
  private static final double SMALLEST = 10;

  private static final int TOLD = 5;

  private UsageAnomalies() {}

  /**
   * The incident in words; empty if nothing is unusual.
   *
   * @param alive called before each series
   */
  static Optional<String> since(
      Instant last,
      List<Hourly> series,
      Forecasts forecasts,
      OrganizationId organization,
      Runnable alive) {
    List<String> unusual = new ArrayList<>();
    long resources =
        series.stream()
            .filter(s -> s.series().start() != null)
            .filter(s -> {
              alive.run();
              int before = unusual.size();
              look(last, s, forecasts, organization).ifPresent(unusual::add);
              return unusual.size() > before;
            })
            .map(s -> s.region() + "/" + s.resource())
            .distinct()
            .count();
    if (unusual.isEmpty()) return Optional.empty();
    String more = unusual.size() > TOLD ? "; and " + (unusual.size() - TOLD) + " more" : "";
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%d of the resources: %s%s",
            resources,
            String.join("; ", unusual.subList(0, Math.min(TOLD, unusual.size()))),
            more));
  }

  private static Optional<String> look(
      Instant last, Hourly one, Forecasts forecasts, OrganizationId organization) {
    Series series = one.series();
    double[] values = series.values();
    double[] expected = forecasts.expected(organization, Frequency.HOURLY, values);
    Detector detector = new Detector(24);
    Alarm alarm = new Alarm();
    for (int i = 0; i < values.length; i++) {
      Observation seen = detector.next(values[i], expected[i]);
      Instant at = Objects.requireNonNull(series.start()).plus(Duration.ofHours(i));
      // What is too small to tell must not keep quiet what comes after it.
      if (alarm.at(matters(seen) ? seen.score() : 0) && at.isAfter(last))
        return Optional.of(
            String.format(
                Locale.ROOT,
                "%s %s at %s: %s",
                one.resource(),
                one.metric(),
                at,
                seen.explanation()));
    }
    return Optional.empty();
  }

  private static boolean matters(Observation seen) {
    double by =
        switch (seen.kind()) {
          case LEVEL -> Math.abs(seen.level() - seen.before());
          case FORECAST -> Math.abs(seen.value() - seen.expected());
          case RANGE, CHANGE -> Math.max(seen.value() - seen.high(), seen.low() - seen.value());
          case MISSING -> 0;
        };
    return by >= SMALLEST;
  }
}
