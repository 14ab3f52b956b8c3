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
