package dev.steward.domain.serve;

import dev.steward.domain.data.Series;
import dev.steward.domain.lab.Watches.Served;
import dev.steward.ml.forecast.MlpSettings;
import dev.steward.ml.score.Stability;
import dev.steward.model.DataSet.Frequency;
import dev.steward.model.Watch;
import dev.steward.model.Watch.Drift;
import dev.steward.model.Watch.Round;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.jspecify.annotations.Nullable;

/** Whether the series are still what they were, and the intervals hold what they promise. */
final class Drifts {
  /** A series is one of two numbers of whole weeks, so that each weekday is in both as often. */
  private static final int WEEKS_BEFORE = 4;

  /** So many series that have changed are the world, and not a series. */
  private static final double CHANGED_SHARE = 0.2;

  /** With fewer outcomes of their own a coverage says nothing. */
  private static final int LEAST_OUTCOMES = 20;

  private static final double PROMISED = 0.95;

  private static final int NAMED = 10;

  private Drifts() {}

  /**
   * @param own the series that the model is for, as they are now
   */
  static Drift look(Watch watch, Served served, List<Series> own, Instant at) {
    int week = MlpSettings.of(served.problem(), served.frequency()).week();
    // A week of days are too few to have a spread.
    int newest = served.frequency() == Frequency.HOURLY ? week : 4 * week;
    int before = WEEKS_BEFORE * newest;
    Map<String, Double> changed = new HashMap<>();
    int looked = 0;
    for (Series series : own) {
      double[] values = series.values();
      int length = values.length;
      if (length < before + newest) continue;
      double[] past = Arrays.copyOfRange(values, length - newest - before, length - newest);
      double[] now = Arrays.copyOfRange(values, length - newest, length);
      double index = Stability.index(past, now) - Stability.chance(past, now);
      if (Double.isNaN(index)) continue;
      looked++;
      if (index > Stability.CHANGED) changed.put(series.id(), index);
    }
    List<String> worst =
        changed.entrySet().stream()
            .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
            .limit(NAMED)
            .map(Map.Entry::getKey)
            .toList();
    double most = worst.isEmpty() ? 0 : changed.getOrDefault(worst.getFirst(), 0.0);
    Band band = band(watch);
    return new Drift(
        at,
        looked,
        worst,
        most,
        band.coverage(),
        band.low(),
        band.high(),
        looked > 0 && changed.size() > CHANGED_SHARE * looked,
        band.isLeft());
  }

  /**
   * @param low and {@code high} 99 % of what chance does
   */
  private record Band(@Nullable Double coverage, double low, double high) {
    boolean isLeft() {
      Double seen = coverage;
      return seen != null && (seen < low || seen > high);
    }
  }

  /** Of the newest rounds of what is served now. */
  private static Band band(Watch watch) {
    List<Round> rounds = watch.rounds();
    if (rounds.isEmpty()) return new Band(null, 0, 1);
    int served = rounds.getLast().served();
    int outcomes = 0;
    double inside = 0;
    for (Round round : rounds)
      if (round.served() == served) {
        outcomes += round.independent();
        inside += round.coverage() * round.independent();
      }
    if (outcomes < LEAST_OUTCOMES) return new Band(null, 0, 1);
    BinomialDistribution chance = BinomialDistribution.of(outcomes, PROMISED);
    return new Band(
        inside / outcomes,
        (double) chance.inverseCumulativeProbability(0.005) / outcomes,
        (double) chance.inverseSurvivalProbability(0.005) / outcomes);
  }
}
