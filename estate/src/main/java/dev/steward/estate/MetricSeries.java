package dev.steward.estate;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * A metric's daily or hourly values over the window, oldest first; NaN where there is no datapoint.
 *
 * @param days the length of the window that was asked for
 */
public record MetricSeries(double[] values, int days) {
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

  public int datapoints() {
    return (int) present().count();
  }

  public double max() {
    return present().max().orElse(Double.NaN);
  }

  public double mean() {
    return present().average().orElse(Double.NaN);
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

  public double latest() {
    return present().reduce((a, b) -> b).orElse(Double.NaN);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MetricSeries s && s.days == days && Arrays.equals(s.values, values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values) * 31 + days;
  }
}
