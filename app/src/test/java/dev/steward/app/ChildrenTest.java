package dev.steward.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.model.ChildProcess;
import dev.steward.testing.Emulator;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the programs that we start know of us, and what they leave on the disk. */
@SuppressWarnings("NullAway.Init")
final class ChildrenTest {
  private static final URI NOWHERE = URI.create("http://127.0.0.1:1");

  /** Shells tell these of themselves. */
  private static final Set<String> SHELL = Set.of("PWD", "OLDPWD", "SHLVL", "_");

  private static PlatformProcess platform;

  @BeforeAll
  static void start() {
    platform =
        new PlatformProcess(NOWHERE)
            .as("PLATFORMtest", "a secret key")
            .with("AWS_SESSION_TOKEN", "a session")
            .with("STEWARD_MAIL_PASSWORD", "a password")
            .with("SOME_TOKEN_OF_OTHERS", "a token")
            .withUmask("000")
            .start();
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  @Test
  void temporalIsToldNothingOfOurEnvironmentButWhatItNeeds() throws Exception {
    knowsNothingElse(platform.temporal(), ChildProcess.TEMPORAL);
  }

  @Test
  void theEmulatorIsToldNothingOfOurEnvironmentButWhatItNeeds() throws Exception {
    try (Emulator emulator = Emulator.start()) {
      knowsNothingElse(ProcessHandle.of(emulator.pid()).orElseThrow(), ChildProcess.EMULATOR);
    }
  }

  private static void knowsNothingElse(ProcessHandle process, ChildProcess child) throws Exception {
    Set<String> known = Children.variables(process.pid());
    assertThat(known).contains("PATH");
    known.removeAll(SHELL);
    assertThat(child.variables()).containsAll(known);
  }

  @Test
  void whatTheOperatorReadsOfItIsWhatHolds() throws Exception {
    String page = Files.readString(Path.of("../docs/operations.md"));
    for (ChildProcess child : List.of(ChildProcess.TEMPORAL, ChildProcess.EMULATOR))
      for (String variable : new TreeSet<>(child.variables()))
        assertThat(page).as(child.name()).contains("`" + variable + "`");
  }

  /** The launcher's umask is not there when the platform is started without it. */
  @Test
  void everythingIsItsOwnersAloneWhateverTheUmaskIs() throws Exception {
    Path data = platform.folder.resolve("data");
    assertThat(data.resolve("temporal/temporal.db-wal")).exists();
    try (var all = Files.walk(data)) {
      for (Path one : all.toList())
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(one)))
            .as(one.toString())
            .isEqualTo(Files.isDirectory(one) ? "rwx------" : "rw-------");
    }
  }

  @Test
  void aCopyOfTheFolderRunsOnAServerOfItsOwn() {
    ProcessHandle original = platform.temporal();
    try (PlatformProcess copy = new PlatformProcess(NOWHERE)) {
      Children.copy(platform.folder.resolve("data"), copy.folder.resolve("data"));
      copy.start();
      assertThat(copy.temporal().pid()).isNotEqualTo(original.pid());
      assertThat(up(copy).at("/components/temporal/detail/address").asText())
          .isEqualTo(copy.temporalAddress());
      copy.terminate();
    }
    assertThat(original.isAlive()).isTrue();
    assertThat(platform.temporal().pid()).isEqualTo(original.pid());
    assertThat(up(platform).at("/components/temporal/detail").has("problem")).isFalse();
  }

  private static com.fasterxml.jackson.databind.JsonNode up(PlatformProcess one) {
    return PlatformProcess.await(
        one.admin(), "/health", h -> h.at("/components/temporal/status").asText().equals("up"));
  }
}
