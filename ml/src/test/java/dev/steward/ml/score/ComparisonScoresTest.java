package dev.steward.ml.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steward.ml.score.NabScore.Tally;
import dev.steward.ml.score.NabScore.Window;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Scores of detectors and comparisons, against values computed by hand. */
final class ComparisonScoresTest {
  private static final List<Window> WINDOW = List.of(new Window(50, 59));

  private static Tally tally(int... rows) {
    boolean[] alarms = new boolean[100];
    for (int row : rows) alarms[row] = true;
    return NabScore.of(alarms, WINDOW);
  }

  @Test
  void nobodyAndEverything() {
    assertThat(tally().normalized()).isZero();
    assertThat(tally(50).normalized()).isEqualTo(100);
    assertThat(tally(50, 51, 55).normalized()).isEqualTo(100);
    assertThat(tally(50).found()).isEqualTo(1);
  }

  @Test
  void laterIsLess() {
    // The last row of ten: (2 / (1 + e^-0.5) - 1) / (2 / (1 + e^-5) - 1)
    assertThat(tally(59).raw()).isCloseTo(0.2449187 / 0.9866143, within(1e-6));
  }

  @Test
  void falseAlarmsCost() {
    // Before any window a whole false alarm; the window is missed.
    assertThat(tally(20).raw()).isCloseTo(-1.11, within(1e-9));
    assertThat(tally(20).normalized()).isCloseTo(-5.5, within(1e-9));
    // One row behind a window of ten: position 1/9.
    assertThat(tally(50, 60).raw())
        .isCloseTo(1 + 0.11 * (2 / (1 + Math.exp(5 / 9.0)) - 1), within(1e-9));
    // More than three widths behind it: a whole one again.
    assertThat(tally(50, 99).raw()).isCloseTo(1 - 0.11, within(1e-9));
  }

  @Test
  void theBeginningIsNotScored() {
    assertThat(NabScore.probation(100)).isEqualTo(15);
    assertThat(NabScore.probation(10_000)).isEqualTo(750);
    assertThat(tally(3, 14).falseAlarms()).isZero();
    assertThat(tally(15).falseAlarms()).isEqualTo(1);
  }

  @Test
  void theSameIsATie() {
    double[] a = {1, 2, 3};
    PairedBootstrap.Result same = PairedBootstrap.of(a, a, 1_000, 1);
    assertThat(same.tie()).isTrue();
    assertThat(same.p()).isEqualTo(1);
    assertThat(same.difference()).isZero();
  }

  @Test
  void whatIsAlwaysBetterIsBetter() {
    PairedBootstrap.Result better =
        PairedBootstrap.of(new double[] {1, 2, 3}, new double[] {2, 3, 4}, 1_000, 1);
    assertThat(better.difference()).isEqualTo(-1);
    assertThat(better.low()).isEqualTo(-1);
    assertThat(better.high()).isEqualTo(-1);
    assertThat(better.tie()).isFalse();
    assertThat(better.p()).isCloseTo(1 / 1001.0, within(1e-12));
  }

  /** The interval is that of the normal distribution where there are many cases. */
  @Test
  void theIntervalIsAsWideAsItShouldBe() {
    SplittableRandom random = new SplittableRandom(6);
    double[] a = new double[400];
    double[] b = new double[400];
    for (int i = 0; i < a.length; i++) a[i] = random.nextGaussian();
    PairedBootstrap.Result result = PairedBootstrap.of(a, b, PairedBootstrap.DRAWS, 1);
    assertThat(result.high() - result.low()).isCloseTo(2 * 1.96 / 20, within(0.025));
    assertThat(result.cases()).isEqualTo(400);
  }

  @Test
  void casesWithoutANumberAreLeftOut() {
    double[] a = {1, Double.NaN, 3};
    assertThat(PairedBootstrap.of(a, new double[] {2, 2, 2}, 100, 1).cases()).isEqualTo(2);
    assertThatThrownBy(() -> PairedBootstrap.of(a, new double[2], 100, 1))
        .hasMessageContaining("same cases");
  }

  @Test
  void manyComparisonsAskForMore() {
    assertThat(PairedBootstrap.holm(new double[] {0.01, 0.04, 0.03}))
        .containsExactly(new double[] {0.03, 0.06, 0.06}, within(1e-12));
    assertThat(PairedBootstrap.holm(new double[] {0.9, 0.8})).containsExactly(1, 1);
    assertThat(PairedBootstrap.holm(new double[0])).isEmpty();
  }

  /** By hand: half a value more in each bin, and in those beyond. */
  @Test
  void aSpreadThatIsTheSameHasNoIndex() {
    double[] values = new double[200];
    for (int i = 0; i < values.length; i++) values[i] = i % 50;
    assertThat(Stability.index(values, values)).isZero();
    double[] moved = new double[200];
    for (int i = 0; i < moved.length; i++) moved[i] = 40 + i % 50;
    assertThat(Stability.index(values, moved)).isGreaterThan(1);
    // Eight of 1 and two of 2, and the other way round: the same bins, below and above as well.
    double[] low = {1, 1, 1, 1, 1, 1, 1, 1, 2, 2};
    double[] high = {1, 1, 2, 2, 2, 2, 2, 2, 2, 2};
    double[] expected = {0.5 / 12, 8.5 / 12, 2.5 / 12, 0.5 / 12};
    double[] seen = {0.5 / 12, 2.5 / 12, 8.5 / 12, 0.5 / 12};
    double index = 0;
    for (int i = 0; i < 3; i++) index += (seen[i] - expected[i]) * Math.log(seen[i] / expected[i]);
    assertThat(Stability.index(low, high)).isCloseTo(index, within(1e-12));
    assertThat(Stability.chance(values, moved)).isCloseTo(9 * 0.01, within(1e-12));
    assertThat(Stability.index(new double[] {Double.NaN}, values)).isNaN();
    double[] constant = {5, 5, 5, 5, 5, 5, 5, 5, 5, 5};
    assertThat(Stability.index(constant, constant)).isZero();
    assertThat(Stability.index(constant, new double[] {6, 6, 6, 6, 6, 6, 6, 6, 6, 6}))
        .isGreaterThan(Stability.CHANGED);
  }

  /** t = mean / sqrt(variance / n) with the factor (n + 1 - 2h + h(h-1)/n) / n of 1997. */
  @Test
  void dieboldAndMarianoByHand() {
    double[] first = {1, 2, 3, 4, 5};
    double[] second = {2, 2, 5, 5, 5};
    // Differences -1, 0, -2, -1, 0: mean -0.8, variance 0.56; t = -0.8 / sqrt(0.56 / 5 / 0.8).
    PairedBootstrap.Result result = DieboldMariano.of(first, second, 1);
    assertThat(result.difference()).isCloseTo(-0.8, within(1e-12));
    // Two-sided, four degrees of freedom, t = 2.138: 0.0993 (tables of Student's t).
    assertThat(result.p()).isCloseTo(0.0993, within(5e-4));
    assertThat(result.high()).isCloseTo(-0.8 + 2.776 * Math.sqrt(0.14), within(1e-3));
    assertThat(result.tie()).isTrue();
    assertThat(DieboldMariano.of(first, first, 1).p()).isEqualTo(1);
    assertThat(DieboldMariano.of(new double[] {1}, new double[] {2}, 1).tie()).isTrue();
    assertThatThrownBy(() -> DieboldMariano.of(first, new double[2], 1))
        .hasMessageContaining("same cases");
  }
}
