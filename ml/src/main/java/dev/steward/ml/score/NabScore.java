package dev.steward.ml.score;

import java.util.Arrays;
import java.util.List;

/**
 * The standard profile of the Numenta Anomaly Benchmark 1.1 (Lavin and Ahmad 2015, "Evaluating
 * Real-time Anomaly Detection Algorithms", arXiv 1510.03336): 1 for a window found at its start,
 * less the later, -1 for one missed, -0.11 for a false alarm, less right behind a window.
 */
public final class NabScore {
  private static final double FALSE_ALARM = 0.11;
  private static final double AT_ONCE = sigmoid(-1);

  private NabScore() {}

  /**
   * @param first its first row
   * @param last its last row
   */
  public record Window(int first, int last) {}

  /** What a series adds to the score, and how it came about. */
  public record Tally(double raw, int found, int missed, int falseAlarms) {
    public static final Tally NONE = new Tally(0, 0, 0, 0);

    public Tally plus(Tally other) {
      return new Tally(
          raw + other.raw,
          found + other.found,
          missed + other.missed,
          falseAlarms + other.falseAlarms);
    }

    /** 0 for a detector that says nothing, 100 for one that finds all at once and nothing else. */
    public double normalized() {
      int windows = found + missed;
      return 100 * (raw + windows) / (2.0 * windows);
    }
  }

  /** How many rows of a series at its start are never scored. */
  public static int probation(int rows) {
    return (int) Math.min(Math.floor(0.15 * rows), 750);
  }

  /**
   * @param alarms whether each row is one
   * @param windows of the series, in order, not overlapping
   */
  public static Tally of(boolean[] alarms, List<Window> windows) {
    double[] best = new double[windows.size()];
    Arrays.fill(best, -1);
    double wrong = 0;
    int falseAlarms = 0;
    int next = 0;
    for (int row = 0; row < alarms.length; row++) {
      while (next < windows.size() && row > windows.get(next).last()) next++;
      if (!alarms[row] || row < probation(alarms.length)) continue;
      if (next < windows.size() && row >= windows.get(next).first()) {
        best[next] = Math.max(best[next], within(windows.get(next), row));
      } else {
        falseAlarms++;
        wrong += next == 0 ? -FALSE_ALARM : FALSE_ALARM * behind(windows.get(next - 1), row);
      }
    }
    int found = (int) Arrays.stream(best).filter(b -> b > -1).count();
    return new Tally(Arrays.stream(best).sum() + wrong, found, best.length - found, falseAlarms);
  }

  private static double within(Window window, int row) {
    double width = window.last() - window.first() + 1;
    return sigmoid(-(window.last() - row + 1) / width) / AT_ONCE;
  }

  private static double behind(Window window, int row) {
    return sigmoid((row - window.last()) / (double) (window.last() - window.first()));
  }

  /**
   * @param position -1 at a window's start, 0 at its end, beyond it positive
   */
  static double sigmoid(double position) {
    return position > 3 ? -1 : 2 / (1 + Math.exp(5 * position)) - 1;
  }
}
