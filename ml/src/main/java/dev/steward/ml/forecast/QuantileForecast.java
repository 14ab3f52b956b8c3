package dev.steward.ml.forecast;

import java.util.Arrays;

/**
 * A forecast that says how sure it is.
 *
 * @param levels the quantiles' levels, ascending, 0 to 1
 * @param values [step][level], each row ascending
 */
public record QuantileForecast(double[] levels, double[][] values) {
  /** The levels that every forecast of ours has. */
  public static final double[] LEVELS = {.025, .05, .1, .25, .5, .75, .9, .95, .975};

  /** The middle of each step. */
  public double[] median() {
    return at(0.5);
  }

  /**
   * One level of each step.
   *
   * @throws IllegalArgumentException if the forecast does not have it
   */
  public double[] at(double level) {
    int column = Arrays.binarySearch(levels, level);
    if (column < 0) throw new IllegalArgumentException("the forecast has no level " + level);
    double[] at = new double[values.length];
    for (int i = 0; i < at.length; i++) at[i] = values[i][column];
    return at;
  }

  /** The same middle, and every other level that many times as far from it. */
  public QuantileForecast widened(double factor) {
    int middle = Arrays.binarySearch(levels, 0.5);
    double[][] wide = new double[values.length][levels.length];
    for (int i = 0; i < wide.length; i++)
      for (int q = 0; q < levels.length; q++)
        wide[i][q] = values[i][middle] + factor * (values[i][q] - values[i][middle]);
    return new QuantileForecast(levels, wide);
  }

  /**
   * For a series that was never negative: no level goes below zero, and the middle not below the
   * least there ever was.
   */
  QuantileForecast within(double[] history) {
    double least = Double.POSITIVE_INFINITY;
    for (double value : history) least = Math.min(least, value);
    if (least < 0) return this;
    int middle = Arrays.binarySearch(levels, 0.5);
    double[][] kept = new double[values.length][levels.length];
    for (int i = 0; i < kept.length; i++)
      for (int q = 0; q < levels.length; q++)
        kept[i][q] = Math.max(q < middle ? 0 : least, values[i][q]);
    return new QuantileForecast(levels, kept);
  }
}
