package dev.steward.api.governance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.api.Served;
import dev.steward.domain.governance.desk.AuditBook;
import dev.steward.domain.governance.desk.Office;
import dev.steward.domain.work.Work;
import dev.steward.estate.PriceBook;
import dev.steward.model.Ids;
import dev.steward.model.Role;
import dev.steward.storage.MasterKey;
import dev.steward.storage.Secrets;
import dev.steward.testing.ApiClient;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NotificationOperationsTest {
  /** Of a store alone, where nothing is sent inside. */
  private static Served served(Path folder) {
    Ids ids = Ids.random();
    InstantSource clock = InstantSource.system();
    MasterKey master = MasterKey.at(folder.resolve("key"), false);
    Office office =
        new Office(new Work(ids, clock), ids, clock, PriceBook.current(), new AuditBook(master));
    return new Served(
        folder, new NotificationOperations(new Secrets(master, ids), office, false).operations());
  }

  /** Where the host is, is looked up before the write: within it the store refuses that. */
  @Test
  void aHostIsLookedUpBeforeItIsWrittenDown(@TempDir Path folder) {
    try (Served served = served(folder)) {
      ApiClient ann = served.as(served.user(Role.CLIENT));
      assertThat(status(ann, "https://8.8.8.8/hook")).isEqualTo(201);
      assertThat(status(ann, "https://10.0.0.1/hook")).isEqualTo(422);
      assertThat(ann.get("/governance/notifications").ok().path("items")).hasSize(1);
    }
  }

  private static int status(ApiClient as, String address) {
    return as.post("/governance/notifications", Map.of("channel", "webhook", "address", address))
        .status();
  }
}
