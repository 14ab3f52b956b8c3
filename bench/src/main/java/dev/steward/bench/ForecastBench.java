package dev.steward.bench;

import dev.steward.domain.lab.Memory;
import dev.steward.ml.forecast.Backtest;
import dev.steward.ml.forecast.Backtest.Origin;
import dev.steward.ml.forecast.Calibration;
import dev.steward.ml.forecast.ForecastFit;
import dev.steward.ml.forecast.Forecaster;
import dev.steward.ml.forecast.MlpSettings;
import dev.steward.ml.forecast.Naive2;
import dev.steward.ml.forecast.QuantileForecast;
import dev.steward.ml.forecast.QuantileMlp;
import dev.steward.ml.forecast.ResidualIntervals;
import dev.steward.ml.forecast.SeasonalNaive;
import dev.steward.ml.forecast.Theta;
import dev.steward.ml.score.ForecastScores;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The network beside the baselines on public data. A folder holds {@code train.csv.gz} and {@code
 * test.csv.gz} with a header and a series a row: an id and its values.
 */
final class ForecastBench {
  private ForecastBench() {}

  static void run(Path folder, Path predictions) throws Exception {
    Map<String, double[]> train = SeriesFile.read(folder.resolve("train.csv.gz"));
    Map<String, double[]> test = SeriesFile.read(folder.resolve("test.csv.gz"));
    List<Origin> origins = new ArrayList<>();
    for (Map.Entry<String, double[]> series : train.entrySet()) {
      double[] actual = test.get(series.getKey());
      if (actual == null)
        throw new IllegalArgumentException(series.getKey() + " has no test values");
      origins.add(new Origin(origins.size(), series.getValue(), actual));
    }
    int horizon = origins.getFirst().actual().length;
    // Two days of hours, or eight weeks of days.
    MlpSettings settings = horizon % 24 == 0 ? MlpSettings.hourly() : MlpSettings.daily();
    int season = settings.season();
    System.out.printf(
        Locale.ROOT,
        "%s: %d series, horizon %d, season %d%n",
        folder.getFileName(),
        train.size(),
        horizon,
        season);
    double[] naive = {};
    for (Forecaster forecaster :
        List.of(
            new Naive2(season),
            new SeasonalNaive(season),
            new SeasonalNaive(season == 24 ? 168 : 14),
            new Theta(season))) {
      ResidualIntervals quantiles = new ResidualIntervals(forecaster, 3);
      Backtest scores =
          Backtest.of(
              origins, o -> quantiles.forecast(o.history(), o.actual().length), settings::unit);
      if (naive.length == 0)
        naive = new double[] {Backtest.mean(scores.smape()), Backtest.mean(scores.mase())};
      print(forecaster.name(), scores, naive);
    }
    PythonBench.run(folder, settings, origins.stream().map(Origin::history).toList());
    network(settings, List.copyOf(train.keySet()), origins, naive, predictions);
  }

  private static void network(
      MlpSettings settings, List<String> ids, List<Origin> origins, double[] naive, Path file)
      throws Exception {
    List<double[]> histories = origins.stream().map(Origin::history).toList();
    long began = System.nanoTime();
    try (ForecastFit fit = new ForecastFit(settings, histories, 1)) {
      while (!fit.done()) {
        double loss = fit.epoch(share -> {});
        if (fit.epoch() % settings.epochs() == 0)
          System.out.printf(
              Locale.ROOT,
              "  epoch %d of %d, loss %.4f, %.0f s%n",
              fit.epoch(),
              fit.epochs(),
              loss,
              (System.nanoTime() - began) / 1e9);
      }
      System.out.printf(
          Locale.ROOT,
          "  trained %.2f million parameters x %d members, twice, in %.0f s; resident at most %d MB%n",
          settings.parameters() / 1e6,
          settings.members(),
          (System.nanoTime() - began) / 1e9,
          Memory.peakMegabytes());
      try (QuantileMlp model = fit.model()) {
        List<QuantileForecast> forecasts = model.forecast(histories);
        print("validation", fit.backtest().orElseThrow(), naive);
        print("quantile mlp", Backtest.of(origins, forecasts, settings::unit), naive);
        System.out.printf(
            Locale.ROOT,
            "  widening %.3f, fitted on the last %d steps of the histories; what the outcomes would ask for: %.3f%n",
            model.widening(),
            settings.horizon(),
            model.widening()
                * Calibration.widening(
                    forecasts, origins.stream().map(Origin::actual).toList(), 0.95));
        write(file, ids, forecasts);
        System.out.println("  predictions: " + file);
        ServingBench.run(model, histories);
      }
    }
  }

  private static void print(String name, Backtest scores, double[] naive) {
    double smape = Backtest.mean(scores.smape());
    double mase = Backtest.mean(scores.mase());
    System.out.printf(
        Locale.ROOT,
        "  %-20s sMAPE %6.3f  MASE %6.3f  OWA %6.4f  95 %%: MSIS %7.3f, coverage %.3f%n",
        name,
        smape,
        mase,
        ForecastScores.owa(smape, mase, naive[0], naive[1]),
        Backtest.mean(scores.msis()),
        Backtest.mean(scores.coverage()));
  }

  /** A row a series and step: its id, the step from 1, and every quantile. */
  private static void write(Path file, List<String> ids, List<QuantileForecast> forecasts)
      throws IOException {
    Files.createDirectories(file.getParent());
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
      out.print("id,step");
      for (double level : QuantileForecast.LEVELS) out.printf(Locale.ROOT, ",q%.3f", level);
      out.println();
      for (int i = 0; i < ids.size(); i++) {
        double[][] values = forecasts.get(i).values();
        for (int step = 0; step < values.length; step++) {
          out.print(ids.get(i) + "," + (step + 1));
          for (double value : values[step]) out.print("," + value);
          out.println();
        }
      }
    }
  }
}
