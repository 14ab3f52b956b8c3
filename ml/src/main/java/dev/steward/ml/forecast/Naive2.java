package dev.steward.ml.forecast;

import java.util.Arrays;

/**
 * The last value without its season, and the season again: the benchmark that M4's OWA is relative
 * to.
 *
 * @param season its length, in steps
 */
public record Naive2(int season) implements Forecaster {
  @Override
  public String name() {
    return "naive 2";
  }

  @Override
  public double[] forecast(double[] history, int horizon) {
    if (history.length == 0) throw new IllegalArgumentException("there is no history");
    Seasonality seasonality = Seasonality.of(history, season);
    double[] flat = new double[horizon];
    Arrays.fill(flat, seasonality.without(history)[history.length - 1]);
    return seasonality.with(flat, history.length);
  }
}
