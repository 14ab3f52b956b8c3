package dev.steward.ml.anomaly;

import java.util.Locale;

/**
 * What a detector says of a value.
 *
 * @param score 0 for usual; grows with the logarithm of how unusual it is
 * @param kind what is most unusual about it
 * @param low the lowest that was usual at this time of the last days
 * @param high the highest
 * @param level the mean of the newest rows
 * @param before the mean of the rows before those; NaN while there are too few
 * @param expected what was forecast; NaN if nothing was
 */
public record Observation(
    double value,
    double score,
    Kind kind,
    double low,
    double high,
    double level,
    double before,
    double expected) {
  /** How unusual it is, in words. */
  public String explanation() {
    return switch (kind) {
      case LEVEL ->
          String.format(
              Locale.ROOT,
              "the mean of the newest 30 values is %s; before it was %s",
              text(level),
              text(before));
      case CHANGE ->
          String.format(
              Locale.ROOT,
              "%s is a jump out of the %s to %s that this time of the last 7 days had",
              text(value),
              text(low),
              text(high));
      case RANGE ->
          String.format(
              Locale.ROOT,
              "%s is outside of the %s to %s that this time of the last 7 days had",
              text(value),
              text(low),
              text(high));
      case FORECAST ->
          String.format(
              Locale.ROOT, "%s is not the %s that was forecast", text(value), text(expected));
      case MISSING -> "there is no value";
    };
  }

  private static String text(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }

  /** What is unusual. */
  public enum Kind {
    /** Outside of what the same time of the last days saw, having drifted there. */
    RANGE,
    /** Outside of it, with a jump from the row before. */
    CHANGE,
    /** The whole level is another one. */
    LEVEL,
    /** Far from what was forecast. */
    FORECAST,
    /** There is no value. */
    MISSING
  }
}
