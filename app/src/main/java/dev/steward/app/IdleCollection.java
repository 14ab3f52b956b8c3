package dev.steward.app;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Gives back what a flood of work has taken, once nobody waits. The serial collector looks at what
 * is old only when the heap is full, and gives memory back only then, so that a process would keep
 * all the memory that it ever had. A full collection halts it for some tenths of a second, which is
 * why it is not made while there is work.
 */
final class IdleCollection implements AutoCloseable {
  private static final Duration EVERY = Duration.ofMinutes(1);

  /** Less than this is not worth it; in bytes. */
  static final long LEAST = 128L << 20;

  /** What timers and connections that are kept open take, of one processor. */
  static final double IDLE = 0.1;

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("idle-collection").factory());

  private final ScheduledFuture<?> rounds;
  private Duration busy = busy();
  private long kept;

  IdleCollection() {
    rounds =
        timer.scheduleWithFixedDelay(
            this::look, EVERY.toSeconds(), EVERY.toSeconds(), TimeUnit.SECONDS);
  }

  private static Duration busy() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private static long used() {
    Runtime heap = Runtime.getRuntime();
    return heap.totalMemory() - heap.freeMemory();
  }

  /**
   * @param worked processor time since the last look
   * @param grown bytes by which the heap has more in it than after the last collection
   */
  static boolean isDue(Duration worked, Duration passed, long grown) {
    return grown >= LEAST && worked.toNanos() < IDLE * passed.toNanos();
  }

  private void look() {
    Duration now = busy();
    boolean due = isDue(now.minus(busy), EVERY, used() - kept);
    busy = now;
    if (!due) return;
    System.gc();
    kept = used();
    busy = busy();
  }

  @Override
  public void close() {
    rounds.cancel(false);
    timer.close();
  }
}
