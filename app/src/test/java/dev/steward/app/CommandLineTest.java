package dev.steward.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.api.auth.Passwords;
import dev.steward.api.auth.Users;
import dev.steward.domain.governance.desk.AuditBook;
import dev.steward.model.Ids;
import dev.steward.model.Json;
import dev.steward.model.Role;
import dev.steward.storage.Blobs;
import dev.steward.storage.MasterKey;
import dev.steward.storage.Store;
import dev.steward.testing.Emulator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands on a stopped installation, as a shell sees them. */
@SuppressWarnings("NullAway.Init")
final class CommandLineTest {
  @TempDir private Path folder;

  @BeforeEach
  void installation() {
    AuditBook audit = new AuditBook(MasterKey.at(folder.resolve("data/master.key"), false));
    try (Store store = Store.open(folder.resolve("data"))) {
      new Users(store, new Passwords(), audit, Ids.random(), InstantSource.system())
          .register("Shop", "test", null, "test", List.of(Role.CLIENT));
      AuditBook.anchor(store, new Blobs(folder.resolve("data/blobs")), Instant.now());
    }
  }

  private record Run(int status, String out) {}

  private Run run(String... words) throws IOException, InterruptedException {
    List<String> command = Launch.of(words);
    command.addAll(List.of("--data-folder", folder.resolve("data").toString()));
    Path out = folder.resolve("out");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    int status = process.waitFor();
    return new Run(status, Files.readString(out, StandardCharsets.UTF_8));
  }

  @Test
  void exportWritesNothingButJson() throws Exception {
    Run run = run("export");
    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("\"Shop\"");
    for (String line : run.out().lines().toList())
      assertThat(Json.MAPPER.readTree(line)).isNotNull();
  }

  @Test
  void auditVerifySaysWhatItFound() throws Exception {
    Run run = run("audit", "verify", "--admin-port", Integer.toString(Emulator.freePort()));
    assertThat(run.status()).isZero();
    assertThat(run.out().lines()).hasSize(1);
    assertThat(run.out())
        .contains("1 entries, 1 anchors")
        .endsWith(", keyed from entry 1, no witness: whole\n");
    String port = Integer.toString(Emulator.freePort());
    Files.move(folder.resolve("data/master.key"), folder.resolve("kept.key"));
    assertThat(run("audit", "verify", "--admin-port", port).status()).isNotZero();
    assertThat(run("audit", "verify", "--admin-port", port, "--without-key").out())
        .endsWith(", keyed from entry 1 (not checked: no key), no witness: whole\n");
    MasterKey.at(folder.resolve("data/master.key"), false);
    Run another = run("audit", "verify", "--admin-port", port);
    assertThat(another.status()).isOne();
    assertThat(another.out()).contains("BROKEN").contains("the master key is another one");
  }

  @Test
  void verifySaysWhetherTheFolderIsWhole() throws Exception {
    Run whole = run("verify");
    assertThat(whole.out()).endsWith("data: whole\n");
    assertThat(whole.status()).isZero();
    Path data = folder.resolve("data/state/channel_0/channel_0_1.dat");
    byte[] bytes = Files.readAllBytes(data);
    bytes[bytes.length / 2] ^= 1;
    Files.write(data, bytes);
    Run damaged = run("verify");
    assertThat(damaged.out()).contains("channel_0_1.dat is damaged between byte");
    assertThat(damaged.status()).isOne();
  }
}
