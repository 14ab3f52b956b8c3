package dev.steward.app;

import dev.steward.governance.desk.AuditBook;
import dev.steward.storage.Blobs;
import dev.steward.storage.Store;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the heads of the audit chains down from time to time, and once more at the end. */
final class AuditAnchors implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AuditAnchors.class);
  private final Store store;
  private final Blobs blobs;
  private final InstantSource clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("audit-anchors").factory());
  private final ScheduledFuture<?> running;

  AuditAnchors(Store store, Blobs blobs, InstantSource clock, int minutes) {
    this.store = store;
    this.blobs = blobs;
    this.clock = clock;
    this.running = timer.scheduleAtFixedRate(this::anchor, minutes, minutes, TimeUnit.MINUTES);
  }

  private void anchor() {
    try {
      AuditBook.anchor(store, blobs, clock.instant());
    } catch (RuntimeException e) {
      LOG.warn("the audit chains were not anchored; the next time will tell", e);
    }
  }

  @Override
  public void close() {
    running.cancel(false);
    timer.shutdown();
    anchor();
  }
}
