package dev.steward.ml.score;

/**
 * The scores of the M4 competition (Makridakis, Spiliotis and Assimakopoulos 2020, IJF 36(1)
 * 54-74). All arrays of one call have the forecast's length.
 */
public final class ForecastScores {
  private ForecastScores() {}

  /** Symmetric mean absolute percentage error, in percent: 0 to 200. */
  public static double smape(double[] actual, double[] forecast) {
    double sum = 0;
    for (int i = 0; i < same(actual, forecast); i++) {
      double scale = Math.abs(actual[i]) + Math.abs(forecast[i]);
      // Both zero is no error; what is no number is not zero, and leaves none.
      if (scale != 0) sum += Math.abs(actual[i] - forecast[i]) / scale;
    }
    return 200 * sum / actual.length;
  }

  /**
   * Mean absolute error, scaled by that of the seasonal naive forecast within the history.
   *
   * @param season the length of a season, in steps; 1 for none
   */
  public static double mase(double[] history, double[] actual, double[] forecast, int season) {
    return absoluteError(actual, forecast) / seasonalStep(history, season);
  }

  /** Mean absolute error, in the unit of the series. */
  public static double absoluteError(double[] actual, double[] forecast) {
    double sum = 0;
    for (int i = 0; i < same(actual, forecast); i++) sum += Math.abs(actual[i] - forecast[i]);
    return sum / actual.length;
  }

  /**
   * Mean scaled interval score of a central prediction interval (Gneiting and Raftery 2007).
   *
   * @param alpha what may lie outside: 0.05 for 95 %
   */
  public static double msis(
      double[] history, double[] actual, double[] lower, double[] upper, int season, double alpha) {
    return intervalScore(actual, lower, upper, alpha) / seasonalStep(history, season);
  }

  /** The same in the unit of the series: the width, and a penalty for what lies outside. */
  public static double intervalScore(
      double[] actual, double[] lower, double[] upper, double alpha) {
    double sum = 0;
    same(actual, lower);
    for (int i = 0; i < same(actual, upper); i++) {
      sum += upper[i] - lower[i];
      if (actual[i] < lower[i]) sum += 2 / alpha * (lower[i] - actual[i]);
      if (actual[i] > upper[i]) sum += 2 / alpha * (actual[i] - upper[i]);
    }
    return sum / actual.length;
  }

  /** The share of the outcomes that lie in the interval, 0 to 1. */
  public static double coverage(double[] actual, double[] lower, double[] upper) {
    int inside = 0;
    same(actual, lower);
    for (int i = 0; i < same(actual, upper); i++)
      if (actual[i] >= lower[i] && actual[i] <= upper[i]) inside++;
    return (double) inside / actual.length;
  }

  /**
   * Pinball loss of a quantile forecast (Koenker and Bassett 1978).
   *
   * @param quantile 0 to 1
   */
  public static double pinball(double[] actual, double[] forecast, double quantile) {
    double sum = 0;
    for (int i = 0; i < same(actual, forecast); i++) {
      double error = actual[i] - forecast[i];
      sum += error >= 0 ? quantile * error : (quantile - 1) * error;
    }
    return sum / actual.length;
  }

  /**
   * Overall weighted average: the mean of both scores relative to Naive 2, each first averaged over
   * all series.
   */
  public static double owa(double smape, double mase, double naiveSmape, double naiveMase) {
    return (smape / naiveSmape + mase / naiveMase) / 2;
  }

  /**
   * The mean absolute change over a season.
   *
   * @throws IllegalArgumentException if the history is no longer than a season
   */
  public static double seasonalStep(double[] history, int season) {
    if (history.length <= season)
      throw new IllegalArgumentException("a history must be longer than a season");
    double sum = 0;
    for (int i = season; i < history.length; i++) sum += Math.abs(history[i] - history[i - season]);
    return sum / (history.length - season);
  }

  private static int same(double[] actual, double[] forecast) {
    if (actual.length == 0 || actual.length != forecast.length)
      throw new IllegalArgumentException("a forecast must be as long as what came");
    return actual.length;
  }
}
