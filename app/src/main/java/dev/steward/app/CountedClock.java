package dev.steward.app;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The time since the process began, added to what the wall clock said then: for what lives no
 * longer than the process, and must not live again when the wall clock goes back.
 */
final class CountedClock implements InstantSource {
  private final Instant begin;
  private final long beginNanos;
  private final LongSupplier nanos;

  CountedClock(InstantSource wall, LongSupplier nanos) {
    this.nanos = nanos;
    this.begin = wall.instant();
    this.beginNanos = nanos.getAsLong();
  }

  @Override
  public Instant instant() {
    return begin.plusNanos(nanos.getAsLong() - beginNanos);
  }
}
