package dev.steward.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a disk and is no reason not to start. */
final class StartTest {
  private static final URI NOWHERE = URI.create("http://127.0.0.1:1");

  @Test
  void aWitnessThatCannotBeWrittenDegradesTheHealthUntilItCan(@TempDir Path top) throws Exception {
    // No folder, so that it holds for whoever may write everywhere, too.
    Path place = Files.createFile(top.resolve("place"));
    Path witness = place.resolve("audit.witness");
    try (PlatformProcess platform =
        new PlatformProcess(NOWHERE, Map.of("audit-witness-file", witness.toString())).start()) {
      String health = "/health";
      JsonNode told = platform.admin().get(health).ok().at("/components/witness");
      assertThat(told.path("status").asText()).isEqualTo("degraded");
      assertThat(told.toString()).contains("cannot be written").doesNotContain(place.toString());
      assertThat(platform.output()).contains(witness.toString());
      Files.delete(place);
      PlatformProcess.await(
          platform.admin(),
          health,
          all -> all.at("/components/witness/status").asText().equals("up"));
      assertThat(witness).exists();
    }
  }
}
