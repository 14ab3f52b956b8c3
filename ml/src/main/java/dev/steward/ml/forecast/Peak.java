package dev.steward.ml.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The peak of some hours: the value that 99 % of their maxima do not exceed. The few hours above it
 * are what a machine may be slow in.
 */
public final class Peak {
  /** Hours of a fortnight: what is looked back at, and what is looked ahead to. */
  public static final int HOURS = 14 * 24;

  private static final double LEVEL = 0.99;

  /** With less than this share known, some hours have no peak. */
  private static final double KNOWN = 0.8;

  private Peak() {}

  /**
   * A peak and the one that came after it.
   *
   * @param before not 0
   */
  public record Case(double before, double after) {}

  /**
   * The cases of a series, the newest first; those without a peak before or after are left out.
   *
   * @param hourly maxima, oldest first; NaN where there is none
   * @param settings how long before and after are, and how far apart the cases
   */
  public static List<Case> cases(double[] hourly, MlpSettings settings) {
    List<Case> cases = new ArrayList<>();
    for (int at = hourly.length - settings.horizon();
        at >= settings.window();
        at -= settings.stride()) {
      double before = of(Arrays.copyOfRange(hourly, at - settings.window(), at));
      double after = of(Arrays.copyOfRange(hourly, at, at + settings.horizon()));
      if (before > 0 && after > 0) cases.add(new Case(before, after));
    }
    return cases;
  }

  /**
   * The peak of the newest hours.
   *
   * @param hours how many
   * @return NaN if there are fewer
   */
  public static double newest(double[] hourly, int hours) {
    return hourly.length < hours
        ? Double.NaN
        : of(Arrays.copyOfRange(hourly, hourly.length - hours, hourly.length));
  }

  /**
   * The peak of all these hours.
   *
   * @param maxima NaN where there is none
   * @return NaN if too few are known
   */
  public static double of(double[] maxima) {
    double[] known = Arrays.stream(maxima).filter(Double::isFinite).sorted().toArray();
    return known.length == 0 || known.length < KNOWN * maxima.length
        ? Double.NaN
        : quantile(known, LEVEL);
  }

  /**
   * A quantile between the two values next to it (Hyndman and Fan 1996, type 7).
   *
   * @param sorted ascending, at least one
   * @param level 0 to 1
   */
  static double quantile(double[] sorted, double level) {
    double at = level * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(sorted.length - 1, below + 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
