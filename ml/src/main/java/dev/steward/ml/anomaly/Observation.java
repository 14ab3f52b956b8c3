package dev.steward.ml.anomaly;

/**
 * What a detector says of a value.
 *
 * @param score 0 for usual; grows with the logarithm of how unusual it is
 * @param kind what is most unusual about it
 * @param low the lowest that was usual at this time of the last days
 * @param high the highest
 * @param level the mean of the newest rows
 * @param before the mean of the rows before those; NaN while there are too few
 */
public record Observation(
    double value, double score, Kind kind, double low, double high, double level, double before) {
  /** What is unusual. */
  public enum Kind {
    /** Outside of what the same time of the last days saw, having drifted there. */
    RANGE,
    /** Outside of it, with a jump from the row before. */
    CHANGE,
    /** The whole level is another one. */
    LEVEL,
    /** There is no value. */
    MISSING
  }
}
