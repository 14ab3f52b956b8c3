package dev.steward.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.model.Ids;
import dev.steward.model.Organization;
import dev.steward.model.OrganizationId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which version opens whose folder. */
final class SchemaTest {
  private final Organization shop =
      new Organization(
          OrganizationId.from(Ids.random()), "Shop", Instant.parse("2026-01-01T00:00:00Z"));

  @TempDir Path folder;

  /** As a version opens it that knows this many of the steps. */
  private Store version(int steps) {
    return Store.open(folder, Tables.ALL, Migrations.ALL.subList(0, steps));
  }

  @Test
  void opensWhatEveryOlderVersionWroteAndIsRefusedByItAfterwards() {
    for (int older = 0; older < Migrations.ALL.size(); older++) {
      try (Store store = version(older)) {
        store.write(t -> t.put(Tables.ORGANIZATIONS, shop));
      }
      assertThat(Verification.of(folder).faults()).isEmpty();
    }
    for (int i = 0; i < 2; i++)
      try (Store store = Store.open(folder)) {
        assertThat(store.state().rows(Tables.ORGANIZATIONS).stream()).containsExactly(shop);
      }
    for (int older = 0; older < Migrations.ALL.size(); older++) {
      int steps = older;
      assertThatThrownBy(() -> version(steps))
          .isInstanceOf(StoreOpenException.class)
          .hasMessageContaining("newer version");
    }
    assertThat(Verification.of(folder).faults()).isEmpty();
  }

  @Test
  void aFolderThatThisVersionMadeIsRefusedByAnOlderOne() {
    Store.open(folder).close();
    assertThatThrownBy(() -> version(0)).hasMessageContaining("newer version");
  }

  @Test
  void aNumberOfTheFutureIsRefusedWithWhatToDo() {
    int next = Migrations.ALL.size() + 2;
    List<Migration> future = new ArrayList<>(Migrations.ALL);
    future.add(new Migration(next, "what is to come", Map.of()));
    Store.open(folder, Tables.ALL, future).close();
    for (int i = 0; i < 2; i++)
      assertThatThrownBy(() -> Store.open(folder))
          .isInstanceOf(StoreOpenException.class)
          .hasMessageContaining("newer version (schema " + next)
          .hasMessageContaining("Nothing was changed")
          .hasMessageContaining("restore a backup");
    assertThat(Verification.of(folder).faults()).singleElement().asString().contains("newer");
    Store.open(folder, Tables.ALL, future).close();
  }

  @Test
  void stepsFollowOneAnother() {
    for (int i = 0; i < Migrations.ALL.size(); i++)
      assertThat(Migrations.ALL.get(i).to()).isEqualTo(i + 2);
  }
}
