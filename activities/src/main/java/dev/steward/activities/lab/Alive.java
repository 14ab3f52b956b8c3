package dev.steward.activities.lab;

import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCompletionException;
import java.time.Duration;

/** Heart-beats for a computation that comes to an end by itself but cannot say how far it is. */
final class Alive implements AutoCloseable {
  private static final Duration EVERY = Duration.ofSeconds(5);

  private final Thread thread;

  Alive(ActivityExecutionContext activity) {
    thread = Thread.ofVirtual().name("alive").start(() -> beat(activity));
  }

  private static void beat(ActivityExecutionContext activity) {
    try {
      while (true) {
        Thread.sleep(EVERY);
        activity.heartbeat("judging");
      }
    } catch (InterruptedException done) {
      Thread.currentThread().interrupt();
    } catch (ActivityCompletionException over) {
      // Nobody waits for it any more; it ends by itself all the same.
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
