package dev.steward.api.auth;

import java.time.Duration;

/**
 * How fast one may be wrong.
 *
 * @param free so many times without a wait
 * @param first how long the next try waits then; each further one twice as long
 * @param most and at most so long
 */
record Waits(int free, Duration first, Duration most) {
  private static final int DOUBLINGS = 30;

  /** How long the try after this many waits. */
  Duration after(int tries) {
    if (tries < free) return Duration.ZERO;
    Duration wait = first.multipliedBy(1L << Math.min(DOUBLINGS, tries - free));
    return wait.compareTo(most) > 0 ? most : wait;
  }
}
