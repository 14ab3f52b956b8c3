package dev.steward.ml.forecast;

import dev.steward.ml.score.ForecastScores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * How well forecasts were at rolling origins: at the last one of a series, one horizon before it,
 * and so on. One value a series and origin.
 *
 * @param smape in percent
 * @param mase the mean absolute error in units of the history, which are its seasonal steps unless
 *     another unit is given
 * @param msis of the 95 % interval
 * @param coverage of the 95 % interval, 0 to 1
 * @param pinball the mean loss of all levels, in the same units
 */
public record Backtest(
    double[] smape, double[] mase, double[] msis, double[] coverage, double[] pinball) {
  static final int SCORES = 5;

  public Backtest {
    // Scores from before pinball losses were kept have none.
    if (pinball == null) {
      pinball = new double[mase.length];
      Arrays.fill(pinball, Double.NaN);
    }
  }

  /** All scores, in the order of the components. */
  List<double[]> all() {
    return List.of(smape, mase, msis, coverage, pinball);
  }

  /** The mean of each score, by its name. */
  public Map<String, Double> means() {
    return Map.of(
        "smape", mean(smape),
        "mase", mean(mase),
        "msis", mean(msis),
        "coverage", mean(coverage),
        "pinball", mean(pinball));
  }

  /**
   * A history and what came after it.
   *
   * @param series which of those that were given it is of, from 0
   */
  public record Origin(int series, double[] history, double[] actual) {}

  /**
   * The origins of some series; those too short for one are left out.
   *
   * @param needs how many steps a history must have
   */
  public static List<Origin> origins(List<double[]> series, int count, int horizon, int needs) {
    List<Origin> origins = new ArrayList<>();
    for (int i = 0; i < series.size(); i++)
      for (int back = 1; back <= count; back++) {
        double[] values = series.get(i);
        int at = values.length - back * horizon;
        if (at < needs) break;
        origins.add(
            new Origin(i, Arrays.copyOf(values, at), Arrays.copyOfRange(values, at, at + horizon)));
      }
    return origins;
  }

  /**
   * @param unit what errors after a history are measured in; NaN where nothing can be measured
   */
  public static Backtest of(
      List<Origin> origins, List<QuantileForecast> forecasts, ToDoubleFunction<double[]> unit) {
    int size = origins.size();
    Backtest scores =
        new Backtest(
            new double[size],
            new double[size],
            new double[size],
            new double[size],
            new double[size]);
    for (int i = 0; i < size; i++) {
      Origin origin = origins.get(i);
      QuantileForecast forecast = forecasts.get(i);
      double[] lower = forecast.at(0.025);
      double[] upper = forecast.at(0.975);
      double one = unit.applyAsDouble(origin.history());
      scores.smape[i] = ForecastScores.smape(origin.actual(), forecast.median());
      scores.mase[i] = ForecastScores.absoluteError(origin.actual(), forecast.median()) / one;
      scores.msis[i] = ForecastScores.intervalScore(origin.actual(), lower, upper, 0.05) / one;
      for (double level : forecast.levels())
        scores.pinball[i] +=
            ForecastScores.pinball(origin.actual(), forecast.at(level), level)
                / forecast.levels().length
                / one;
      scores.coverage[i] = ForecastScores.coverage(origin.actual(), lower, upper);
    }
    return scores;
  }

  /** The same for a forecaster of points and a spread that it is given. */
  public static Backtest of(
      List<Origin> origins,
      Function<Origin, QuantileForecast> forecaster,
      ToDoubleFunction<double[]> unit) {
    return of(origins, origins.stream().map(forecaster).toList(), unit);
  }

  /** The mean of the values that are numbers; NaN if none is. */
  public static double mean(double[] values) {
    return Arrays.stream(values).filter(v -> !Double.isNaN(v)).average().orElse(Double.NaN);
  }
}
