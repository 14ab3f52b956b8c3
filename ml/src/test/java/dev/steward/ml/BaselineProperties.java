package dev.steward.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.instancio.Instancio.gen;

import dev.steward.ml.forecast.Forecaster;
import dev.steward.ml.forecast.Naive2;
import dev.steward.ml.forecast.SeasonalNaive;
import dev.steward.ml.forecast.Theta;
import java.util.List;
import java.util.stream.DoubleStream;
import org.instancio.junit.InstancioExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InstancioExtension.class)
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

  @Test
  void aPureSeasonComesAgain() {
    for (double level : drawn(1, 1e6)) comesAgain(level, gen().ints().range(40, 90).get());
  }

  /** Both ends, and a thousand numbers between them. */
  private static double[] drawn(double from, double to) {
    return DoubleStream.concat(
            DoubleStream.of(from, to),
            DoubleStream.generate(gen().doubles().range(from, to)::get).limit(1_000))
        .toArray();
  }

  private static void comesAgain(double level, int length) {
    double[] all = series(level, 0, length + 6);
    double[] history = java.util.Arrays.copyOf(all, length);
    for (Forecaster forecaster : ALL) {
      double[] forecast = forecaster.forecast(history, 6);
      for (int i = 0; i < 6; i++)
        assertThat(forecast[i])
            .as("%s of %s x %s", forecaster.name(), length, level)
            .isCloseTo(all[length + i], within(level * 1e-6));
    }
  }

  @Test
  void whatIsTwiceAsLargeIsForecastTwiceAsLarge() {
    for (double factor : drawn(0.1, 100)) grows(gen().ints().range(12, 40).get(), factor);
  }

  private static void grows(int length, double factor) {
    double[] one = series(10, 0.3, length);
    double[] other = java.util.Arrays.stream(one).map(v -> v * factor).toArray();
    for (Forecaster forecaster : ALL) {
      double[] a = forecaster.forecast(one, 5);
      double[] b = forecaster.forecast(other, 5);
      for (int i = 0; i < 5; i++)
        assertThat(b[i])
            .as("%s of %s x %s", forecaster.name(), length, factor)
            .isCloseTo(a[i] * factor, within(1e-6 * factor));
    }
  }

  @Test
  void thetaFollowsHalfTheTrend() {
    double[] line = new double[30];
    for (int i = 0; i < line.length; i++) line[i] = 100 + 2 * i;
    double[] forecast = new Theta(1).forecast(line, 2);
    assertThat(forecast[1] - forecast[0]).isCloseTo(1, within(1e-9));
  }

  @Test
  void takesConstantTinyAndHugeSeries() {
    for (double value : new double[] {0, 1e-9, 7, 1e15})
      for (Forecaster forecaster : ALL) {
        double[] flat = new double[20];
        java.util.Arrays.fill(flat, value);
        for (double forecast : forecaster.forecast(flat, 3))
          assertThat(forecast).as(forecaster.name()).isCloseTo(value, within(value * 1e-9));
      }
  }

  @Test
  void refusesAHistoryThatIsTooShort() {
    for (Forecaster forecaster : ALL)
      assertThatThrownBy(() -> forecaster.forecast(new double[0], 1))
          .isInstanceOf(IllegalArgumentException.class);
  }
}
