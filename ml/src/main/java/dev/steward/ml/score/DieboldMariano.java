package dev.steward.ml.score;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Whether one forecaster of a single series is better than another, from their errors at origins
 * one after the other, which depend on each other (Diebold and Mariano 1995; with the correction
 * for few origins of Harvey, Leybourne and Newbold 1997).
 */
public final class DieboldMariano {
  private DieboldMariano() {}

  /**
   * @param first and {@code second} a loss an origin, in the order of time
   * @param horizon steps ahead, in origins: 1 if their horizons do not overlap
   * @throws IllegalArgumentException if they are not as long as each other
   */
  public static PairedBootstrap.Result of(double[] first, double[] second, int horizon) {
    if (first.length != second.length)
      throw new IllegalArgumentException("the two must have the same cases");
    int n = first.length;
    double[] d = new double[n];
    double mean = 0;
    for (int i = 0; i < n; i++) {
      d[i] = first[i] - second[i];
      mean += d[i] / n;
    }
    if (n < 2 || !Double.isFinite(mean))
      return new PairedBootstrap.Result(
          n, mean, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 1);
    double variance = covariance(d, mean, 0);
    for (int lag = 1; lag < Math.min(horizon, n); lag++) variance += 2 * covariance(d, mean, lag);
    double h = horizon;
    double correction = Math.max(0, (n + 1 - 2 * h + h * (h - 1) / n) / n);
    double error = Math.sqrt(Math.max(0, variance) / n / (correction == 0 ? 1 : correction));
    TDistribution student = TDistribution.of(n - 1.0);
    if (error == 0) return new PairedBootstrap.Result(n, mean, mean, mean, mean == 0 ? 1 : 0);
    double reach = student.inverseSurvivalProbability(0.025) * error;
    return new PairedBootstrap.Result(
        n,
        mean,
        mean - reach,
        mean + reach,
        2 * student.survivalProbability(Math.abs(mean) / error));
  }

  private static double covariance(double[] d, double mean, int lag) {
    double sum = 0;
    for (int i = lag; i < d.length; i++) sum += (d[i] - mean) * (d[i - lag] - mean);
    return sum / d.length;
  }
}
