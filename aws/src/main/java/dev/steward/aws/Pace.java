package dev.steward.aws;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Permits at a rate, to whoever is in a hurry first. What was not used is kept for a while, so that
 * the first calls after a rest go at once.
 */
final class Pace {
  private final long kept;
  private final LongSupplier nanoTime;
  private double perSecond;

  /** When the next permit is due; what lies further back than {@link #kept} has lapsed. */
  private long next;

  private int hurried;

  /**
   * @param kept the time whose unused permits are kept
   */
  Pace(double perSecond, Duration kept, LongSupplier nanoTime) {
    this.perSecond = perSecond;
    this.kept = kept.toNanos();
    this.nanoTime = nanoTime;
    this.next = nanoTime.getAsLong();
  }

  synchronized double rate() {
    return perSecond;
  }

  synchronized void rate(double other) {
    perSecond = other;
    // Those who wait count anew.
    notifyAll();
  }

  /**
   * Waits for a permit. Bulk does not get one while somebody in a hurry waits.
   *
   * @param longest how long to wait
   * @return whether there was one
   * @throws InterruptedException if the thread is to end
   */
  synchronized boolean tryAcquire(Rank rank, Duration longest) throws InterruptedException {
    if (rank == Rank.INTERACTIVE) hurried++;
    try {
      long end = System.nanoTime() + longest.toNanos();
      while (true) {
        long nanos = tryAcquire(rank);
        if (nanos <= 0) return true;
        long left = end - System.nanoTime();
        if (left <= 0) return false;
        TimeUnit.NANOSECONDS.timedWait(this, Math.min(nanos, left));
      }
    } finally {
      if (rank == Rank.INTERACTIVE && --hurried == 0) notifyAll();
    }
  }

  /** Takes a permit and answers 0, or answers for how long there is none, in nanoseconds. */
  synchronized long tryAcquire(Rank rank) {
    long now = nanoTime.getAsLong();
    long interval = (long) (TimeUnit.SECONDS.toNanos(1) / perSecond);
    if (next - now > 0) return next - now;
    if (rank == Rank.BULK && hurried > 0) return interval;
    next = Math.max(next, now - kept) + interval;
    return 0;
  }
}
