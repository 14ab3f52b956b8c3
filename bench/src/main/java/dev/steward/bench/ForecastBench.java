package dev.steward.bench;

import dev.steward.ml.forecast.Forecaster;
import dev.steward.ml.forecast.Naive2;
import dev.steward.ml.forecast.SeasonalNaive;
import dev.steward.ml.forecast.Theta;
import dev.steward.ml.score.ForecastScores;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * What the baselines score on public data, which models have to beat. A folder holds {@code
 * train.csv.gz} and {@code test.csv.gz} with a header and a series a row: an id and its values.
 */
record ForecastBench(List<Path> folders) implements Main.Benchmark {
  private static final double[] TAILS = {0.025, 0.975};

  @Override
  public void run() throws IOException {
    if (folders.isEmpty())
      System.out.println("give a folder with train.csv.gz and test.csv.gz: bench ml FOLDER");
    for (Path folder : folders) run(folder);
  }

  private static void run(Path folder) throws IOException {
    Map<String, double[]> train = read(folder.resolve("train.csv.gz"));
    Map<String, double[]> test = read(folder.resolve("test.csv.gz"));
    int horizon = test.values().iterator().next().length;
    // Two days of hours, or eight weeks of days.
    int season = horizon % 24 == 0 ? 24 : 7;
    System.out.printf(
        Locale.ROOT,
        "%s: %d series, horizon %d, season %d%n",
        folder.getFileName(),
        train.size(),
        horizon,
        season);
    List<Forecaster> forecasters =
        List.of(
            new Naive2(season),
            new SeasonalNaive(season),
            new SeasonalNaive(season == 24 ? 168 : 14),
            new Theta(season));
    double[] naive = null;
    for (Forecaster forecaster : forecasters) {
      double[] mean = score(forecaster, train, test, season);
      if (naive == null) naive = mean;
      System.out.printf(
          Locale.ROOT,
          "  %-20s sMAPE %6.3f  MASE %6.3f  OWA %5.3f  95 %%: MSIS %7.3f, coverage %.3f  %5.2f ms a series%n",
          forecaster.name(),
          mean[0],
          mean[1],
          ForecastScores.owa(mean[0], mean[1], naive[0], naive[1]),
          mean[2],
          mean[3],
          mean[4]);
    }
  }

  /** sMAPE, MASE, MSIS, coverage and milliseconds, each the mean of all series. */
  private static double[] score(
      Forecaster forecaster, Map<String, double[]> train, Map<String, double[]> test, int season) {
    double[] sums = new double[5];
    for (Map.Entry<String, double[]> series : train.entrySet()) {
      double[] history = series.getValue();
      double[] actual = test.get(series.getKey());
      if (actual == null)
        throw new IllegalArgumentException(series.getKey() + " has no test values");
      long began = System.nanoTime();
      double[] forecast = forecaster.forecast(history, actual.length);
      double millis = (System.nanoTime() - began) / 1e6;
      double[][] interval = interval(forecaster, history, forecast, actual.length);
      sums[0] += ForecastScores.smape(actual, forecast);
      sums[1] += ForecastScores.mase(history, actual, forecast, season);
      sums[2] += ForecastScores.msis(history, actual, interval[0], interval[1], season, 0.05);
      sums[3] += ForecastScores.coverage(actual, interval[0], interval[1]);
      sums[4] += millis;
    }
    for (int i = 0; i < sums.length; i++) sums[i] /= train.size();
    return sums;
  }

  /** The forecast with the quantiles of its own errors at the last three origins of the history. */
  private static double[][] interval(
      Forecaster forecaster, double[] history, double[] forecast, int horizon) {
    double[] errors = new double[3 * horizon];
    for (int back = 1; back <= 3; back++) {
      int origin = history.length - back * horizon;
      double[] past = forecaster.forecast(Arrays.copyOf(history, origin), horizon);
      for (int i = 0; i < horizon; i++)
        errors[(back - 1) * horizon + i] = history[origin + i] - past[i];
    }
    Arrays.sort(errors);
    double[][] interval = new double[TAILS.length][horizon];
    for (int tail = 0; tail < TAILS.length; tail++)
      for (int i = 0; i < horizon; i++)
        interval[tail][i] =
            forecast[i]
                + errors[
                    (int) Math.min(errors.length - 1, Math.floor(TAILS[tail] * errors.length))];
    return interval;
  }

  private static Map<String, double[]> read(Path file) throws IOException {
    Map<String, double[]> series = new LinkedHashMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      lines.readLine();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] cells = line.split(",");
        series.put(
            cells[0],
            Arrays.stream(cells, 1, cells.length)
                .filter(c -> !c.isEmpty())
                .mapToDouble(Double::parseDouble)
                .toArray());
      }
    }
    return series;
  }
}
