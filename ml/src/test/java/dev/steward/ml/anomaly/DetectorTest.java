package dev.steward.ml.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steward.ml.anomaly.Observation.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class DetectorTest {
  /** Hours of three weeks: days that look alike, with some noise. */
  private static double[] hours(double height) {
    SplittableRandom random = new SplittableRandom(2);
    double[] series = new double[24 * 35];
    for (int i = 0; i < series.length; i++)
      series[i] = height * (10 + 4 * Math.sin(i * 2 * Math.PI / 24) + 0.3 * random.nextGaussian());
    return series;
  }

  private record Found(int row, Kind kind) {}

  private static List<Found> alarms(double[] series) {
    Detector detector = new Detector(24);
    Alarm alarm = new Alarm();
    List<Found> found = new ArrayList<>();
    for (int i = 0; i < series.length; i++) {
      Observation seen = detector.next(series[i]);
      // The first week is for getting to know each other.
      if (alarm.at(seen.score()) && i > 24 * 7) found.add(new Found(i, seen.kind()));
    }
    return found;
  }

  @Test
  void aSpikeIsAJumpOutOfTheUsual() {
    double[] series = hours(1);
    series[700] = 40;
    assertThat(alarms(series)).contains(new Found(700, Kind.CHANGE));
  }

  @Test
  void somethingNotHighAtAllIsUnusualAtItsTime() {
    double[] series = hours(1);
    // The height of the day, in the middle of the night.
    for (int i = 714; i < 718; i++) series[i] = 14;
    assertThat(alarms(series)).anyMatch(f -> f.row() >= 714 && f.row() < 718);
  }

  @Test
  void aNewLevelIsFound() {
    double[] series = hours(1);
    for (int i = 600; i < series.length; i++) series[i] += 3;
    assertThat(alarms(series)).anyMatch(f -> f.row() >= 600 && f.row() < 640);
  }

  @Test
  void whatIsAsAlwaysIsNot() {
    assertThat(alarms(new double[24 * 35])).isEmpty();
    double[] constant = new double[24 * 35];
    Arrays.fill(constant, 1e9);
    assertThat(alarms(constant)).isEmpty();
    assertThat(alarms(hours(1)).size()).isLessThanOrEqualTo(2);
  }

  @Test
  void unitsDoNotMatter() {
    double[] series = hours(1);
    series[700] = 40;
    assertThat(alarms(Arrays.stream(series).map(v -> v * Math.exp(10)).toArray()))
        .isEqualTo(alarms(series));
    assertThat(alarms(Arrays.stream(series).map(v -> v * Math.exp(-10)).toArray()))
        .isEqualTo(alarms(series));
  }

  @Test
  void missingValuesAreToldAndDoNoHarm() {
    double[] series = hours(1);
    for (int i = 300; i < 340; i++) series[i] = Double.NaN;
    series[700] = 40;
    Detector detector = new Detector(24);
    for (int i = 0; i < 300; i++) detector.next(series[i]);
    assertThat(detector.next(series[300]).kind()).isEqualTo(Kind.MISSING);
    assertThat(detector.next(Double.POSITIVE_INFINITY).score()).isZero();
    assertThat(alarms(series)).contains(new Found(700, Kind.CHANGE));
    double[] nothing = new double[100];
    Arrays.fill(nothing, Double.NaN);
    assertThat(alarms(nothing)).isEmpty();
  }

  @Test
  void itsSumsStayExactOverManyRounds() {
    Detector detector = new Detector(1);
    Observation last = detector.next(0);
    for (int i = 0; i < 200_000; i++) last = detector.next(i % 2 == 0 ? 1e12 : 1);
    for (int i = 0; i < 40; i++) last = detector.next(7);
    assertThat(last.level()).isCloseTo(7, within(1e-3));
  }

  @Test
  void theRunningQuantileIsAtMostAnEighthTooHigh() {
    RunningQuantile quantile = new RunningQuantile(0.99, 1);
    double[] values = new double[5_000];
    SplittableRandom random = new SplittableRandom(8);
    for (int i = 0; i < values.length; i++)
      quantile.add(values[i] = Math.exp(random.nextGaussian()));
    Arrays.sort(values);
    double exact = values[(int) (0.99 * values.length)];
    assertThat(quantile.value()).isBetween(exact * 0.999, exact * Math.exp(0.125) * 1.001);
    assertThat(new RunningQuantile(0.99, 1).value()).isZero();
  }

  @Test
  void anAlarmIsQuietAfterwards() {
    Alarm alarm = new Alarm(1, 2);
    double[] scores = {0, 2, 2, 2, 2, 0, 2};
    List<Boolean> at = Arrays.stream(scores).mapToObj(alarm::at).toList();
    assertThat(at).containsExactly(false, true, false, false, true, false, false);
  }

  @Test
  void refusesImpossibleDays() {
    assertThatThrownBy(() -> new Detector(0)).hasMessageContaining("rows a day");
    assertThat(Detector.rowsPerDay(300)).isEqualTo(288);
    assertThat(Detector.rowsPerDay(1e9)).isEqualTo(1);
  }

  /** Every week has a peak on its third day: only the forecast knows that this one is missing. */
  @Test
  void whatWasForecastAndDidNotComeIsUnusual() {
    Detector with = new Detector(24);
    Detector without = new Detector(24);
    Observation last = with.next(0, 0);
    double plain = without.next(0).score();
    for (int hour = 1; hour < 24 * 29; hour++) {
      double usual = hour / 24 % 7 == 3 ? 90 + hour % 5 : 10 + hour % 5;
      boolean missing = hour == 24 * 24 + 12;
      last = with.next(missing ? 12 : usual, usual + hour % 3);
      plain = without.next(missing ? 12 : usual).score();
      if (missing) {
        assertThat(last.kind()).isEqualTo(Observation.Kind.FORECAST);
        assertThat(last.score()).isGreaterThan(Alarm.THRESHOLD);
        assertThat(plain).isLessThan(Alarm.THRESHOLD);
        assertThat(last.explanation()).contains("12.00 is not the", "that was forecast");
      }
    }
    assertThat(last.expected()).isNotNaN();
  }
}
