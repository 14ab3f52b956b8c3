package dev.steward.ml.anomaly;

import dev.steward.ml.anomaly.Observation.Kind;
import java.util.Arrays;

/**
 * Watches one series, a row at a time, with a week of it in memory and nothing else that grows.
 *
 * <p>Two distances are added up, each as the logarithm of one plus its multiple of its own running
 * 99.9 % quantile: how far a value lies outside everything seen around the same time of the last
 * seven days, and how far the mean of the last 30 rows is from that of the 1,600 before. The
 * constants were chosen by two-fold cross-validation over 41 files of the Numenta Anomaly
 * Benchmark. A third is added where a forecast is given: how far the value lies from that.
 */
public final class Detector {
  private static final int DAYS = 7;
  private static final int AROUND = 2;
  private static final int LEVEL = 30;
  private static final int BEFORE = 1600;
  private static final int START = 20;
  private static final double QUANTILE = 0.999;
  private static final double KEEP = 0.9998;

  /** For a distance that was always zero before. */
  private static final double UNHEARD_OF = 3;

  private static final int ENOUGH = 50;

  private final int rowsPerDay;
  private final double[] ring;
  private final RunningQuantile usualDistance = new RunningQuantile(QUANTILE, KEEP);
  private final RunningQuantile usualChange = new RunningQuantile(QUANTILE, KEEP);
  private final RunningQuantile usualError = new RunningQuantile(QUANTILE, KEEP);
  private final Mean level = new Mean();
  private final Mean before = new Mean();
  private int rows;

  /**
   * @param rowsPerDay 24 for hours, 1 for days
   */
  public Detector(int rowsPerDay) {
    if (rowsPerDay < 1 || rowsPerDay > 86_400)
      throw new IllegalArgumentException("rows a day must be from 1 to 86400");
    this.rowsPerDay = rowsPerDay;
    ring = new double[Math.max(DAYS * rowsPerDay + AROUND, LEVEL + BEFORE) + 1];
  }

  /** The next row; NaN if it is missing. */
  public Observation next(double value) {
    return next(value, Double.NaN);
  }

  /**
   * The next row, of which something was forecast.
   *
   * @param value NaN if it is missing
   * @param expected NaN if nothing was forecast
   */
  public Observation next(double value, double expected) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      put(Double.NaN);
      return new Observation(
          Double.NaN,
          0,
          Kind.MISSING,
          Double.NaN,
          Double.NaN,
          level.value(),
          before.value(),
          expected);
    }
    double[] usual = usual();
    double outside = Math.max(0, Math.max(value - usual[1], usual[0] - value));
    if (Double.isNaN(outside)) outside = 0;
    double jump = rows == 0 ? 0 : Math.abs(value - at(1));
    put(value);
    boolean enough = before.count >= LEVEL;
    double moved = enough ? Math.abs(level.value() - before.value()) : 0;
    double distance = scaled(outside, usualDistance);
    double change = enough ? scaled(moved, usualChange) : 0;
    double error = Double.isFinite(expected) ? scaled(Math.abs(value - expected), usualError) : 0;
    Kind kind =
        error > Math.max(change, distance)
            ? Kind.FORECAST
            : change > distance
                ? Kind.LEVEL
                : jump >= outside && outside > 0 ? Kind.CHANGE : Kind.RANGE;
    return new Observation(
        value,
        Math.log1p(distance) + Math.log1p(change) + Math.log1p(error),
        kind,
        usual[0],
        usual[1],
        level.value(),
        enough ? before.value() : Double.NaN,
        expected);
  }

  /** The least and the most around this time of the last days, or of the newest rows at first. */
  private double[] usual() {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    int seen = 0;
    for (int day = 1; day <= DAYS; day++)
      for (int near = -AROUND; near <= AROUND; near++) {
        int back = day * rowsPerDay - near;
        if (back < 1 || back > rows || Double.isNaN(at(back))) continue;
        seen++;
        low = Math.min(low, at(back));
        high = Math.max(high, at(back));
      }
    if (seen < 3)
      for (int back = 1; back <= Math.min(START, rows); back++) {
        if (Double.isNaN(at(back))) continue;
        low = Math.min(low, at(back));
        high = Math.max(high, at(back));
      }
    return low <= high ? new double[] {low, high} : new double[] {Double.NaN, Double.NaN};
  }

  private static double scaled(double distance, RunningQuantile usual) {
    double quantile = usual.value();
    double scaled =
        quantile > 0
            ? distance / quantile
            : distance > 0 && usual.count() > ENOUGH ? UNHEARD_OF : 0;
    usual.add(distance);
    return scaled;
  }

  /**
   * @param back 1 for the newest row
   */
  private double at(int back) {
    return ring[Math.floorMod(rows - back, ring.length)];
  }

  private void put(double value) {
    ring[rows % ring.length] = value;
    rows++;
    level.in(value);
    if (rows > LEVEL) {
      level.out(at(LEVEL + 1));
      before.in(at(LEVEL + 1));
    }
    if (rows > LEVEL + BEFORE) before.out(at(LEVEL + BEFORE + 1));
    // Sums that are carried on gather rounding; once a round they are made anew.
    if (rows % ring.length == 0) {
      level.anew();
      before.anew();
      for (int back = 1; back <= Math.min(rows, LEVEL + BEFORE); back++)
        (back <= LEVEL ? level : before).in(at(back));
    }
  }

  /** A mean that values enter and leave. */
  private static final class Mean {
    private double sum;
    private int count;

    void in(double value) {
      if (Double.isNaN(value)) return;
      sum += value;
      count++;
    }

    void out(double value) {
      if (Double.isNaN(value)) return;
      sum -= value;
      count--;
    }

    void anew() {
      sum = 0;
      count = 0;
    }

    double value() {
      return count == 0 ? Double.NaN : sum / count;
    }
  }

  /** Rows a day of a series with this many seconds between two rows. */
  public static int rowsPerDay(double seconds) {
    return (int) Math.clamp(Math.round(86_400 / seconds), 1, 86_400);
  }

  /** The scores of a whole series. */
  public static double[] scores(double[] values, int rowsPerDay) {
    Detector detector = new Detector(rowsPerDay);
    return Arrays.stream(values).map(value -> detector.next(value).score()).toArray();
  }
}
