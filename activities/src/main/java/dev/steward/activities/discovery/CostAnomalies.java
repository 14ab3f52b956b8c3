package dev.steward.activities.discovery;

import dev.steward.domain.data.OwnSeries;
import dev.steward.domain.data.Series;
import dev.steward.ml.anomaly.Detector;
import dev.steward.ml.anomaly.Observation;
import dev.steward.model.Account;
import dev.steward.storage.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether today's cost of an account is unusual. What is unusual about the account and about its
 * kinds of resource is one incident, told once.
 */
final class CostAnomalies {
  /** Two weeks have to be known before anything can be unusual. */
  private static final int LEAST = 14;

  /** Twice as far from the usual as ever before; a day is few data, and who is told has to act. */
  private static final double THRESHOLD = Math.log1p(2);

  /** Below these dollars a day nobody wants to be woken. */
  private static final double SMALLEST = 1;

  private CostAnomalies() {}

  /** What is unusual, in words; empty if nothing is. */
  static Optional<String> today(State state, Account account) {
    String id = account.id().value();
    List<String> unusual = new ArrayList<>();
    for (Series series : OwnSeries.costs(state, List.of(account)))
      unusual(series)
          .map(why ->
              (series.id().equals(id) ? "the account" : series.id().substring(id.length() + 1))
                  + ": "
                  + why)
          .ifPresent(unusual::add);
    return unusual.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", unusual));
  }

  private static Optional<String> unusual(Series series) {
    double[] values = series.values();
    if (values.length < LEAST) return Optional.empty();
    Detector detector = new Detector(1);
    Observation last = detector.next(values[0]);
    for (int i = 1; i < values.length; i++) last = detector.next(values[i]);
    double usual = Double.isNaN(last.high()) ? 0 : last.high();
    boolean matters = Math.max(Math.abs(last.value()), Math.abs(usual)) >= SMALLEST;
    return last.score() > THRESHOLD && matters
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "$%.2f a day (%s), usual are $%.2f to $%.2f",
                last.value(),
                last.kind().name().toLowerCase(Locale.ROOT),
                last.low(),
                last.high()))
        : Optional.empty();
  }
}
