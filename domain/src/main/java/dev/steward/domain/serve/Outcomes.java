package dev.steward.domain.serve;

import dev.steward.domain.data.Series;
import dev.steward.domain.lab.Watches.Served;
import dev.steward.ml.forecast.MlpSettings;
import dev.steward.ml.forecast.Peak;
import dev.steward.ml.forecast.QuantileForecast;
import dev.steward.model.DataSet.Frequency;
import dev.steward.model.LabProblem;
import dev.steward.model.Watch.Round;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was said of series before their outcomes were known, beside what came. */
final class Outcomes {
  private static final double KNOWN = 0.8;

  private Outcomes() {}

  /**
   * What was said of a series.
   *
   * @param end of what was known, and the start of what was forecast
   * @param unit of its errors
   * @param served low, middle and high by step
   * @param shadow the same; null if there was none
   */
  record Said(
      String series, Instant end, double unit, double[][] served, double @Nullable [][] shadow) {}

  record Pending(
      String watch,
      Instant origin,
      int horizon,
      int served,
      @Nullable Integer shadow,
      List<Said> said) {}

  static Duration step(Served served) {
    return served.frequency() == Frequency.HOURLY ? Duration.ofHours(1) : Duration.ofDays(1);
  }

  static Instant at(Series series, int index, Served served) {
    return Objects.requireNonNull(series.start()).plus(step(served).multipliedBy(index));
  }

  static double[][] outer(QuantileForecast forecast, int horizon) {
    return Arrays.stream(forecast.values())
        .limit(horizon)
        .map(Outcomes::outer)
        .toArray(double[][]::new);
  }

  static double[] outer(double[] quantiles) {
    int last = quantiles.length - 1;
    return new double[] {quantiles[0], quantiles[last / 2], quantiles[last]};
  }

  /** Empty if nothing has come of any series. */
  static Optional<Round> round(Pending pending, Served served, List<Series> own, Instant now) {
    Map<String, Series> byId = new HashMap<>();
    own.forEach(s -> byId.put(s.id(), s));
    List<double[]> errors = new ArrayList<>();
    long[] inside = new long[2];
    long outcomes = 0;
    for (Said said : pending.said()) {
      double[] came = came(said, byId.get(said.series()), served, pending.horizon());
      long known = Arrays.stream(came).filter(Double::isFinite).count();
      if (came.length == 0 || known < KNOWN * came.length) continue;
      outcomes += known;
      errors.add(
          new double[] {
            error(said.served(), came, said.unit()),
            said.shadow() == null ? Double.NaN : error(said.shadow(), came, said.unit())
          });
      inside[0] += inside(said.served(), came);
      if (said.shadow() != null) inside[1] += inside(said.shadow(), came);
    }
    if (errors.isEmpty()) return Optional.empty();
    boolean beside = pending.shadow() != null;
    int season = MlpSettings.of(served.problem(), served.frequency()).season();
    int each =
        served.problem() == LabProblem.RIGHTSIZING ? 1 : Math.max(1, pending.horizon() / season);
    return Optional.of(
        new Round(
            pending.origin(),
            now,
            pending.served(),
            pending.shadow(),
            errors.size() * each,
            (double) inside[0] / outcomes,
            errors.stream().mapToDouble(e -> e[0]).toArray(),
            beside ? errors.stream().mapToDouble(e -> e[1]).toArray() : new double[0],
            beside ? (double) inside[1] / outcomes : null));
  }

  /** What came after what was known; empty while it has not come. */
  private static double[] came(Said said, @Nullable Series series, Served served, int horizon) {
    Instant start = series == null ? null : series.start();
    if (series == null || start == null) return new double[0];
    int from = (int) Duration.between(start, said.end()).dividedBy(step(served));
    if (from < 0 || from + horizon > series.values().length) return new double[0];
    double[] came = Arrays.copyOfRange(series.values(), from, from + horizon);
    return served.problem() == LabProblem.RIGHTSIZING ? new double[] {Peak.of(came)} : came;
  }

  private static double error(double[][] said, double[] came, double unit) {
    double sum = 0;
    int known = 0;
    for (int i = 0; i < came.length; i++)
      if (Double.isFinite(came[i])) {
        sum += Math.abs(came[i] - said[i][1]);
        known++;
      }
    return sum / known / unit;
  }

  private static long inside(double[][] said, double[] came) {
    long inside = 0;
    for (int i = 0; i < came.length; i++)
      if (came[i] >= said[i][0] && came[i] <= said[i][2]) inside++;
    return inside;
  }
}
