package dev.steward.aws;

import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCompletionException;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Beats for an activity as long as its calls get on, however long a page of them takes, and stops
 * them when Temporal no longer waits for it: a second attempt must not run beside the first.
 *
 * <p>It is bound to the thread of the activity, and to those that it starts by {@link SideBySide};
 * every call to AWS passes {@link #step()} before it is sent and after it was answered.
 */
final class Pulse implements AutoCloseable {
  private static final ScopedValue<Pulse> CURRENT = ScopedValue.newInstance();

  /** So many beats in the time after which Temporal takes an activity for dead. */
  private static final int BEATS = 6;

  /** Without a step for so many times of it nothing gets on: a call ends sooner, with its pause. */
  private static final int STALLED = 2;

  private final Consumer<Long> heartbeat;
  private final Duration timeout;
  private final LongSupplier nanoTime;
  private final AtomicLong steps = new AtomicLong();
  private final Thread ticker;
  private volatile long lastStep;
  private volatile long lastBeat;
  private volatile @Nullable RuntimeException over;
  private boolean closed;

  /**
   * @param heartbeat tells Temporal; throws when nobody waits for the activity any more
   * @param timeout after how long without a beat the activity is taken for dead
   */
  Pulse(Consumer<Long> heartbeat, Duration timeout, LongSupplier nanoTime) {
    this.heartbeat = heartbeat;
    this.timeout = timeout;
    this.nanoTime = nanoTime;
    this.lastStep = nanoTime.getAsLong();
    this.lastBeat = lastStep;
    this.ticker = Thread.ofVirtual().name("pulse").unstarted(this::tick);
  }

  static Pulse of(ActivityExecutionContext activity) {
    Pulse pulse =
        new Pulse(activity::heartbeat, activity.getInfo().getHeartbeatTimeout(), System::nanoTime);
    pulse.ticker.start();
    return pulse;
  }

  /** The pulse of the activity that this thread works for; null outside of one. */
  static @Nullable Pulse current() {
    return CURRENT.isBound() ? CURRENT.get() : null;
  }

  /** Work gets on. Throws when nobody waits for it any more. */
  static void step() {
    Pulse pulse = current();
    if (pulse == null) return;
    pulse.lastStep = pulse.nanoTime.getAsLong();
    pulse.steps.incrementAndGet();
    pulse.verify();
  }

  /**
   * @throws RuntimeException when the activity was cancelled, has timed out or ends with its worker
   */
  static void check() {
    Pulse pulse = current();
    if (pulse != null) pulse.verify();
  }

  private void verify() {
    // A process that was stopped for a while finds out by itself that it was taken for dead.
    if (over == null && since(lastBeat) > timeout.toNanos())
      over = ApplicationFailure.newFailure("no beat for longer than " + timeout, "NoBeat");
    RuntimeException why = over;
    if (why != null) throw why;
  }

  private long since(long moment) {
    return nanoTime.getAsLong() - moment;
  }

  /** Runs the work with this pulse. */
  <T> T during(Callable<T> work) {
    return call(this, work);
  }

  /** Runs the work with the pulse of another thread. */
  static <T> T call(@Nullable Pulse pulse, Callable<T> work) {
    try {
      return pulse == null ? work.call() : ScopedValue.where(CURRENT, pulse).call(work::call);
    } catch (RuntimeException unchecked) {
      throw unchecked;
    } catch (Exception checked) {
      throw new IllegalStateException(checked);
    }
  }

  private void tick() {
    try {
      while (over == null) {
        Thread.sleep(timeout.dividedBy(BEATS));
        beat();
      }
    } catch (InterruptedException done) {
      Thread.currentThread().interrupt();
    }
  }

  /** Beats, unless nothing has got on for too long. */
  synchronized void beat() {
    if (closed || since(lastStep) > timeout.multipliedBy(STALLED).toNanos()) return;
    // One that comes too late would call a dead activity alive.
    if (since(lastBeat) > timeout.toNanos()) return;
    try {
      heartbeat.accept(steps.get());
      lastBeat = nanoTime.getAsLong();
    } catch (ActivityCompletionException nobodyWaits) {
      over = nobodyWaits;
    }
  }

  @Override
  public void close() {
    ticker.interrupt();
    synchronized (this) {
      closed = true;
    }
  }
}
