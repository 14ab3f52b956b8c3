package dev.steward.ml.forecast;

/**
 * What was one season ago comes again.
 *
 * @param season its length, in steps
 */
public record SeasonalNaive(int season) implements Forecaster {
  @Override
  public String name() {
    return "seasonal naive " + season;
  }

  @Override
  public double[] forecast(double[] history, int horizon) {
    if (history.length < season)
      throw new IllegalArgumentException("a history must have a whole season");
    double[] forecast = new double[horizon];
    for (int i = 0; i < horizon; i++) forecast[i] = history[history.length - season + i % season];
    return forecast;
  }
}
