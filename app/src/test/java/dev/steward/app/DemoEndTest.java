package dev.steward.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.testing.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However a demo is ended, nothing of what it started stays. */
final class DemoEndTest {
  private static final String EMULATOR = "emulator.py";
  private static final String TEMPORAL = "start-dev";

  @TempDir Path folder;
  private final List<ProcessHandle> started = new ArrayList<>();

  @AfterEach
  void endWhatIsLeft() {
    started.forEach(ProcessHandle::destroyForcibly);
    started.forEach(Children::awaitEnd);
  }

  private Process demo() throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Tools.folder().resolve("emulator/bin/python").toString(),
                "-c",
                // In the background a shell has INT ignored, and so have its children.
                "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL);"
                    + " os.execv(sys.argv[1], sys.argv[1:])"));
    command.addAll(Launch.of("demo", "--data-folder", folder.resolve("data").toString()));
    for (String port : List.of("http", "admin", "temporal", "temporal-ui"))
      command.addAll(List.of("--" + port + "-port", "0"));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile())
            .start();
    started.add(process.toHandle());
    return process;
  }

  /** The child whose command line has the word, once it is there. */
  private ProcessHandle child(Process demo, String word) throws IOException {
    for (int i = 0; i < 6_000; i++) {
      Optional<ProcessHandle> found =
          demo.descendants()
              .filter(p -> ServerNote.arguments(p).stream().anyMatch(a -> a.endsWith(word)))
              .findFirst();
      if (found.isPresent()) {
        started.add(found.get());
        return found.get();
      }
      if (!demo.isAlive()) break;
      PlatformProcess.pause();
    }
    throw new IllegalStateException(
        "no " + word + " was started: " + Files.readString(folder.resolve("output")));
  }

  private static void signal(String name, Process demo) throws Exception {
    assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(demo.pid())).start().waitFor())
        .isZero();
  }

  private void leavesNothingAfter(String signal, Process demo, ProcessHandle emulator)
      throws Exception {
    List<String> arguments = ServerNote.arguments(emulator);
    Path scratch = Path.of(arguments.get(arguments.indexOf("--scratch") + 1));
    signal(signal, demo);
    started.forEach(Children::awaitEnd);
    assertThat(scratch).doesNotExist();
  }

  @Test
  void endedByTermItLeavesNothing() throws Exception {
    Process demo = demo();
    ProcessHandle emulator = child(demo, EMULATOR);
    // At the worst moment: the platform is being put together, and Temporal has just begun.
    child(demo, TEMPORAL);
    leavesNothingAfter("TERM", demo, emulator);
  }

  @Test
  void endedByIntItLeavesNothing() throws Exception {
    Process demo = demo();
    leavesNothingAfter("INT", demo, child(demo, EMULATOR));
  }

  @Test
  void killedItLeavesNoEmulator() throws Exception {
    Process demo = demo();
    leavesNothingAfter("KILL", demo, child(demo, EMULATOR));
  }
}
