package dev.steward.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.storage.Store;
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
}
