package dev.steward.ml.forecast;

/** What a window is measured from. */
enum Centre {
  /** Its newest value. */
  LAST,
  /** The mean of its newest season. */
  SEASON,
  /** The mean of its newest week. */
  WEEK
}
