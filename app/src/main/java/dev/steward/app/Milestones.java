package dev.steward.app;

import dev.steward.model.Milestone;
import dev.steward.storage.ClockLog;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.workflows.Unbound;
import java.time.Instant;
import java.time.InstantSource;

/** Since when something holds of this installation: since the first start that knew of it. */
final class Milestones {
  private Milestones() {}

  static Unbound unbound(Store store, InstantSource clock) {
    return new Unbound(
        since(store, Milestone.PAYLOADS_BOUND, clock),
        since(store, Milestone.CALLS_BOUND, clock),
        clock);
  }

  /**
   * Later starts only read it: a disk without room for it is no reason not to start. It is no
   * earlier than what the store tells of, whatever the clock says: what is under way began before.
   */
  static Instant since(Store store, String name, InstantSource clock) {
    return store
        .state()
        .find(Tables.MILESTONES, name)
        .orElseGet(() ->
            store.write(t ->
                t.put(
                    Tables.MILESTONES,
                    new Milestone(name, later(clock.instant(), ClockLog.latest(t.state()))))))
        .at();
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
