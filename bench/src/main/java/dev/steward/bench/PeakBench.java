package dev.steward.bench;

import dev.steward.domain.data.Gaps;
import dev.steward.domain.lab.Judging;
import dev.steward.domain.lab.Scoreboard;
import dev.steward.ml.forecast.Backtest;
import dev.steward.ml.forecast.ForecastFit;
import dev.steward.ml.forecast.MlpSettings;
import dev.steward.ml.forecast.Peak;
import dev.steward.ml.forecast.PeakRule;
import dev.steward.ml.score.PairedBootstrap;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Who forecasts the peak of the next fortnight better, the calibrated rule or the network: on the
 * newest fortnight of hourly series, by what was learnt from the time before it.
 */
record PeakBench(List<Path> folders) implements Main.Benchmark {
  @Override
  public void run() throws Exception {
    if (folders.isEmpty())
      System.out.println("give folders of hourly series: train.csv.gz, and test.csv.gz if any");
    for (Path folder : folders) run(folder);
  }

  private static void run(Path folder) throws Exception {
    Map<String, double[]> read = SeriesFile.read(folder.resolve("train.csv.gz"));
    if (Files.exists(folder.resolve("test.csv.gz")))
      SeriesFile.read(folder.resolve("test.csv.gz"))
          .forEach((id, more) -> read.computeIfPresent(id, (_, values) -> joined(values, more)));
    MlpSettings settings = MlpSettings.peak();
    read.values().removeIf(values -> !Gaps.fillable(values));
    List<double[]> series =
        read.values().stream().map(values -> Gaps.filled(values, settings.week())).toList();
    long began = System.nanoTime();
    try (ForecastFit fit = new ForecastFit(settings, series, 1)) {
      while (!fit.done()) fit.epoch(_ -> {});
      Scoreboard board =
          Judging.board(settings, List.copyOf(read.keySet()), series, fit, 1, Map.of());
      System.out.printf(
          Locale.ROOT,
          "%s: peaks of %d series, learnt in %.0f s%n",
          folder.getFileName(),
          fit.origins().size(),
          (System.nanoTime() - began) / 1e9);
      board
          .methods()
          .forEach((name, scores) ->
              System.out.printf(
                  Locale.ROOT,
                  "  %-40s pinball %.4f, error %.4f, 95 %% interval holds %.3f%n",
                  name,
                  Backtest.mean(scores.pinball()),
                  Backtest.mean(scores.mase()),
                  Backtest.mean(scores.coverage())));
      PairedBootstrap.Result result =
          PairedBootstrap.of(
              board.errors(Scoreboard.MODEL),
              board.errors(board.bestBaseline()),
              PairedBootstrap.DRAWS,
              1);
      System.out.printf(
          Locale.ROOT,
          "  model less %s: %.4f, 95 %% from %.4f to %.4f, p %.4f: %s%n",
          board.bestBaseline(),
          result.difference(),
          result.low(),
          result.high(),
          result.p(),
          result.tie() ? "a tie, so the rule" : result.difference() < 0 ? "the model" : "the rule");
      PeakRule all =
          PeakRule.of(series.stream().flatMap(s -> Peak.cases(s, settings).stream()).toList());
      System.out.println("  ratios of " + all.cases() + " cases: " + Arrays.toString(all.ratios()));
    }
  }

  private static double[] joined(double[] first, double[] second) {
    double[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }
}
