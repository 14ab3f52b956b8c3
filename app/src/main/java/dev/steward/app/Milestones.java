package dev.steward.app;

import dev.steward.model.Milestone;
import dev.steward.storage.ClockLog;
import dev.steward.storage.State;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.storage.WatchedClock;
import dev.steward.workflows.Unbound;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Since when something holds of this installation: since the first start that knew of it. */
final class Milestones {
  /** So lately the clock was read that what it says now goes on from there. */
  private static final Duration SETTLED = Duration.ofDays(30);

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
    Optional<Milestone> known = store.state().find(Tables.MILESTONES, name);
    Instant now = clock.instant();
    if (known.isPresent() && !isAhead(known.get(), store.state(), now)) return known.get().at();
    Instant at = known.isPresent() ? now : later(now, ClockLog.latest(store.state()));
    return store.write(t -> t.put(Tables.MILESTONES, new Milestone(name, at))).at();
  }

  /**
   * Whether it was written while the clock was ahead, and that has been settled since: until then
   * it would hold of nothing.
   */
  private static boolean isAhead(Milestone milestone, State state, Instant now) {
    return milestone.at().isAfter(now.plus(WatchedClock.TOLERANCE))
        && state
            .rows(Tables.CLOCK)
            .last()
            .filter(last -> !last.latest().isAfter(now))
            .filter(last -> last.latest().isAfter(now.minus(SETTLED)))
            .isPresent();
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
