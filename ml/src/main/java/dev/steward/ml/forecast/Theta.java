package dev.steward.ml.forecast;

/**
 * The classical Theta method (Assimakopoulos and Nikolopoulos 2000, IJF 16(4) 521-530): without its
 * season the series is the mean of its trend line and of a line with twice its curvature, which is
 * smoothed exponentially.
 *
 * @param season its length, in steps
 */
public record Theta(int season) implements Forecaster {
  private static final int GRID = 100;

  @Override
  public String name() {
    return "theta";
  }

  @Override
  public double[] forecast(double[] history, int horizon) {
    if (history.length < 3) throw new IllegalArgumentException("a history must have three values");
    Seasonality seasonality = Seasonality.of(history, season);
    double[] plain = seasonality.without(history);
    int n = plain.length;
    double[] line = line(plain);
    double[] curved = new double[n];
    for (int i = 0; i < n; i++) curved[i] = 2 * plain[i] - (line[0] + line[1] * i);
    double level = smoothed(curved);
    double[] forecast = new double[horizon];
    for (int i = 0; i < horizon; i++) forecast[i] = (level + line[0] + line[1] * (n + i)) / 2;
    return seasonality.with(forecast, n);
  }

  /** Intercept and slope of the least squares line over 0, 1, 2, … */
  static double[] line(double[] values) {
    int n = values.length;
    double meanX = (n - 1) / 2.0;
    double meanY = 0;
    for (double value : values) meanY += value / n;
    double xy = 0;
    double xx = 0;
    for (int i = 0; i < n; i++) {
      xy += (i - meanX) * (values[i] - meanY);
      xx += (i - meanX) * (i - meanX);
    }
    double slope = xy / xx;
    return new double[] {meanY - slope * meanX, slope};
  }

  /** The last level of simple exponential smoothing with the factor that fits best. */
  private static double smoothed(double[] values) {
    double best = Double.MAX_VALUE;
    double last = values[values.length - 1];
    for (int step = 1; step <= GRID; step++) {
      double alpha = (double) step / GRID;
      double level = values[0];
      double error = 0;
      for (int i = 1; i < values.length; i++) {
        double miss = values[i] - level;
        error += miss * miss;
        level += alpha * miss;
      }
      if (error < best) {
        best = error;
        last = level;
      }
    }
    return last;
  }
}
