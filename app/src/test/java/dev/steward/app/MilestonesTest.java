package dev.steward.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.model.ClockReading;
import dev.steward.storage.DataKeys;
import dev.steward.storage.Events;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MilestonesTest {
  @Test
  void isWrittenOnceAndLaterOnlyRead(@TempDir Path folder) {
    Instant first = Instant.parse("2026-01-01T00:00:00Z");
    Store store = Store.open(folder);
    assertThat(Milestones.since(store, "x", () -> first)).isEqualTo(first);
    // It takes no write any more.
    store.close();
    assertThat(Milestones.since(store, "x", () -> first.plusSeconds(1))).isEqualTo(first);
  }

  /** A clock that was ahead and was set right: else nothing would be bound until then. */
  @Test
  void thatLiesAheadIsWrittenAnewOnceTheClockIsSettled(@TempDir Path folder) {
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    Instant ahead = now.plusSeconds(86_400 * 300);
    try (Store store = Store.open(folder)) {
      store.write(t -> t.put(Tables.CLOCK, new ClockReading(1, 0, ahead, ahead)));
      assertThat(Milestones.since(store, "x", () -> now)).isEqualTo(ahead);
      // Nothing has settled it yet.
      assertThat(Milestones.since(store, "x", () -> now.plusSeconds(60))).isEqualTo(ahead);
      store.write(t -> t.put(Tables.CLOCK, new ClockReading(2, 0, now, now)));
      Instant next = now.plusSeconds(600);
      assertThat(Milestones.since(store, "x", () -> next)).isEqualTo(next);
      assertThat(Milestones.since(store, "x", () -> next.plusSeconds(60))).isEqualTo(next);
      // A clock that stands low now tells nothing of it.
      assertThat(Milestones.since(store, "x", () -> Instant.EPOCH)).isEqualTo(next);
    }
  }

  /** Else the answers of what is under way would be foreign for good. */
  @Test
  void isNotBeforeWhatTheStoreTellsOf(@TempDir Path folder) {
    Instant unset = Instant.EPOCH.plusSeconds(20);
    Instant before = Instant.parse("2026-01-01T00:00:00Z");
    try (Store store = Store.open(folder)) {
      store.write(t -> t.put(Tables.CLOCK, new ClockReading(1, 0, before, before)));
      assertThat(Milestones.since(store, "clock", () -> unset)).isEqualTo(before);
      Instant event = before.plusSeconds(60);
      store.<Boolean>write(t -> {
        Events.append(t, DataKeys.INSTALLATION, "x", "y", "z", event);
        return true;
      });
      assertThat(Milestones.since(store, "event", () -> unset)).isEqualTo(event);
    }
  }
}
