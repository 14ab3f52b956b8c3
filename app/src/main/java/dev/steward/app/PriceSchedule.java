package dev.steward.app;

import dev.steward.domain.prices.PriceRefreshes;
import dev.steward.storage.Store;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks AWS for prices again when the last time is long ago, once somebody has asked at all. */
final class PriceSchedule implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PriceSchedule.class);
  private final Store store;
  private final PriceRefreshes refreshes;
  private final Duration after;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("price-schedule").factory());

  private PriceSchedule(Store store, PriceRefreshes refreshes, Duration after) {
    this.store = store;
    this.refreshes = refreshes;
    this.after = after;
    var _ = timer.scheduleWithFixedDelay(this::look, 1, 60, TimeUnit.MINUTES);
  }

  static PriceSchedule of(House house) {
    return new PriceSchedule(
        house.store,
        house.refreshes,
        Duration.ofDays(house.settings.number(Setting.PRICES_REFRESH_DAYS)));
  }

  private void look() {
    try {
      store.write(t -> refreshes.repeat(t, after).isPresent());
    } catch (RuntimeException e) {
      LOG.warn("whether prices are due could not be told; the next hour will", e);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
