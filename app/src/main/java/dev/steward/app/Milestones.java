package dev.steward.app;

import dev.steward.model.Milestone;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import java.time.Instant;
import java.time.InstantSource;

/** Since when something holds of this installation: since the first start that knew of it. */
final class Milestones {
  private Milestones() {}

  /** Later starts only read it: a disk without room for it is no reason not to start. */
  static Instant since(Store store, String name, InstantSource clock) {
    return store
        .state()
        .find(Tables.MILESTONES, name)
        .orElseGet(
            () -> store.write(t -> t.put(Tables.MILESTONES, new Milestone(name, clock.instant()))))
        .at();
  }
}
