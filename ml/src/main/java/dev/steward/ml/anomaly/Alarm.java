package dev.steward.ml.anomaly;

/**
 * When a score is worth somebody's attention: above a threshold, and not again within the rows
 * after. One for each series.
 */
public final class Alarm {
  /** Chosen with the constants of {@link Detector}. */
  public static final double THRESHOLD = 0.68;

  /** Half a day of five minutes, six days of hours. */
  public static final int QUIET_ROWS = 150;

  private final double threshold;
  private final int quietRows;
  private int since = Integer.MAX_VALUE / 2;

  public Alarm() {
    this(THRESHOLD, QUIET_ROWS);
  }

  public Alarm(double threshold, int quietRows) {
    this.threshold = threshold;
    this.quietRows = quietRows;
  }

  /** Whether this row, the next one, is one. */
  public boolean at(double score) {
    since = Math.min(since + 1, Integer.MAX_VALUE / 2);
    if (score <= threshold || since <= quietRows) return false;
    since = 0;
    return true;
  }
}
