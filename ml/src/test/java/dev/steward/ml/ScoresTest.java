package dev.steward.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steward.ml.score.ForecastScores;
import org.junit.jupiter.api.Test;

/** Every formula against values computed by hand. */
final class ScoresTest {
  private static final double[] HISTORY = {1, 3, 2, 4, 3, 5};
  private static final double[] ACTUAL = {4, 6};
  private static final double[] FORECAST = {5, 3};

  private static void assertScore(double score, double expected) {
    assertThat(score).isCloseTo(expected, within(1e-9));
  }

  @Test
  void smape() {
    // 200 / 2 * (1/9 + 3/9)
    assertScore(ForecastScores.smape(ACTUAL, FORECAST), 400.0 / 9);
    assertScore(ForecastScores.smape(new double[] {0}, new double[] {0}), 0);
    assertScore(ForecastScores.smape(new double[] {1}, new double[] {-1}), 200);
  }

  @Test
  void mase() {
    // A season of 2: every step is 1. The mean absolute error is (1 + 3) / 2.
    assertScore(ForecastScores.seasonalStep(HISTORY, 2), 1);
    assertScore(ForecastScores.mase(HISTORY, ACTUAL, FORECAST, 2), 2);
    // Without a season: 2, 1, 2, 1, 2 are 1.6 in the mean.
    assertScore(ForecastScores.mase(HISTORY, ACTUAL, FORECAST, 1), 2 / 1.6);
    assertThatThrownBy(() -> ForecastScores.mase(HISTORY, ACTUAL, FORECAST, 6))
        .hasMessageContaining("longer than a season");
  }

  @Test
  void msisAndCoverage() {
    double[] lower = {3, 7};
    double[] upper = {5, 9};
    // Widths 2 and 2; the second lies 1 below, which costs 2 / 0.05.
    assertScore(ForecastScores.msis(HISTORY, ACTUAL, lower, upper, 2, 0.05), (2 + 2 + 40) / 2.0);
    assertScore(ForecastScores.coverage(ACTUAL, lower, upper), 0.5);
    assertScore(ForecastScores.coverage(ACTUAL, ACTUAL, ACTUAL), 1);
  }

  @Test
  void pinball() {
    assertScore(ForecastScores.pinball(ACTUAL, FORECAST, 0.9), (0.1 * 1 + 0.9 * 3) / 2);
    assertScore(ForecastScores.pinball(ACTUAL, FORECAST, 0.5), 1);
  }

  @Test
  void owa() {
    assertScore(ForecastScores.owa(18.383, 2.395, 18.383, 2.395), 1);
    // The published figures of ES-RNN and Naive 2 for M4 hourly give its published OWA of 0.440.
    assertThat(ForecastScores.owa(9.328, 0.893, 18.383, 2.395)).isCloseTo(0.440, within(0.0005));
  }

  @Test
  void aForecastMustBeAsLongAsWhatCame() {
    assertThatThrownBy(() -> ForecastScores.smape(ACTUAL, new double[1]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ForecastScores.smape(new double[0], new double[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
