package dev.steward.domain.data;

import dev.steward.estate.Metric;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.model.Account;
import dev.steward.model.AccountId;
import dev.steward.model.CostDay;
import dev.steward.model.Money;
import dev.steward.model.Scan;
import dev.steward.storage.Chunk;
import dev.steward.storage.Chunks;
import dev.steward.storage.State;
import dev.steward.storage.Tables;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What an organization's own accounts have told: costs by day, and metrics by hour. */
public final class OwnSeries {
  private static final double DAYS_OF_A_MONTH = 365.25 / 12;

  private OwnSeries() {}

  /**
   * An hourly metric of a resource.
   *
   * @param series named {@code account region kind resource metric}
   */
  public record Hourly(
      AccountId account,
      String region,
      String kind,
      String resource,
      String metric,
      Series series) {}

  /** Every hourly metric that the newest scans read, without those that have no value. */
  public static List<Hourly> hourly(State state, List<Account> accounts) {
    List<Hourly> all = new ArrayList<>();
    for (Account account : accounts)
      state
          .rows(Tables.CHUNKS)
          .startingWith(Chunks.metricsPrefix(account.id()))
          .forEach(chunk -> hourly(state, account.id(), chunk, all));
    return all;
  }

  private static void hourly(State state, AccountId account, Chunk chunk, List<Hourly> all) {
    String[] place = chunk.key().substring(Chunks.metricsPrefix(account).length()).split("/", 2);
    List<Metric> metrics =
        Catalogue.kind(place[1]).metrics().stream()
            .filter(m -> m.resolution() == Metric.Resolution.HOURLY)
            .toList();
    if (metrics.isEmpty()) return;
    Optional<Instant> end =
        state
            .find(Tables.SCANS, chunk.run())
            .map(Scan::startedAt)
            .map(Metric.Resolution.HOURLY::end);
    Chunks.metrics(state, chunk.key())
        .forEach((resource, values) -> {
          for (Metric metric : metrics) {
            double[] hours = values.get(metric.id());
            if (hours == null || Arrays.stream(hours).allMatch(Double::isNaN)) continue;
            String id =
                String.join(" ", account.value(), place[0], place[1], resource, metric.id());
            Instant start = end.map(e -> e.minus(hours.length, ChronoUnit.HOURS)).orElse(null);
            all.add(
                new Hourly(
                    account,
                    place[0],
                    place[1],
                    resource,
                    metric.id(),
                    new Series(id, start, hours)));
          }
        });
  }

  /** Dollars a day at list price: one series an account, and one an account and kind. */
  public static List<Series> costs(State state, List<Account> accounts) {
    List<Series> series = new ArrayList<>();
    for (Account account : accounts) {
      List<CostDay> days =
          state.rows(Tables.COST_DAYS).startingWith(account.id().value() + "/").toList();
      if (days.isEmpty()) continue;
      LocalDate first = days.getFirst().day();
      int length = (int) ChronoUnit.DAYS.between(first, days.getLast().day()) + 1;
      Map<String, double[]> values = new TreeMap<>();
      for (CostDay day : days) {
        int at = (int) ChronoUnit.DAYS.between(first, day.day());
        of(values, account.id().value(), length)[at] = daily(day.monthly());
        day.byKind()
            .forEach(
                (kind, money) -> of(values, account.id() + " " + kind, length)[at] = daily(money));
      }
      values.forEach(
          (id, v) -> series.add(new Series(id, first.atStartOfDay().toInstant(ZoneOffset.UTC), v)));
    }
    return series;
  }

  private static double[] of(Map<String, double[]> values, String id, int length) {
    return values.computeIfAbsent(
        id,
        k -> {
          double[] none = new double[length];
          Arrays.fill(none, Double.NaN);
          return none;
        });
  }

  private static double daily(Money monthly) {
    return monthly.dollars().doubleValue() / DAYS_OF_A_MONTH;
  }
}
