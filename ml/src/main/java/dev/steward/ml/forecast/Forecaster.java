package dev.steward.ml.forecast;

/** Says how a series goes on. */
public interface Forecaster {
  String name();

  /**
   * A point forecast.
   *
   * @param history equally spaced, oldest first, without gaps
   * @param horizon how many steps
   * @throws IllegalArgumentException if the history is too short
   */
  double[] forecast(double[] history, int horizon);
}
