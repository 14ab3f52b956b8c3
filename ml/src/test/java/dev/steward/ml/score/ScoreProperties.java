package dev.steward.ml.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.instancio.Instancio.gen;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.instancio.junit.InstancioExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What holds of every score, whatever was forecast. */
@ExtendWith(InstancioExtension.class)
final class ScoreProperties {
  private static final int CASES = 300;

  private static double[] drawn(int length, double from, double to) {
    return DoubleStream.generate(gen().doubles().range(from, to)::get).limit(length).toArray();
  }

  private static int length() {
    return gen().ints().range(1, 40).get();
  }

  private static double[] times(double[] values, double factor) {
    return Arrays.stream(values).map(v -> v * factor).toArray();
  }

  private static double[] plus(double[] values, double shift) {
    return Arrays.stream(values).map(v -> v + shift).toArray();
  }

  @Test
  void aPerfectForecastHasNoErrorAndNoOtherHas() {
    for (int i = 0; i < CASES; i++) {
      double[] actual = drawn(length(), -1e6, 1e6);
      double[] other = actual.clone();
      other[gen().ints().range(0, actual.length - 1).get()] += 1;
      assertThat(ForecastScores.smape(actual, actual)).isZero();
      assertThat(ForecastScores.absoluteError(actual, actual)).isZero();
      assertThat(ForecastScores.pinball(actual, actual, 0.3)).isZero();
      assertThat(ForecastScores.intervalScore(actual, actual, actual, 0.05)).isZero();
      assertThat(ForecastScores.coverage(actual, actual, actual)).isEqualTo(1);
      assertThat(ForecastScores.smape(actual, other)).isPositive();
      assertThat(ForecastScores.absoluteError(actual, other)).isPositive();
      assertThat(ForecastScores.pinball(actual, other, 0.3)).isPositive();
    }
  }

  @Test
  void theSymmetricErrorIsSymmetricAndWithinItsBounds() {
    for (int i = 0; i < CASES; i++) {
      int length = length();
      double[] a = drawn(length, -100, 100);
      double[] b = drawn(length, -100, 100);
      double error = ForecastScores.smape(a, b);
      assertThat(error).isBetween(0.0, 200.0);
      assertThat(ForecastScores.smape(b, a)).isCloseTo(error, within(1e-9));
    }
  }

  @Test
  void scaledScoresDoNotKnowTheUnitAndSomeNotTheLevel() {
    for (int i = 0; i < CASES; i++) {
      int length = length();
      double[] history = drawn(length + 10, 1, 1_000);
      double[] actual = drawn(length, 1, 1_000);
      double[] forecast = drawn(length, 1, 1_000);
      double factor = gen().doubles().range(1e-3, 1e3).get();
      double shift = gen().doubles().range(-1e3, 1e3).get();
      double mase = ForecastScores.mase(history, actual, forecast, 3);
      assertThat(
              ForecastScores.mase(
                  times(history, factor), times(actual, factor), times(forecast, factor), 3))
          .isCloseTo(mase, within(1e-6 * (1 + mase)));
      assertThat(
              ForecastScores.mase(
                  plus(history, shift), plus(actual, shift), plus(forecast, shift), 3))
          .isCloseTo(mase, within(1e-6 * (1 + mase)));
      assertThat(ForecastScores.smape(times(actual, factor), times(forecast, factor)))
          .isCloseTo(ForecastScores.smape(actual, forecast), within(1e-6));
    }
  }

  /** Half of the absolute error, which no quantile but the middle has. */
  @Test
  void thePinballLossOfTheMiddleIsHalfTheAbsoluteError() {
    for (int i = 0; i < CASES; i++) {
      int length = length();
      double[] actual = drawn(length, -100, 100);
      double[] forecast = drawn(length, -100, 100);
      assertThat(ForecastScores.pinball(actual, forecast, 0.5))
          .isCloseTo(ForecastScores.absoluteError(actual, forecast) / 2, within(1e-9));
      double upper = ForecastScores.pinball(actual, forecast, 0.9);
      double mirrored = ForecastScores.pinball(times(actual, -1), times(forecast, -1), 0.1);
      assertThat(upper).isCloseTo(mirrored, within(1e-9));
    }
  }

  /** It is proper: no other number is a better forecast of a level than the quantile itself. */
  @Test
  void theQuantileItselfHasTheLeastPinballLoss() {
    for (int i = 0; i < 50; i++) {
      double[] actual = drawn(99, 0, 100);
      double level = gen().ints().range(1, 9).get() / 10.0;
      double[] sorted = actual.clone();
      Arrays.sort(sorted);
      double[] best = new double[actual.length];
      Arrays.fill(best, sorted[(int) (level * actual.length)]);
      double least = ForecastScores.pinball(actual, best, level);
      double[] other = plus(best, gen().doubles().range(-50.0, 50.0).get());
      assertThat(ForecastScores.pinball(actual, other, level)).isGreaterThanOrEqualTo(least - 1e-9);
    }
  }

  @Test
  void aWiderIntervalCoversNoLess() {
    for (int i = 0; i < CASES; i++) {
      int length = length();
      double[] actual = drawn(length, -100, 100);
      double[] lower = drawn(length, -50, 0);
      double[] upper = drawn(length, 0, 50);
      double more = gen().doubles().range(0.0, 60.0).get();
      double narrow = ForecastScores.coverage(actual, lower, upper);
      assertThat(ForecastScores.coverage(actual, plus(lower, -more), plus(upper, more)))
          .isBetween(narrow, 1.0);
    }
  }

  /** Nobody knows how good it was, and that is not perfect. */
  @Test
  void whatIsNoNumberHasNoGoodScore() {
    double[] known = {1, 2};
    double[] unknown = {1, Double.NaN};
    assertThat(ForecastScores.smape(known, unknown)).isNaN();
    assertThat(ForecastScores.smape(unknown, known)).isNaN();
    assertThat(ForecastScores.absoluteError(known, unknown)).isNaN();
    assertThat(ForecastScores.pinball(known, unknown, 0.5)).isNaN();
    assertThat(ForecastScores.intervalScore(known, unknown, known, 0.05)).isNaN();
    assertThat(ForecastScores.coverage(unknown, unknown, unknown)).isEqualTo(0.5);
  }

  // Comparisons

  @Test
  void theOtherWayRoundADifferenceIsTheOtherWayRound() {
    for (int i = 0; i < 20; i++) {
      double[] a = drawn(30, 0, 10);
      double[] b = drawn(30, 0, 12);
      var one = PairedBootstrap.of(a, b, 500, i);
      var other = PairedBootstrap.of(b, a, 500, i);
      assertThat(other.difference()).isCloseTo(-one.difference(), within(1e-9));
      assertThat(other.low()).isCloseTo(-one.high(), within(1e-9));
      assertThat(other.p()).isEqualTo(one.p());
      assertThat(other.tie()).isEqualTo(one.tie());
      assertThat(one.difference()).isBetween(one.low(), one.high());
      assertThat(one.p()).isBetween(1.0 / 501, 1.0);
    }
  }

  @Test
  void whoIsAlwaysBetterIsSaidToBeAndWhoIsTheSameIsATie() {
    double[] a = drawn(40, 0, 10);
    var better = PairedBootstrap.of(a, plus(a, 1), 1_000, 1);
    assertThat(better.tie()).isFalse();
    assertThat(better.high()).isNegative();
    assertThat(PairedBootstrap.of(a, a, 1_000, 1).tie()).isTrue();
    assertThat(PairedBootstrap.of(a, a, 1_000, 1).p()).isEqualTo(1);
  }

  @Test
  void aCaseThatIsNoNumberIsLeftOutAndNoCaseProvesNothing() {
    double[] a = {1, Double.NaN, 3, 4};
    double[] b = {2, 2, Double.NaN, 6};
    var result = PairedBootstrap.of(a, b, 1_000, 1);
    assertThat(result.cases()).isEqualTo(2);
    assertThat(result.difference()).isCloseTo(-1.5, within(1e-9));
    double[] none = {Double.NaN};
    assertThat(PairedBootstrap.of(none, none, 10, 1).tie()).isTrue();
    assertThat(PairedBootstrap.of(none, none, 10, 1).p()).isEqualTo(1);
    assertThat(DieboldMariano.of(none, none, 1).tie()).isTrue();
    assertThat(DieboldMariano.of(a, b, 1).tie()).isTrue();
  }

  @Test
  void adjustedForManyComparisonsNothingGetsLikelierAndTheOrderStays() {
    for (int i = 0; i < CASES; i++) {
      double[] p = drawn(length(), 0, 1);
      double[] adjusted = PairedBootstrap.holm(p);
      for (int a = 0; a < p.length; a++) {
        assertThat(adjusted[a]).isBetween(p[a], 1.0);
        for (int b = 0; b < p.length; b++)
          if (p[a] < p[b]) assertThat(adjusted[a]).isLessThanOrEqualTo(adjusted[b]);
      }
    }
    assertThat(PairedBootstrap.holm(new double[] {0.01, 0.04, 0.03}))
        .containsExactly(new double[] {0.03, 0.06, 0.06}, within(1e-12));
  }

  // Stability

  @Test
  void theSameValuesAreSpreadTheSameWhateverTheirOrder() {
    for (int i = 0; i < 50; i++) {
      double[] before = drawn(gen().ints().range(1, 300).get(), -100, 100);
      List<Double> shuffled = new java.util.ArrayList<>(Arrays.stream(before).boxed().toList());
      Collections.shuffle(shuffled, new Random(i));
      double[] now = shuffled.stream().mapToDouble(Double::doubleValue).toArray();
      assertThat(Stability.index(before, now)).isCloseTo(0, within(1e-12));
    }
  }

  @Test
  void whatLiesElsewhereHasChangedAndWhatIsMissingIsNoValue() {
    double[] before = drawn(200, 0, 10);
    assertThat(Stability.index(before, drawn(200, 20, 30))).isGreaterThan(Stability.CHANGED);
    double[] gaps =
        DoubleStream.concat(Arrays.stream(before), DoubleStream.of(Double.NaN)).toArray();
    assertThat(Stability.index(before, gaps)).isCloseTo(0, within(1e-12));
    assertThat(Stability.index(before, new double[] {Double.NaN})).isNaN();
    assertThat(Stability.index(new double[0], before)).isNaN();
    assertThat(Stability.chance(before, new double[0])).isZero();
    assertThat(Stability.chance(before, before)).isCloseTo(9 * 2.0 / 200, within(1e-12));
  }

  @Test
  void aConstantIsSpreadAsItIsAndAnotherOneIsNot() {
    double[] flat = new double[100];
    assertThat(Stability.index(flat, flat)).isCloseTo(0, within(1e-12));
    assertThat(Stability.index(flat, plus(flat, 1.0))).isGreaterThan(Stability.CHANGED);
  }

  // Anomalies

  @Test
  void whoSaysNothingHasNothingAndWhoFindsAllAtOnceHasAll() {
    List<NabScore.Window> windows =
        List.of(new NabScore.Window(200, 250), new NabScore.Window(500, 560));
    boolean[] silent = new boolean[1_000];
    assertThat(NabScore.of(silent, windows).normalized()).isCloseTo(0, within(1e-9));
    boolean[] atOnce = new boolean[1_000];
    atOnce[200] = true;
    atOnce[500] = true;
    var all = NabScore.of(atOnce, windows);
    assertThat(all.normalized()).isCloseTo(100, within(1e-9));
    assertThat(all.found()).isEqualTo(2);
    assertThat(all.falseAlarms()).isZero();
  }

  @Test
  void earlierIsBetterAndAnAlarmMoreInTheSameWindowCostsNothing() {
    List<NabScore.Window> window = List.of(new NabScore.Window(300, 400));
    double last = Double.POSITIVE_INFINITY;
    for (int row = 300; row <= 400; row += 20) {
      boolean[] alarms = new boolean[1_000];
      alarms[row] = true;
      double score = NabScore.of(alarms, window).raw();
      assertThat(score).as("row %s", row).isLessThan(last);
      last = score;
      alarms[400] = true;
      assertThat(NabScore.of(alarms, window).raw()).isCloseTo(score, within(1e-12));
    }
  }

  @Test
  void aFalseAlarmCostsAndOneBeforeTheTrialEndsDoesNot() {
    List<NabScore.Window> window = List.of(new NabScore.Window(600, 650));
    boolean[] early = new boolean[1_000];
    early[NabScore.probation(1_000) - 1] = true;
    assertThat(NabScore.of(early, window).raw()).isEqualTo(-1);
    boolean[] wrong = new boolean[1_000];
    wrong[NabScore.probation(1_000)] = true;
    assertThat(NabScore.of(wrong, window).raw()).isCloseTo(-1.11, within(1e-9));
    assertThat(NabScore.of(wrong, window).falseAlarms()).isEqualTo(1);
    assertThat(IntStream.of(100, 10_000).map(NabScore::probation)).containsExactly(15, 750);
  }
}
