package dev.steward.aws;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * While calls that somebody waits for are under way, those that read whole accounts go slowly, all
 * of them together: connections, processors and AWS itself are then nearly free. They never stand
 * still, however long it lasts.
 */
final class Yielding {
  /** Between two calls of one piece of work there is a step of its workflow. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Pace meanwhile;
  private final LongSupplier nanoTime;
  private volatile long lastHurried;

  /**
   * @param perSecond how fast bulk goes meanwhile
   */
  Yielding(double perSecond, LongSupplier nanoTime) {
    this.meanwhile = new Pace(perSecond, Duration.ZERO, nanoTime);
    this.nanoTime = nanoTime;
    this.lastHurried = nanoTime.getAsLong() - PAUSE.toNanos();
  }

  /** Somebody's call begins or ends. */
  void hurried() {
    lastHurried = nanoTime.getAsLong();
  }

  /** Waits until bulk may send its next call. */
  void bulk() throws InterruptedException {
    for (long nanos = wanted(); nanos > 0; nanos = wanted()) {
      TimeUnit.NANOSECONDS.sleep(nanos);
      Pulse.step();
    }
  }

  /** Takes the permission and answers 0, or answers when to ask again, in nanoseconds. */
  long wanted() {
    long quietIn = lastHurried + PAUSE.toNanos() - nanoTime.getAsLong();
    if (quietIn <= 0) return 0;
    long permit = meanwhile.tryAcquire(Rank.BULK);
    return Math.min(quietIn, permit);
  }
}
