package dev.steward.api.ai;

import dev.steward.ml.forecast.QuantileForecast;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a month will come to. The days' errors are taken to move together, which makes the range
 * wide rather than narrow.
 *
 * @param month the one of the first day ahead
 * @param soFar the sum of its days that are known
 * @param total by level, the sum at its end; null if the forecast does not reach it
 * @param passesBudget by probability, the day on which the budget is passed; empty without a
 *     budget, or if it is not passed within the forecast
 */
record MonthEnd(
    String month,
    double soFar,
    @Nullable Map<String, Double> total,
    Map<String, LocalDate> passesBudget) {

  static MonthEnd of(
      double[] values, Instant start, QuantileForecast forecast, @Nullable Double budget) {
    LocalDate first = LocalDate.ofInstant(start, ZoneOffset.UTC);
    LocalDate ahead = first.plusDays(values.length);
    YearMonth month = YearMonth.from(ahead);
    double soFar = 0;
    for (int i = 0; i < values.length; i++)
      if (YearMonth.from(first.plusDays(i)).equals(month) && Double.isFinite(values[i]))
        soFar += values[i];
    int days = (int) (month.atEndOfMonth().toEpochDay() - ahead.toEpochDay()) + 1;
    Map<String, Double> total = new LinkedHashMap<>();
    Map<String, LocalDate> passes = new LinkedHashMap<>();
    for (int q = 0; q < forecast.levels().length; q++) {
      double sum = soFar;
      for (int day = 0; day < Math.min(days, forecast.values().length); day++) {
        sum += forecast.values()[day][q];
        String probability = String.valueOf(Math.round((1 - forecast.levels()[q]) * 1000) / 1000.0);
        if (budget != null && sum > budget) passes.putIfAbsent(probability, ahead.plusDays(day));
      }
      total.put(String.valueOf(forecast.levels()[q]), sum);
    }
    return new MonthEnd(
        month.toString(), soFar, days <= forecast.values().length ? total : null, passes);
  }
}
