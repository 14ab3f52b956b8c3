package dev.steward.domain.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steward.ml.forecast.Backtest;
import dev.steward.ml.forecast.Calibration;
import dev.steward.ml.forecast.ForecastFit;
import dev.steward.ml.forecast.MlpSettings;
import dev.steward.ml.forecast.ModelFile;
import dev.steward.ml.forecast.QuantileForecast;
import dev.steward.ml.forecast.QuantileMlp;
import dev.steward.ml.forecast.ResidualIntervals;
import dev.steward.ml.forecast.SeasonalNaive;
import dev.steward.model.LabProblem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class MlpTest {
  private static final MlpSettings SMALL =
      new MlpSettings(LabProblem.FORECAST, 7, 7, 28, 7, 16, 1, 2, 1, 4, 64, 3e-3, 1e-2, 0.2, 3);

  /** Weeks with a shape of their own, at several heights. */
  private static List<double[]> weeks(int count, int length) {
    SplittableRandom random = new SplittableRandom(9);
    List<double[]> series = new ArrayList<>();
    for (int s = 0; s < count; s++) {
      double height = Math.exp(random.nextDouble(0, 8));
      double[] values = new double[length];
      for (int i = 0; i < length; i++)
        values[i] = height * (3 + Math.sin(i * 2 * Math.PI / 7) + 0.2 * random.nextGaussian());
      series.add(values);
    }
    return series;
  }

  private static byte[] fit(MlpSettings settings, List<double[]> series) {
    try (ForecastFit fit = new ForecastFit(settings, series, 2)) {
      while (!fit.done()) fit.epoch(share -> {});
      return bytes(fit);
    }
  }

  private static byte[] bytes(ForecastFit fit) {
    try (QuantileMlp model = fit.model()) {
      return ModelFile.write(model);
    }
  }

  private static MlpSettings seeded(long seed) {
    return SMALL.with(Map.of("seed", (double) seed));
  }

  @Test
  void theSameSeedGivesTheSameBits() {
    List<double[]> series = weeks(6, 120);
    assertThat(fit(SMALL, series)).isEqualTo(fit(SMALL, series));
    assertThat(fit(seeded(4), series)).isNotEqualTo(fit(SMALL, series));
  }

  @Test
  void goesOnFromAnyEpochToTheSameBits() {
    List<double[]> series = weeks(6, 120);
    byte[] undisturbed = fit(SMALL, series);
    byte[] state = new byte[0];
    int epochs = 2 * SMALL.members() * SMALL.epochs();
    for (int epoch = 0; epoch < epochs; epoch++)
      try (ForecastFit fit = new ForecastFit(SMALL, series, 2)) {
        if (epoch > 0) fit.restore(state);
        assertThat(fit.epoch()).isEqualTo(epoch);
        fit.epoch(share -> {});
        state = fit.checkpoint();
        if (fit.done()) assertThat(bytes(fit)).isEqualTo(undisturbed);
      }
  }

  @Test
  void anEpochThatWasCutShortIsRepeated() {
    List<double[]> series = weeks(6, 120);
    try (ForecastFit cut = new ForecastFit(SMALL, series, 2);
        ForecastFit whole = new ForecastFit(SMALL, series, 2)) {
      whole.epoch(share -> {});
      cut.epoch(share -> {});
      byte[] state = cut.checkpoint();
      assertThatThrownBy(() ->
              cut.epoch(share -> {
                throw new IllegalStateException("killed");
              }))
          .hasMessage("killed");
      cut.restore(state);
      assertThat(cut.epoch(share -> {})).isEqualTo(whole.epoch(share -> {}));
      assertThat(cut.checkpoint()).isEqualTo(whole.checkpoint());
    }
  }

  @Test
  void learnsMoreThanTheRules() {
    List<double[]> series = weeks(12, 200);
    MlpSettings settings = SMALL.with(Map.of("epochs", 25.0, "hidden", 32.0, "dropout", 0.0));
    try (ForecastFit fit = new ForecastFit(settings, series, 2)) {
      while (!fit.done()) fit.epoch(share -> {});
      Backtest learnt = fit.backtest().orElseThrow();
      ResidualIntervals rule = new ResidualIntervals(new SeasonalNaive(7), 3);
      Backtest naive = Backtest.of(fit.origins(), o -> rule.forecast(o.history(), 7), SMALL::unit);
      assertThat(Backtest.mean(learnt.mase())).isLessThan(0.85 * Backtest.mean(naive.mase()));
      assertThat(Backtest.mean(learnt.coverage())).isBetween(0.9, 1.0);
    }
  }

  @Test
  void answersForEverySeries() {
    List<double[]> series = weeks(6, 120);
    double[] weekly = Arrays.copyOf(series.getFirst(), 60);
    try (QuantileMlp model = ModelFile.read(fit(SMALL, series))) {
      List<double[]> odd = new ArrayList<>();
      odd.add(new double[60]);
      odd.add(filled(5));
      odd.add(filled(-1e12));
      odd.add(scaled(weekly, 1e12));
      odd.add(scaled(weekly, 1e-12));
      odd.add(scaled(weekly, -1));
      double[] spike = weekly.clone();
      spike[40] = 1e9;
      odd.add(spike);
      for (QuantileForecast forecast : model.forecast(odd))
        for (double[] row : forecast.values()) {
          for (double value : row) assertThat(value).isFinite();
          assertThat(row).isSorted();
        }
      assertThat(model.forecast(odd).get(1).median()).containsOnly(5);
      // Twice as large is forecast twice as large.
      double[] one = model.forecast(List.of(weekly)).getFirst().median();
      double[] two = model.forecast(List.of(scaled(weekly, 2))).getFirst().median();
      for (int i = 0; i < one.length; i++)
        assertThat(two[i]).isCloseTo(2 * one[i], within(1e-3 * Math.abs(two[i])));
      // Alone or in company.
      double[] company = model.forecast(List.of(spike, weekly, filled(3))).get(1).median();
      for (int i = 0; i < one.length; i++)
        assertThat(company[i]).isCloseTo(one[i], within(1e-3 * Math.abs(one[i])));
      assertThatThrownBy(() -> model.forecast(List.of(new double[27])))
          .hasMessageContaining("28 steps; this one has 27");
    }
  }

  private static double[] filled(double value) {
    double[] series = new double[60];
    Arrays.fill(series, value);
    return series;
  }

  private static double[] scaled(double[] series, double factor) {
    return Arrays.stream(series).map(v -> v * factor).toArray();
  }

  @Test
  void refusesWhatIsNoModel() {
    byte[] model = fit(SMALL, weeks(3, 90));
    for (byte[] poisoned :
        List.of(
            new byte[0],
            new byte[] {1, 2, 3},
            "PK\3\4 a zip".getBytes(java.nio.charset.StandardCharsets.UTF_8),
            Arrays.copyOf(model, model.length - 1),
            Arrays.copyOf(model, model.length + 1),
            Arrays.copyOf(model, 40),
            changed(model, 4 + 4 * 4, Integer.MAX_VALUE),
            changed(model, 4 + 4 * 10 + 8 * 5, Integer.MAX_VALUE)))
      assertThatThrownBy(() -> ModelFile.read(poisoned))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("not ");
  }

  private static byte[] changed(byte[] model, int at, int value) {
    byte[] changed = model.clone();
    ByteBuffer.wrap(changed).order(java.nio.ByteOrder.LITTLE_ENDIAN).putInt(at, value);
    return changed;
  }

  @Test
  void tellsEverythingThatIsWrongWithSettings() {
    assertThatThrownBy(() -> SMALL.with(Map.of("hidden", 0.0, "epochs", 2.5, "colour", 1.0)))
        .isInstanceOfSatisfying(
            dev.steward.model.ProblemException.class,
            e -> assertThat(e.problem().violations()).hasSize(2));
    assertThatThrownBy(() -> SMALL.with(Map.of("hidden", 0.0, "window", 3.0, "dropout", 2.0)))
        .isInstanceOfSatisfying(
            dev.steward.model.ProblemException.class,
            e -> assertThat(e.problem().violations()).hasSize(3));
    assertThatThrownBy(() -> new ForecastFit(SMALL, weeks(2, 20), 1))
        .hasMessageContaining("nothing to learn");
  }

  @Test
  void intervalsAreWidenedAsFarAsNeeded() {
    QuantileForecast forecast =
        new QuantileForecast(
            QuantileForecast.LEVELS, new double[][] {{-1, -.8, -.6, -.3, 0, .3, .6, .8, 1}});
    List<QuantileForecast> four = List.of(forecast, forecast, forecast, forecast);
    List<double[]> actuals =
        List.of(new double[] {0.5}, new double[] {-1}, new double[] {2}, new double[] {3});
    assertThat(Calibration.widening(four, actuals, 0.75)).isEqualTo(3);
    assertThat(Calibration.widening(four, actuals, 0.4)).isEqualTo(1);
    assertThat(forecast.widened(3).at(0.975)).containsExactly(3);
  }

  /** The peak of a process's memory after 20 trainings is its peak after 100. */
  @Test
  @Tag("nightly")
  void memoryStaysFlatOver100Trainings() throws IOException {
    List<double[]> series = weeks(6, 120);
    long early = 0;
    for (int training = 1; training <= 100; training++) {
      fit(SMALL, series);
      if (training == 20) early = residentMegabytes();
    }
    assertThat(residentMegabytes() - early).isLessThan(100);
  }

  private static long residentMegabytes() throws IOException {
    System.gc();
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }

  /** Twenty steps are two whole horizons of seven: each is forecast from what was before it. */
  @Test
  void theNewestStepsAreJudgedOnce() {
    List<double[]> whole = weeks(6, 120);
    List<double[]> cut = whole.stream().map(s -> Arrays.copyOf(s, 100)).toList();
    try (ForecastFit fit = new ForecastFit(SMALL, cut, 1)) {
      while (!fit.done()) fit.epoch(_ -> {});
      try (QuantileMlp model = fit.model()) {
        Backtest test = Judging.test(SMALL, whole, 20, model).orElseThrow();
        assertThat(test.mase()).hasSize(12);
        double[] first = model.forecast(List.of(cut.getFirst())).getFirst().median();
        double error = 0;
        for (int i = 0; i < 7; i++) error += Math.abs(first[i] - whole.getFirst()[100 + i]) / 7;
        // The newest horizon comes first, so the one behind what was learnt is the second.
        // Alone and in a batch are different kernels, which add up in another order on some
        // processors: equal to what a float holds, not to the last bit.
        double mase = error / SMALL.unit(cut.getFirst());
        assertThat(test.mase()[1]).isCloseTo(mase, within(1e-4 * mase));
        assertThat(Judging.test(SMALL, whole, 6, model)).isEmpty();
      }
    }
  }
}
