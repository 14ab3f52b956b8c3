package dev.steward.estate;

import dev.steward.estate.Metric.Resolution;
import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * A metric's values over the window, oldest first; NaN where there is no datapoint.
 *
 * @param resolution how far apart they are, and how far back they were asked for
 * @param unfinished how many of the newest values belong to the day that was not over: they show
 *     that something was used, and never that it was not
 */
public record MetricSeries(double[] values, Resolution resolution, int unfinished) {
  /** Values of days, of which the last one is not over. */
  public static MetricSeries daily(double... values) {
    return new MetricSeries(values, Resolution.DAILY, 1);
  }

  /** Values of hours, all of them of whole days. */
  public static MetricSeries hourly(double... values) {
    return new MetricSeries(values, Resolution.HOURLY, 0);
  }

  public MetricSeries {
    values = values.clone();
  }

  @Override
  public double[] values() {
    return values.clone();
  }

  private DoubleStream present() {
    return Arrays.stream(values).filter(v -> !Double.isNaN(v));
  }

  /** How many of the last whole days have a value. */
  public int wholeDays(int last) {
    int perDay = resolution.perDay();
    int known = 0;
    int end = values.length - unfinished;
    for (int day = 0; day < last && end - (day + 1) * perDay >= 0; day++) {
      int to = end - day * perDay;
      if (Arrays.stream(values, to - perDay, to).anyMatch(v -> !Double.isNaN(v))) known++;
    }
    return known;
  }

  /** How many whole days of the window have a value. */
  public int wholeDays() {
    return wholeDays(resolution.days());
  }

  public int datapoints() {
    return (int) present().count();
  }

  public double max() {
    return present().max().orElse(Double.NaN);
  }

  public double sum() {
    return present().sum();
  }

  /** How many of the newest values are zero, one after the other. */
  public int silentAtLast() {
    int silent = 0;
    while (silent < values.length && values[values.length - 1 - silent] == 0) silent++;
    return silent;
  }

  /** How many values are newer than the newest datapoint. */
  public int sinceLatest() {
    int since = 0;
    while (since < values.length && Double.isNaN(values[values.length - 1 - since])) since++;
    return since;
  }

  public double latest() {
    return present().reduce((a, b) -> b).orElse(Double.NaN);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MetricSeries s
        && s.resolution == resolution
        && s.unfinished == unfinished
        && Arrays.equals(s.values, values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values) * 31 + resolution.hashCode();
  }
}
