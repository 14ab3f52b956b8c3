package dev.steward.ml.forecast;

import java.util.Arrays;

/**
 * What a net sees of a window of hourly maxima: logarithms of the maximum of each day and of how
 * the rest is spread, in peaks of the window. So its answer, the logarithm of the next peak, is in
 * the same unit for all series.
 *
 * @param peak of the window; not above 0 if there is none to measure by
 */
record PeakView(double[] window, double peak) implements View {
  /** Mean, median, 90 % and maximum. */
  private static final int SPREAD = 4;

  /** A hundredth of the peak is as good as nothing. */
  private static final double LEAST = 0.01;

  static int features(int window) {
    return window / 24 + SPREAD;
  }

  static PeakView of(double[] series, int end, int window) {
    double[] newest = Arrays.copyOfRange(series, end - window, end);
    return new PeakView(newest, Peak.of(newest));
  }

  @Override
  public float[] x() {
    float[] seen = new float[features(window.length)];
    int days = window.length / 24;
    for (int day = 0; day < days; day++)
      seen[day] = in(Arrays.stream(window, day * 24, day * 24 + 24).max().orElseThrow());
    double[] sorted = window.clone();
    Arrays.sort(sorted);
    seen[days] = in(Arrays.stream(sorted).average().orElseThrow());
    seen[days + 1] = in(Peak.quantile(sorted, 0.5));
    seen[days + 2] = in(Peak.quantile(sorted, 0.9));
    seen[days + 3] = in(sorted[sorted.length - 1]);
    return seen;
  }

  float in(double value) {
    if (!(peak > 0)) return 0;
    return (float) Math.log(Math.max(value / peak, LEAST));
  }

  /** The base is that nothing changes. */
  @Override
  public float[] base() {
    return new float[1];
  }

  /** A window without a peak has none after it that could be told. */
  @Override
  public double out(double log) {
    return peak > 0 ? peak * Math.exp(log) : 0;
  }
}
