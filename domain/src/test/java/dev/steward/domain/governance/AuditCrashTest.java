package dev.steward.domain.governance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.governance.audit.AuditChain;
import dev.steward.domain.governance.desk.Auditor;
import dev.steward.domain.governance.desk.Witness;
import dev.steward.storage.Blobs;
import dev.steward.storage.MasterKey;
import dev.steward.storage.Store;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed at any moment leaves a chain and a witness that fit. */
@SuppressWarnings("NullAway.Init")
final class AuditCrashTest {
  private static final int ROUNDS = Integer.getInteger("audit.crash.rounds", 4);

  @TempDir private Path folder;

  @Test
  void noKillIsTakenForACutOffEnd() throws Exception {
    Random random = new Random(42);
    for (int round = 0; round < ROUNDS; round++) {
      long acknowledged = writeUntilKilled(20 + random.nextInt(60));
      try (Store store = Store.open(folder)) {
        Auditor auditor =
            new Auditor(
                new Blobs(folder.resolve("blobs")),
                new Witness(folder.resolve(Witness.FILE)),
                MasterKey.at(folder.resolve("master.key"), true));
        auditor.requireEnds(store.state());
        AuditChain.Proof proof = auditor.proof(store::state, Samples.ORGANIZATION);
        assertThat(proof.faults()).isEmpty();
        assertThat(proof.entries()).isGreaterThanOrEqualTo(acknowledged);
        assertThat(proof.witnessed()).isPositive();
      }
    }
  }

  private long writeUntilKilled(int acknowledgements) throws Exception {
    Process child =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "--add-exports",
                "java.base/jdk.internal.misc=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                AuditWriter.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    long last = 0;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(child.getInputStream(), StandardCharsets.US_ASCII))) {
      int count = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        last = Long.parseLong(line);
        if (++count == acknowledgements) child.toHandle().destroyForcibly();
      }
    }
    child.waitFor();
    assertThat(last).isPositive();
    return last;
  }
}
