package dev.steward.model;

import java.time.Instant;
import java.util.Locale;

/**
 * What the wall clock said while the platform ran for a stretch of time that was counted, not read
 * off a clock.
 *
 * @param seconds how long the stretch is so far
 * @param lowest the earliest that the clock said in it
 * @param latest what it said last
 */
public record ClockReading(long number, long seconds, Instant lowest, Instant latest) {
  /** Keys sort as the numbers do. */
  public String key() {
    return String.format(Locale.ROOT, "%019d", number);
  }
}
