package dev.steward.api.client;

import dev.steward.domain.data.Gaps;
import dev.steward.domain.data.OwnSeries;
import dev.steward.domain.data.Series;
import dev.steward.domain.serve.Forecasts;
import dev.steward.ml.forecast.QuantileForecast;
import dev.steward.model.Account;
import dev.steward.model.DataSet.Frequency;
import dev.steward.model.OrganizationId;
import dev.steward.storage.State;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What all accounts together will cost a day, at list price.
 *
 * @param model the registered model, or the rule that answered
 * @param version null for a rule
 */
public record CostForecast(String model, @Nullable Integer version, List<Day> days) {
  private static final int AHEAD = 28;
  private static final int WEEK = 7;

  /** Below this a week has not been seen twice. */
  private static final int LEAST = 14;

  /**
   * Dollars of a day.
   *
   * @param low and {@code high} of an 80 % interval
   */
  public record Day(LocalDate day, double low, double median, double high) {}

  /** Null while there are less than two weeks of costs. */
  static @Nullable CostForecast of(
      State state, OrganizationId organization, List<Account> accounts, Forecasts forecasts) {
    List<String> ids = accounts.stream().map(a -> a.id().value()).toList();
    List<Series> series =
        OwnSeries.costs(state, accounts).stream().filter(s -> ids.contains(s.id())).toList();
    if (series.isEmpty()) return null;
    Instant first = start(series.stream().min(Comparator.comparing(CostForecast::start)).get());
    int length =
        series.stream().mapToInt(s -> offset(first, s) + s.values().length).max().orElse(0);
    if (length < LEAST) return null;
    double[] sum = new double[length];
    for (Series one : series) {
      double[] known = Gaps.filled(one.values(), WEEK);
      int offset = offset(first, one);
      // An account that was not looked at on the newest days still costs what it did.
      for (int i = offset; i < length; i++) sum[i] += known[Math.min(i - offset, known.length - 1)];
    }
    Forecasts.Answer answer = forecasts.forecast(organization, Frequency.DAILY, sum, AHEAD, false);
    QuantileForecast forecast = answer.forecast();
    double[] low = forecast.at(0.1);
    double[] median = forecast.median();
    double[] high = forecast.at(0.9);
    LocalDate ahead = LocalDate.ofInstant(first, ZoneOffset.UTC).plusDays(length);
    List<Day> days = new ArrayList<>();
    for (int i = 0; i < median.length; i++)
      days.add(new Day(ahead.plusDays(i), low[i], median[i], high[i]));
    return new CostForecast(answer.model(), answer.version() == 0 ? null : answer.version(), days);
  }

  private static Instant start(Series series) {
    return Objects.requireNonNull(series.start(), "costs have days");
  }

  private static int offset(Instant first, Series series) {
    return (int) Duration.between(first, start(series)).toDays();
  }
}
