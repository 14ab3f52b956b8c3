package dev.steward.ml.forecast;

import dev.steward.ml.score.ForecastScores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * How well forecasts were at rolling origins: at the last one of a series, one horizon before it,
 * and so on. One value a series and origin.
 *
 * @param smape in percent
 * @param mase in seasonal steps of the history
 * @param msis of the 95 % interval
 * @param coverage of the 95 % interval, 0 to 1
 */
public record Backtest(double[] smape, double[] mase, double[] msis, double[] coverage) {
  /** A history and what came after it. */
  public record Origin(double[] history, double[] actual) {}

  /**
   * The origins of some series; those too short for one are left out.
   *
   * @param needs how many steps a history must have
   */
  public static List<Origin> origins(List<double[]> series, int count, int horizon, int needs) {
    List<Origin> origins = new ArrayList<>();
    for (double[] values : series)
      for (int back = 1; back <= count; back++) {
        int at = values.length - back * horizon;
        if (at < needs) break;
        origins.add(
            new Origin(Arrays.copyOf(values, at), Arrays.copyOfRange(values, at, at + horizon)));
      }
    return origins;
  }

  /**
   * @param season of the scores, in steps
   */
  public static Backtest of(List<Origin> origins, List<QuantileForecast> forecasts, int season) {
    int size = origins.size();
    Backtest scores =
        new Backtest(new double[size], new double[size], new double[size], new double[size]);
    for (int i = 0; i < size; i++) {
      Origin origin = origins.get(i);
      QuantileForecast forecast = forecasts.get(i);
      double[] lower = forecast.at(0.025);
      double[] upper = forecast.at(0.975);
      // A history that never changes cannot scale an error; its step counts as one.
      double step = ForecastScores.seasonalStep(origin.history(), season);
      double unit = step > 0 ? 1 : Double.NaN;
      scores.smape[i] = ForecastScores.smape(origin.actual(), forecast.median());
      scores.mase[i] =
          unit * ForecastScores.mase(origin.history(), origin.actual(), forecast.median(), season);
      scores.msis[i] =
          unit * ForecastScores.msis(origin.history(), origin.actual(), lower, upper, season, 0.05);
      scores.coverage[i] = ForecastScores.coverage(origin.actual(), lower, upper);
    }
    return scores;
  }

  /** The same for a forecaster of points and a spread that it is given. */
  public static Backtest of(
      List<Origin> origins, Function<Origin, QuantileForecast> forecaster, int season) {
    return of(origins, origins.stream().map(forecaster).toList(), season);
  }

  /** The mean of the values that are numbers; NaN if none is. */
  public static double mean(double[] values) {
    return Arrays.stream(values).filter(v -> !Double.isNaN(v)).average().orElse(Double.NaN);
  }
}
