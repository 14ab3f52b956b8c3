package dev.steward.aws.actions;

import io.temporal.failure.ApplicationFailure;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One at a time for each step. Temporal may begin an activity a second time while the first goes
 * on, after a time-out or the loss of its database; two that look before they act see the same, so
 * the second one waits until the first is over.
 */
public final class Turns {
  private static final long LOOK_MILLIS = 100;

  private final Set<String> taken = ConcurrentHashMap.newKeySet();

  /**
   * @param waiting called again and again while another has the turn; what it throws ends the wait
   */
  public <T> T take(String step, Runnable waiting, Supplier<T> work) {
    while (!taken.add(step)) {
      waiting.run();
      try {
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw ApplicationFailure.newFailure("stopped while another was at it", "Interrupted");
      }
    }
    try {
      return work.get();
    } finally {
      taken.remove(step);
    }
  }
}
