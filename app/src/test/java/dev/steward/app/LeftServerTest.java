package dev.steward.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.model.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of a process whose arguments name our database. */
@SuppressWarnings("NullAway.Init")
final class LeftServerTest {
  @TempDir Path top;
  private TemporalCommand command;
  private Process process;

  @BeforeEach
  void start() throws IOException {
    command = new TemporalCommand(Files.createDirectory(top.resolve("a")), false, "codec");
    Files.createFile(command.database());
    process =
        ChildProcess.TOOL
            .of("/bin/sh", "-c", "read line", "sh", "--db-filename", command.database().toString())
            .start();
  }

  @AfterEach
  void end() {
    process.destroyForcibly();
    Children.awaitEnd(process.toHandle());
  }

  /** A system that shows the files of all, and of this process what we are not to see. */
  private Path system() throws IOException {
    Path system = Files.createDirectory(top.resolve("proc"));
    Files.createDirectories(system.resolve("self/root"));
    Path shown = Files.createDirectory(system.resolve(Long.toString(process.pid())));
    Files.createSymbolicLink(shown.resolve("root"), Path.of("/"));
    Files.createFile(shown.resolve("fd"));
    return system;
  }

  @Test
  void whatCannotBeLookedAtIsDoubt() throws IOException {
    Path system = system();
    assertThatThrownBy(() -> LeftServer.isOn(command, process.toHandle(), system))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("process " + process.pid() + " may run on " + command.database())
        .hasMessageContaining("end it");
    end();
    assertThat(LeftServer.isOn(command, process.toHandle(), system)).isFalse();
  }

  @Test
  void aProcessMayEndWhileItIsLookedAt() {
    IOException ended = new IOException("No such process");
    Stream<Path> open =
        Stream.of(command.database())
            .map(file -> {
              throw new UncheckedIOException(ended);
            });
    assertThatThrownBy(() -> LeftServer.hasAnotherOpen(open, command.database())).isSameAs(ended);
  }
}
