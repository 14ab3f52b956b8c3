package dev.steward.model;

import java.util.Locale;

/**
 * Some points of a metric, in the order in which they came.
 *
 * @param block from 0; all but the last are full
 */
public record MetricBlock(
    RunId run, String metric, int block, double[] values, long[] steps, long[] times) {
  /** A block is written anew with each point, so it must not become long. */
  public static final int FULL = 128;

  public String key() {
    return prefix(run, metric) + String.format(Locale.ROOT, "%08d", block);
  }

  public static String prefix(RunId run, String metric) {
    // A metric's name may have slashes, but no newline.
    return run.value() + "/" + metric + "\n";
  }

  public MetricPoint point(int index) {
    return new MetricPoint(values[index], steps[index], times[index]);
  }
}
