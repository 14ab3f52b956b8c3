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
}
