package dev.steward.domain.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steward.ml.forecast.Backtest;
import dev.steward.ml.forecast.ForecastFit;
import dev.steward.ml.forecast.MlpSettings;
import dev.steward.ml.forecast.ModelFile;
import dev.steward.ml.forecast.Peak;
import dev.steward.ml.forecast.PeakRule;
import dev.steward.ml.forecast.QuantileForecast;
import dev.steward.ml.forecast.QuantileMlp;
import dev.steward.model.DataSet.Frequency;
import dev.steward.model.LabProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Peaks of hourly maxima: what they are, the rule, and the net. */
final class PeakTest {
  private static final MlpSettings SMALL =
      MlpSettings.peak()
          .with(
              Map.of(
                  "window", 168.0, "horizon", 48.0, "stride", 24.0, "epochs", 8.0, "hidden", 8.0));

  /** Hours with a day's shape, each series as high as it likes; they rise by a tenth a week. */
  private static List<double[]> hours(int count, int length) {
    SplittableRandom random = new SplittableRandom(5);
    List<double[]> series = new ArrayList<>();
    for (int s = 0; s < count; s++) {
      double height = random.nextDouble(5, 60);
      double[] values = new double[length];
      for (int i = 0; i < length; i++)
        values[i] =
            height
                * Math.exp(0.1 * i / 168)
                * (1 + 0.3 * Math.sin(i * Math.PI / 12) + 0.02 * random.nextGaussian());
      series.add(values);
    }
    return series;
  }

  @Test
  void aPeakIsTheNinetyNinthPercentile() {
    assertThat(Peak.of(IntStream.rangeClosed(0, 100).mapToDouble(i -> i).toArray())).isEqualTo(99);
    assertThat(Peak.of(IntStream.range(0, 336).mapToDouble(i -> i).toArray()))
        .isCloseTo(331.65, within(1e-9));
    double[] gaps = new double[10];
    gaps[0] = Double.NaN;
    gaps[1] = Double.NaN;
    assertThat(Peak.of(gaps)).isZero();
    gaps[2] = Double.NaN;
    assertThat(Peak.of(gaps)).isNaN();
    assertThat(Peak.of(new double[0])).isNaN();
    assertThat(Peak.newest(new double[5], 6)).isNaN();
  }

  @Test
  void theRuleIsTheRatiosItSaw() {
    List<Peak.Case> cases =
        IntStream.rangeClosed(0, 1_000).mapToObj(i -> new Peak.Case(10, 5 + i / 100.0)).toList();
    double[] quantiles = PeakRule.of(cases).forecast(20).values()[0];
    assertThat(quantiles[4]).isCloseTo(20, within(1e-9));
    assertThat(quantiles[8]).isCloseTo(29.5, within(1e-9));
    assertThat(PeakRule.orShipped(cases.subList(0, 79)).cases()).isEqualTo(602);
    assertThat(PeakRule.orShipped(cases).cases()).isEqualTo(1_001);
    assertThatThrownBy(() -> PeakRule.of(List.of())).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void casesAreAWeekApartAndKnown() {
    double[] values = new double[42 * 24];
    Arrays.fill(values, 7);
    assertThat(Peak.cases(values, MlpSettings.peak()))
        .hasSize(3)
        .allMatch(c -> c.before() == 7 && c.after() == 7);
    Arrays.fill(values, 0, 336, Double.NaN);
    // The oldest fortnight is unknown, and the one a week later half of it.
    assertThat(Peak.cases(values, MlpSettings.peak())).hasSize(1);
    assertThat(Peak.cases(new double[2_000], MlpSettings.peak())).isEmpty();
  }

  @Test
  void theNetLearnsWhatRisesAndComesBackFromItsFile() {
    List<double[]> series = hours(40, 600);
    try (ForecastFit fit = new ForecastFit(SMALL, series, 2)) {
      assertThat(fit.origins()).hasSize(80).allMatch(o -> o.actual().length == 1);
      while (!fit.done()) fit.epoch(_ -> {});
      List<String> ids =
          IntStream.range(0, 40).mapToObj(i -> "account " + (i < 20 ? "low" : "high")).toList();
      Scoreboard board;
      try (QuantileMlp champion = fit.model()) {
        board = Judging.board(SMALL, ids, series, fit, 2, Map.of(7, champion));
      }
      assertThat(board.methods())
          .containsOnlyKeys(
              Scoreboard.MODEL,
              "baseline shipped calibrated peak",
              "baseline calibrated peak",
              "champion version 7");
      assertThat(board.champion()).contains("champion version 7");
      assertThat(board.groups()).containsKeys("low", "high", "smallest quarter", "largest quarter");
      assertThat(board.groups().get("low")).hasSize(40);
      assertThat(board.bestBaseline()).isEqualTo("baseline calibrated peak");
      assertThat(Backtest.mean(board.errors(Scoreboard.MODEL))).isLessThan(0.05);
      try (QuantileMlp model = fit.model();
          QuantileMlp again = ModelFile.read(ModelFile.write(model))) {
        assertThat(again.settings()).isEqualTo(SMALL);
        assertThat(again.forecast(series).get(3).values())
            .isDeepEqualTo(model.forecast(series).get(3).values())
            .hasDimensions(1, QuantileForecast.LEVELS.length);
        // Twice as high is twice the peak; nothing at all stays nothing.
        double[] twice = Arrays.stream(series.getFirst()).map(v -> 2 * v).toArray();
        assertThat(again.forecast(List.of(twice)).getFirst().median()[0])
            .isCloseTo(
                2 * again.forecast(List.of(series.getFirst())).getFirst().median()[0],
                within(1e-3));
        assertThat(again.forecast(List.of(new double[600])).getFirst().median()[0]).isZero();
      }
    }
  }

  @Test
  void goesOnFromAnEpochToTheSameBits() {
    List<double[]> series = hours(10, 400);
    MlpSettings two = SMALL.with(Map.of("epochs", 2.0, "members", 1.0));
    byte[] state;
    try (ForecastFit fit = new ForecastFit(two, series, 1)) {
      while (fit.epoch() < 3) fit.epoch(_ -> {});
      state = fit.checkpoint();
      fit.epoch(_ -> {});
      try (ForecastFit other = new ForecastFit(two, series, 1)) {
        other.restore(state);
        other.epoch(_ -> {});
        assertThat(other.checkpoint()).isEqualTo(fit.checkpoint());
      }
    }
  }

  @Test
  void onlyHoursHavePeaks() {
    assertThatThrownBy(() -> MlpSettings.of(LabProblem.RIGHTSIZING, Frequency.DAILY))
        .isInstanceOf(dev.steward.model.ProblemException.class);
    assertThatThrownBy(() -> MlpSettings.peak().with(Map.of("window", 30.0)))
        .isInstanceOf(dev.steward.model.ProblemException.class);
  }
}
