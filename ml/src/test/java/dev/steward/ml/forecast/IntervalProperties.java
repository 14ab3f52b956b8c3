package dev.steward.ml.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.instancio.Instancio.gen;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.instancio.junit.InstancioExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Forecasts that say how sure they are. */
@ExtendWith(InstancioExtension.class)
final class IntervalProperties {
  private static final int CASES = 200;
  private static final double[] LEVELS = QuantileForecast.LEVELS;

  private static double[] drawn(int length, double from, double to) {
    return DoubleStream.generate(gen().doubles().range(from, to)::get).limit(length).toArray();
  }

  /** With rows that ascend, as every forecast has them. */
  private static QuantileForecast forecast(int horizon, double from, double to) {
    double[][] values = new double[horizon][];
    for (int i = 0; i < horizon; i++)
      values[i] = Arrays.stream(drawn(9, from, to)).sorted().toArray();
    return new QuantileForecast(LEVELS, values);
  }

  private static void ascends(QuantileForecast forecast) {
    for (double[] step : forecast.values()) assertThat(step).isSorted();
  }

  @Test
  void widenedItHasTheSameMiddleAndAscendsStill() {
    for (int i = 0; i < CASES; i++) {
      QuantileForecast plain = forecast(5, -100, 100);
      double factor = gen().doubles().range(0.0, 5.0).get();
      QuantileForecast wide = plain.widened(factor);
      ascends(wide);
      assertThat(wide.median()).containsExactly(plain.median(), within(1e-9));
      double before = plain.at(0.975)[2] - plain.at(0.025)[2];
      assertThat(wide.at(0.975)[2] - wide.at(0.025)[2])
          .isCloseTo(factor * before, within(1e-9 * (1 + factor * before)));
    }
  }

  @Test
  void twiceWidenedIsOnceByBoth() {
    QuantileForecast plain = forecast(4, -10, 10);
    double[] twice = plain.widened(1.5).widened(2).at(0.9);
    assertThat(twice).containsExactly(plain.widened(3).at(0.9), within(1e-9));
    assertThat(plain.widened(1).at(0.1)).containsExactly(plain.at(0.1), within(1e-9));
  }

  @Test
  void whatWasNeverNegativeIsNotForecastToBe() {
    for (int i = 0; i < CASES; i++) {
      QuantileForecast kept = forecast(5, -100, 100).within(drawn(30, 3, 50));
      ascends(kept);
      for (double[] step : kept.values()) assertThat(step[0]).isNotNegative();
      for (double middle : kept.median()) assertThat(middle).isGreaterThanOrEqualTo(3);
      QuantileForecast plain = forecast(5, -100, 100);
      assertThat(plain.within(new double[] {-1, 5})).isSameAs(plain);
    }
  }

  @Test
  void aLevelThatItDoesNotHaveIsRefused() {
    assertThatThrownBy(() -> forecast(1, 0, 1).at(0.33))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0.33");
  }

  @Test
  void withTheErrorsOfThePastAsWideAsThePastWas() {
    ResidualIntervals naive = new ResidualIntervals(new SeasonalNaive(1), 20);
    for (int i = 0; i < CASES; i++) {
      double[] history = drawn(gen().ints().range(1, 60).get(), 0, 100);
      QuantileForecast forecast = naive.forecast(history, 3);
      ascends(forecast);
      assertThat(forecast.median())
          .containsExactly(new SeasonalNaive(1).forecast(history, 3), within(1e-12));
      double most = 0;
      for (int a = 0; a < history.length; a++)
        for (int b = 0; b < a; b++) most = Math.max(most, Math.abs(history[a] - history[b]));
      for (double[] step : forecast.values())
        assertThat(step[8] - step[0]).isBetween(0.0, 2 * most + 1e-9);
    }
    double[] flat = new double[40];
    Arrays.fill(flat, 7);
    for (double[] step : naive.forecast(flat, 2).values()) assertThat(step).containsOnly(7);
  }

  // Calibration

  private static double needed(QuantileForecast forecast, double[] actual) {
    return Calibration.widening(List.of(forecast), List.of(actual), 0.95);
  }

  @Test
  void widenedByWhatCalibrationSaysAsManyLieWithinAsArePromised() {
    for (int i = 0; i < 50; i++) {
      List<QuantileForecast> forecasts = new ArrayList<>();
      List<double[]> actuals = new ArrayList<>();
      for (int series = 0; series < 40; series++) {
        forecasts.add(forecast(5, 0, 100));
        actuals.add(drawn(5, 0, 100));
      }
      double widening = Calibration.widening(forecasts, actuals, 0.8);
      assertThat(widening).isBetween(0.5, 4.0);
      if (widening == 4) continue;
      int inside = 0;
      for (int series = 0; series < 40; series++) {
        QuantileForecast wide = forecasts.get(series).widened(widening);
        for (int h = 0; h < 5; h++)
          if (actuals.get(series)[h] >= wide.at(0.025)[h] - 1e-9
              && actuals.get(series)[h] <= wide.at(0.975)[h] + 1e-9) inside++;
      }
      assertThat(inside / 200.0).isGreaterThanOrEqualTo(0.8 - 1e-9);
    }
  }

  @Test
  void forecastsThatAreRightAreMadeNoNarrowerThanHalfAndWrongOnesNoWiderThanFour() {
    QuantileForecast one = forecast(6, 10, 20);
    assertThat(needed(one, one.median())).isEqualTo(0.5);
    double[] far = Arrays.stream(one.median()).map(v -> v + 1e9).toArray();
    assertThat(needed(one, far)).isEqualTo(4);
    assertThat(Calibration.widening(List.of(), List.of(), 0.95)).isEqualTo(1);
    QuantileForecast certain = one.widened(0);
    assertThat(needed(certain, certain.median())).isEqualTo(0.5);
    assertThat(needed(certain, far)).isEqualTo(4);
  }

  // Peaks

  @Test
  void aPeakIsAmongWhatWasSeenAndDoesNotKnowTheOrder() {
    for (int i = 0; i < CASES; i++) {
      double[] maxima = drawn(gen().ints().range(1, 400).get(), 0, 100);
      double peak = Peak.of(maxima);
      double[] backwards = new double[maxima.length];
      for (int at = 0; at < maxima.length; at++) backwards[at] = maxima[maxima.length - 1 - at];
      assertThat(peak)
          .isBetween(
              Arrays.stream(maxima).min().orElseThrow(), Arrays.stream(maxima).max().orElseThrow())
          .isEqualTo(Peak.of(backwards));
      double[] twice = Arrays.stream(maxima).map(v -> 2 * v).toArray();
      assertThat(Peak.of(twice)).isCloseTo(2 * peak, within(1e-9));
    }
  }

  /** No data is not zero: hours that nobody measured have no peak. */
  @Test
  void hoursOfWhichTooFewAreKnownHaveNoPeak() {
    double[] maxima = new double[10];
    Arrays.fill(maxima, 5);
    for (int gap = 0; gap < 2; gap++) {
      maxima[gap] = Double.NaN;
      assertThat(Peak.of(maxima)).isEqualTo(5);
    }
    maxima[2] = Double.POSITIVE_INFINITY;
    assertThat(Peak.of(maxima)).isNaN();
    assertThat(Peak.of(new double[0])).isNaN();
    assertThat(Peak.newest(new double[] {1, 2}, 3)).isNaN();
    assertThat(Peak.newest(new double[] {9, 1, 1}, 2)).isEqualTo(1);
  }

  @Test
  void aRuleOfPeaksIsBetweenTheLeastAndTheMostThatEverCame() {
    for (int i = 0; i < 50; i++) {
      List<Peak.Case> cases = new ArrayList<>();
      for (int c = 0; c < gen().ints().range(1, 120).get(); c++)
        cases.add(
            new Peak.Case(
                gen().doubles().range(1.0, 10.0).get(), gen().doubles().range(1.0, 10.0).get()));
      PeakRule rule = PeakRule.of(cases);
      assertThat(rule.ratios()).isSorted();
      double least = cases.stream().mapToDouble(c -> c.after() / c.before()).min().orElseThrow();
      double most = cases.stream().mapToDouble(c -> c.after() / c.before()).max().orElseThrow();
      assertThat(rule.ratios()[0]).isGreaterThanOrEqualTo(least);
      assertThat(rule.ratios()[8]).isLessThanOrEqualTo(most);
      assertThat(PeakRule.orShipped(cases).cases())
          .isEqualTo(cases.size() < PeakRule.LEAST_CASES ? 602 : cases.size());
      assertThat(rule.forecast(4).at(0.5)[0]).isCloseTo(4 * rule.ratios()[4], within(1e-9));
    }
    assertThatThrownBy(() -> PeakRule.of(List.of())).isInstanceOf(IllegalArgumentException.class);
  }

  // Looking back

  @Test
  void originsAreTheNewestHorizonsAndNothingOfThemIsInTheHistory() {
    for (int i = 0; i < CASES; i++) {
      double[] series = new double[gen().ints().range(1, 60).get()];
      for (int at = 0; at < series.length; at++) series[at] = at;
      int horizon = gen().ints().range(1, 8).get();
      int needs = gen().ints().range(1, 10).get();
      List<Backtest.Origin> origins = Backtest.origins(List.of(series), 4, horizon, needs);
      assertThat(origins)
          .hasSize((int) Math.clamp((series.length - needs) / (double) horizon, 0, 4));
      for (Backtest.Origin origin : origins) {
        assertThat(origin.history().length).isGreaterThanOrEqualTo(needs);
        assertThat(origin.actual()).hasSize(horizon);
        assertThat(origin.actual()[0]).isEqualTo(origin.history().length);
      }
      if (!origins.isEmpty())
        assertThat(origins.getFirst().actual()[horizon - 1]).isEqualTo(series.length - 1);
    }
  }

  @Test
  void aMeanIsOfWhatIsKnownAndOfNothingThereIsNone() {
    assertThat(Backtest.mean(new double[] {1, Double.NaN, 3})).isEqualTo(2);
    assertThat(Backtest.mean(new double[] {Double.NaN})).isNaN();
    assertThat(Backtest.mean(new double[0])).isNaN();
  }

  @Test
  void aBacktestOfWhatCameHasNoErrorAndCoversAll() {
    List<Backtest.Origin> origins = Backtest.origins(List.of(drawn(30, 1, 9)), 3, 4, 5);
    Backtest perfect =
        Backtest.of(
            origins,
            origin -> {
              double[][] values = new double[4][9];
              for (int h = 0; h < 4; h++) Arrays.fill(values[h], origin.actual()[h]);
              return new QuantileForecast(LEVELS, values);
            },
            history -> 1);
    assertThat(perfect.means())
        .containsEntry("smape", 0.0)
        .containsEntry("mase", 0.0)
        .containsEntry("msis", 0.0)
        .containsEntry("pinball", 0.0)
        .containsEntry("coverage", 1.0);
  }

  // Seasons

  @Test
  void factorsOfASeasonAreOneOnAverageAndComeOutAsTheyWentIn() {
    double[] factors = {0.5, 1.0, 1.6, 0.9};
    for (int i = 0; i < 50; i++) {
      double level = gen().doubles().range(1.0, 1e4).get();
      double[] series = new double[40];
      for (int at = 0; at < series.length; at++) series[at] = level * factors[at % 4];
      Seasonality seasonality = Seasonality.of(series, 4);
      assertThat(seasonality.factors()).containsExactly(factors, within(1e-9));
      assertThat(Arrays.stream(seasonality.without(series)).distinct().count()).isLessThan(6);
      double[] again = seasonality.with(seasonality.without(series), 0);
      assertThat(again).containsExactly(series, within(1e-9 * level));
    }
  }

  @Test
  void whatHasNoSeasonOrNotThreeOfThemIsLeftAsItIs() {
    assertThat(Seasonality.of(new double[] {1, 2, 1, 2, 1}, 2).factors()).containsOnly(1);
    assertThat(Seasonality.of(new double[] {0, 2, 0, 2, 0, 2, 0, 2}, 2).factors()).containsOnly(1);
    double[] flat = new double[40];
    Arrays.fill(flat, 5);
    assertThat(Seasonality.of(flat, 4).factors()).containsOnly(1);
    assertThat(Seasonality.of(flat, 1).factors()).containsExactly(1);
  }
}
