package dev.steward.ml.forecast;

import java.util.Arrays;

/**
 * Classical multiplicative decomposition, where a series has a season at all.
 *
 * @param factors of each step of a season, with a mean of 1; the first belongs to the first value
 */
record Seasonality(double[] factors) {
  /** The 90 % limit of a normal distribution, as the M4 benchmarks test for a season. */
  private static final double LIMIT = 1.645;

  static Seasonality of(double[] series, int season) {
    double[] none = new double[Math.max(1, season)];
    Arrays.fill(none, 1);
    if (season < 2 || !isSeasonal(series, season)) return new Seasonality(none);
    double[] sums = new double[season];
    int[] counts = new int[season];
    double[] trend = centredMeans(series, season);
    for (int i = 0; i < series.length; i++)
      if (!Double.isNaN(trend[i]) && trend[i] > 0) {
        sums[i % season] += series[i] / trend[i];
        counts[i % season]++;
      }
    double mean = 0;
    for (int i = 0; i < season; i++) {
      if (counts[i] == 0) return new Seasonality(none);
      sums[i] /= counts[i];
      mean += sums[i] / season;
    }
    for (int i = 0; i < season; i++) {
      sums[i] /= mean;
      // A series that stands still for a while cannot be divided by it.
      if (!(sums[i] > 0)) return new Seasonality(none);
    }
    return new Seasonality(sums);
  }

  /** Whether the autocorrelation at the season stands out from that of the lags before it. */
  static boolean isSeasonal(double[] series, int season) {
    if (series.length < 3 * season || Arrays.stream(series).anyMatch(v -> v <= 0)) return false;
    double sum = 0;
    for (int lag = 1; lag < season; lag++) {
      double r = autocorrelation(series, lag);
      sum += r * r;
    }
    double limit = LIMIT * Math.sqrt((1 + 2 * sum) / series.length);
    return Math.abs(autocorrelation(series, season)) > limit;
  }

  static double autocorrelation(double[] series, int lag) {
    double mean = Arrays.stream(series).average().orElse(0);
    double variance = 0;
    double covariance = 0;
    for (int i = 0; i < series.length; i++) {
      variance += (series[i] - mean) * (series[i] - mean);
      if (i >= lag) covariance += (series[i] - mean) * (series[i - lag] - mean);
    }
    return variance == 0 ? 0 : covariance / variance;
  }

  /** Means over a season around each value; for an even season both ends count half. */
  private static double[] centredMeans(double[] series, int season) {
    double[] means = new double[series.length];
    Arrays.fill(means, Double.NaN);
    int half = season / 2;
    for (int i = half; i < series.length - half; i++) {
      double sum = 0;
      for (int j = i - half; j <= i + half; j++)
        sum += season % 2 == 0 && (j == i - half || j == i + half) ? series[j] / 2 : series[j];
      means[i] = sum / season;
    }
    return means;
  }

  double[] without(double[] series) {
    double[] plain = new double[series.length];
    for (int i = 0; i < series.length; i++) plain[i] = series[i] / factors[i % factors.length];
    return plain;
  }

  /** Puts the season back into what follows a history of this length. */
  double[] with(double[] forecast, int length) {
    double[] seasonal = new double[forecast.length];
    for (int i = 0; i < forecast.length; i++)
      seasonal[i] = forecast[i] * factors[(length + i) % factors.length];
    return seasonal;
  }
}
