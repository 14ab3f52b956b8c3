package dev.steward.ml.forecast;

import java.util.Arrays;
import java.util.List;

/**
 * Widens intervals until as many outcomes lie within as they promise: the conformal quantile of how
 * many times as wide an interval would have had to be (after Romano, Patterson and Candes 2019).
 */
public final class Calibration {
  /** Beyond these, the forecasts are wrong in another way than in their width. */
  private static final double NARROWEST = 0.5;

  private static final double WIDEST = 4;

  private Calibration() {}

  /**
   * @param forecasts of hours that the model has not learnt from
   * @param actuals what came, as long as the forecasts
   * @param coverage the share that must lie within the outermost levels, 0 to 1
   */
  public static double widening(
      List<QuantileForecast> forecasts, List<double[]> actuals, double coverage) {
    double[] needed = new double[forecasts.stream().mapToInt(f -> f.values().length).sum()];
    int at = 0;
    for (int i = 0; i < forecasts.size(); i++) {
      double[][] values = forecasts.get(i).values();
      int last = forecasts.get(i).levels().length - 1;
      int middle = last / 2;
      for (int h = 0; h < values.length; h++) {
        double error = actuals.get(i)[h] - values[h][middle];
        double room =
            error < 0 ? values[h][middle] - values[h][0] : values[h][last] - values[h][middle];
        needed[at++] =
            error == 0 ? 0 : room == 0 ? Double.POSITIVE_INFINITY : Math.abs(error) / room;
      }
    }
    if (at == 0) return 1;
    Arrays.sort(needed);
    double factor = needed[(int) Math.min(at - 1, Math.ceil(coverage * (at + 1)) - 1)];
    return Math.clamp(factor, NARROWEST, WIDEST);
  }
}
