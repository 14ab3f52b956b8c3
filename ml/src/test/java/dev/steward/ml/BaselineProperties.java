package dev.steward.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steward.ml.forecast.Forecaster;
import dev.steward.ml.forecast.Naive2;
import dev.steward.ml.forecast.SeasonalNaive;
import dev.steward.ml.forecast.Theta;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

final class BaselineProperties {
  private static final int SEASON = 4;
  private static final List<Forecaster> ALL =
      List.of(new SeasonalNaive(SEASON), new Naive2(SEASON), new Theta(SEASON));

  /** A level times a season, with a trend. */
  private static double[] series(double level, double slope, int length) {
    double[] factors = {0.5, 1.0, 1.6, 0.9};
    double[] series = new double[length];
    for (int i = 0; i < length; i++) series[i] = (level + slope * i) * factors[i % SEASON];
    return series;
  }

  @Property
  void aPureSeasonComesAgain(
      @ForAll @DoubleRange(min = 1, max = 1e6) double level,
      @ForAll @IntRange(min = 40, max = 90) int length) {
    double[] all = series(level, 0, length + 6);
    double[] history = java.util.Arrays.copyOf(all, length);
    for (Forecaster forecaster : ALL) {
      double[] forecast = forecaster.forecast(history, 6);
      for (int i = 0; i < 6; i++)
        assertThat(forecast[i])
            .as(forecaster.name())
            .isCloseTo(all[length + i], within(level * 1e-6));
    }
  }

  @Property
  void whatIsTwiceAsLargeIsForecastTwiceAsLarge(
      @ForAll @IntRange(min = 12, max = 40) int length,
      @ForAll @DoubleRange(min = 0.1, max = 100) double factor) {
    double[] one = series(10, 0.3, length);
    double[] other = java.util.Arrays.stream(one).map(v -> v * factor).toArray();
    for (Forecaster forecaster : ALL) {
      double[] a = forecaster.forecast(one, 5);
      double[] b = forecaster.forecast(other, 5);
      for (int i = 0; i < 5; i++)
        assertThat(b[i]).as(forecaster.name()).isCloseTo(a[i] * factor, within(1e-6 * factor));
    }
  }

  @Example
  void thetaFollowsHalfTheTrend() {
    double[] line = new double[30];
    for (int i = 0; i < line.length; i++) line[i] = 100 + 2 * i;
    double[] forecast = new Theta(1).forecast(line, 2);
    assertThat(forecast[1] - forecast[0]).isCloseTo(1, within(1e-9));
  }

  @Example
  void takesConstantTinyAndHugeSeries() {
    for (double value : new double[] {0, 1e-9, 7, 1e15})
      for (Forecaster forecaster : ALL) {
        double[] flat = new double[20];
        java.util.Arrays.fill(flat, value);
        for (double forecast : forecaster.forecast(flat, 3))
          assertThat(forecast).as(forecaster.name()).isCloseTo(value, within(value * 1e-9));
      }
  }

  @Example
  void refusesAHistoryThatIsTooShort() {
    for (Forecaster forecaster : ALL)
      assertThatThrownBy(() -> forecaster.forecast(new double[0], 1))
          .isInstanceOf(IllegalArgumentException.class);
  }
}
