package dev.steward.app;

import dev.steward.api.auth.SigningKeys;
import dev.steward.storage.ClockLog;
import dev.steward.storage.Retention;
import dev.steward.storage.Retention.Limit;
import dev.steward.storage.Retention.Limits;
import dev.steward.storage.Store;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down what time it is, and forgets what is due, every few minutes. All that it goes by is
 * in the store, so that a start at any moment goes on with it.
 */
final class Forgetting implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Forgetting.class);
  private static final long MINUTES = 5;

  private final SigningKeys keys;
  private final ClockLog clock;
  private final Retention retention;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("forgetting").factory());
  private final ScheduledFuture<?> running;

  Forgetting(Store store, SigningKeys keys, InstantSource wall, Settings settings) {
    this.keys = keys;
    this.clock = new ClockLog(store, wall, System::nanoTime);
    this.retention = new Retention(store, clock, limits(settings));
    this.running = timer.scheduleAtFixedRate(this::round, 0, MINUTES, TimeUnit.MINUTES);
  }

  static Forgetting of(House house) {
    return new Forgetting(house.store, house.keys, house.clock, house.settings);
  }

  private static Limits limits(Settings settings) {
    return (table, keep) -> {
      Setting age = Setting.named(keep.age());
      int number = settings.number(age);
      String most = keep.most();
      return new Limit(
          age.kind() == Setting.Kind.HOURS ? Duration.ofHours(number) : Duration.ofDays(number),
          most == null ? Integer.MAX_VALUE : settings.number(Setting.named(most)));
    };
  }

  private void round() {
    try {
      note();
      int gone = retention.sweep();
      if (gone > 0) LOG.info("forgot {} rows that were beyond their age or number", gone);
    } catch (RuntimeException e) {
      LOG.warn("nothing was forgotten; the next round will try again", e);
    }
  }

  private void note() {
    // First of all: what is written down from now on is the time that the clock went back to.
    keys.settle();
    clock.note();
  }

  @Override
  public void close() {
    running.cancel(false);
    timer.shutdown();
    try {
      if (!timer.awaitTermination(10, TimeUnit.SECONDS)) return;
      note();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.warn("the time of the end was not written down", e);
    }
  }
}
