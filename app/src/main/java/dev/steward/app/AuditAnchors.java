package dev.steward.app;

import dev.steward.domain.governance.desk.AuditBook;
import dev.steward.domain.governance.desk.Witness;
import dev.steward.storage.Blobs;
import dev.steward.storage.Store;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the heads of the audit chains down outside the store, and once more at the end: each
 * second to the witness, where they have moved, and from time to time as an anchor that stays.
 */
final class AuditAnchors implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AuditAnchors.class);
  private final Store store;
  private final Blobs blobs;
  private final AuditBook book;
  private final Witness witness;
  private final InstantSource clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("audit-anchors").factory());
  private final List<ScheduledFuture<?>> running;

  AuditAnchors(
      Store store, Blobs blobs, AuditBook book, Witness witness, InstantSource clock, int minutes) {
    this.store = store;
    this.blobs = blobs;
    this.book = book;
    this.witness = witness;
    this.clock = clock;
    this.running =
        List.of(
            timer.scheduleAtFixedRate(this::anchor, minutes, minutes, TimeUnit.MINUTES),
            timer.scheduleWithFixedDelay(this::witness, 1, 1, TimeUnit.SECONDS));
  }

  static AuditAnchors of(House house) {
    int minutes = house.settings.number(Setting.AUDIT_ANCHOR_MINUTES);
    return new AuditAnchors(
        house.store, house.blobs, house.audit, house.witness, house.clock, minutes);
  }

  private void witness() {
    book.witness(store, witness, clock.instant());
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
    running.forEach(r -> r.cancel(false));
    timer.close();
    anchor();
    witness();
  }
}
