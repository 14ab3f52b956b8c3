package dev.steward.ml.forecast;

import java.util.Arrays;

/**
 * Makes a forecaster of points one of quantiles: with the errors that it made at the last origins
 * of the history itself.
 *
 * @param origins how many
 */
public record ResidualIntervals(Forecaster forecaster, int origins) {
  /**
   * @param history equally spaced, oldest first, without gaps
   * @throws IllegalArgumentException if the history is too short for the forecaster
   */
  public QuantileForecast forecast(double[] history, int horizon) {
    double[] point = forecaster.forecast(history, horizon);
    double[] errors = errors(history, horizon);
    double[] levels = QuantileForecast.LEVELS;
    double[][] values = new double[horizon][levels.length];
    for (int h = 0; h < horizon; h++)
      for (int q = 0; q < levels.length; q++)
        // The middle stays the forecast, whatever its errors' median was.
        values[h][q] =
            levels[q] == 0.5 || errors.length == 0
                ? point[h]
                : point[h] + signed(errors, levels[q]);
    return new QuantileForecast(levels, values);
  }

  private static double signed(double[] sorted, double level) {
    double error = sorted[(int) Math.min(sorted.length - 1, Math.floor(level * sorted.length))];
    return level < 0.5 ? Math.min(0, error) : Math.max(0, error);
  }

  /** Sorted; of as many origins as the history is long enough for. */
  private double[] errors(double[] history, int horizon) {
    double[] errors = new double[origins * horizon];
    int size = 0;
    for (int back = 1; back <= origins; back++) {
      int at = history.length - back * horizon;
      if (at <= 0) break;
      double[] past;
      try {
        past = forecaster.forecast(Arrays.copyOf(history, at), horizon);
      } catch (IllegalArgumentException tooShort) {
        break;
      }
      for (int i = 0; i < horizon; i++) errors[size++] = history[at + i] - past[i];
    }
    double[] sorted = Arrays.copyOf(errors, size);
    Arrays.sort(sorted);
    return sorted;
  }
}
