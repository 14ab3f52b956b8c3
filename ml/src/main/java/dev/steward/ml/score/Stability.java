package dev.steward.ml.score;

import java.util.Arrays;

/**
 * Population stability index: how differently values are spread now and before (Siddiqi 2006,
 * "Credit Risk Scorecards"; the same as the symmetric Kullback-Leibler divergence of the bins).
 */
public final class Stability {
  /** Above this a population is commonly held to have changed. */
  public static final double CHANGED = 0.25;

  private static final int BINS = 10;

  private Stability() {}

  /**
   * The index. Bins are the deciles of what was before, as many of them as differ and as there are
   * ten values for on each side; each holds half a value more than it does, so that none is empty.
   *
   * @param before values, in any order; NaN is left out
   * @param now the same
   * @return 0 for the same spread; NaN if either has no value
   */
  public static double index(double[] before, double[] now) {
    double[] known = known(before);
    double[] newest = known(now);
    if (known.length == 0 || newest.length == 0) return Double.NaN;
    double[] edges = edges(known, bins(known.length, newest.length));
    double[] expected = shares(known, edges);
    double[] seen = shares(newest, edges);
    double sum = 0;
    for (int i = 0; i < seen.length; i++)
      sum += (seen[i] - expected[i]) * Math.log(seen[i] / expected[i]);
    return sum;
  }

  /**
   * What chance alone makes of it: about the number of bins less one, divided by each number of
   * values (Yurdakul 2018, "Statistical Properties of Population Stability Index").
   */
  public static double chance(double[] before, double[] now) {
    int a = known(before).length;
    int b = known(now).length;
    return a == 0 || b == 0 ? 0 : (bins(a, b) - 1) * (1.0 / a + 1.0 / b);
  }

  private static int bins(int before, int now) {
    return Math.clamp(Math.min(before, now) / 10, 2, BINS);
  }

  private static double[] known(double[] values) {
    return Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
  }

  /**
   * A value on an edge is in the bin below it; beyond the first and the last there is a bin, too.
   */
  private static double[] edges(double[] sorted, int bins) {
    double[] edges = new double[bins + 1];
    for (int i = 1; i < bins; i++) edges[i] = sorted[i * (sorted.length - 1) / bins];
    edges[0] = Math.nextDown(sorted[0]);
    edges[bins] = sorted[sorted.length - 1];
    return Arrays.stream(edges).distinct().toArray();
  }

  private static double[] shares(double[] values, double[] edges) {
    double[] counts = new double[edges.length + 1];
    Arrays.fill(counts, 0.5);
    for (double value : values) {
      int at = Arrays.binarySearch(edges, value);
      counts[at < 0 ? -at - 1 : at]++;
    }
    double sum = Arrays.stream(counts).sum();
    return Arrays.stream(counts).map(c -> c / sum).toArray();
  }
}
