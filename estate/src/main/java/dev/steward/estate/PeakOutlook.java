package dev.steward.estate;

import java.util.Arrays;
import java.util.Optional;

/** Tells how high a metric's peak of the next fortnight will be. */
@FunctionalInterface
public interface PeakOutlook {
  /**
   * @param hourly maxima, oldest first; NaN where there is none
   * @return empty if too few are known
   */
  Optional<Outlook> of(double[] hourly);

  /**
   * A peak that is not known for sure.
   *
   * @param by the model or rule that says so
   * @param before the peak of the last fortnight
   * @param levels ascending, 0 to 1
   * @param quantiles of the peak, as many
   */
  record Outlook(String by, double before, double[] levels, double[] quantiles) {
    /** The quantile of this level, or of the next one that is told. */
    public double at(double level) {
      int i = Arrays.binarySearch(levels, level);
      return quantiles[Math.min(levels.length - 1, i < 0 ? -i - 1 : i)];
    }

    /**
     * How likely the peak is above a limit: between the quantiles by a straight line. Beyond the
     * outermost ones nothing is known but that it is no likelier than they say.
     */
    public double riskAbove(double limit) {
      int last = levels.length - 1;
      if (limit < quantiles[0]) return 1;
      for (int i = 0; i < last; i++)
        if (limit < quantiles[i + 1]) {
          double share = (limit - quantiles[i]) / (quantiles[i + 1] - quantiles[i]);
          return 1 - (levels[i] + share * (levels[i + 1] - levels[i]));
        }
      return limit >= 2 * quantiles[last] ? 0 : 1 - levels[last];
    }
  }
}
