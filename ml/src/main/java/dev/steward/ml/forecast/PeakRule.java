package dev.steward.ml.forecast;

import java.util.Arrays;
import java.util.List;

/**
 * The next peak is the last one, times what that ratio usually was: the quantiles of the ratio over
 * many series are the forecast's quantiles, so that they hold on average over such series by
 * construction.
 *
 * @param ratios one a level of {@link QuantileForecast#LEVELS}, ascending
 * @param cases what they were taken from
 */
public record PeakRule(double[] ratios, int cases) {
  public static final String NAME = "calibrated peak";

  /** With fewer cases of one's own than this the outer levels would be guesses. */
  public static final int LEAST_CASES = 80;

  /**
   * The ratios of a fortnight's peak to the one before, over 602 cases of 276 hourly series: the
   * benchmark {@code peaks} on the hourly part of the M4 competition prints them.
   */
  private static final double[] M4_HOURLY = {
    0.831, 0.906, 0.961, 1.003, 1.058, 1.095, 1.123, 1.146, 1.171
  };

  /** What holds until there are enough cases of one's own. */
  public static PeakRule shipped() {
    return new PeakRule(M4_HOURLY, 602);
  }

  /**
   * The rule of these cases.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static PeakRule of(List<Peak.Case> cases) {
    if (cases.isEmpty()) throw new IllegalArgumentException("there is no case to learn from");
    double[] sorted = cases.stream().mapToDouble(c -> c.after() / c.before()).sorted().toArray();
    return new PeakRule(
        Arrays.stream(QuantileForecast.LEVELS).map(q -> Peak.quantile(sorted, q)).toArray(),
        sorted.length);
  }

  /** The rule of these cases, or the one that is shipped if they are too few. */
  public static PeakRule orShipped(List<Peak.Case> cases) {
    return cases.size() < LEAST_CASES ? shipped() : of(cases);
  }

  /**
   * The next peak.
   *
   * @param before the last one, in any unit
   * @return one step
   */
  public QuantileForecast forecast(double before) {
    return new QuantileForecast(
        QuantileForecast.LEVELS,
        new double[][] {Arrays.stream(ratios).map(r -> r * before).toArray()});
  }
}
