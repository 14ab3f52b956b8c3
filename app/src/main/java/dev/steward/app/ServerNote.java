package dev.steward.app;

import dev.steward.model.Json;
import dev.steward.storage.Durably;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@code server.json} says of the server that was started for a folder. A number of a process
 * tells little: the folder may be a copy, and the system gives numbers away again.
 *
 * @param folder the folder's identity on its disk; null where there is none, and in notes of before
 * @param started when the process began; null where nobody knows, and in notes of before
 */
record ServerNote(
    long pid, int port, int uiPort, @Nullable String folder, @Nullable Instant started) {
  /** The system counts from the start of the machine, by a clock that is set now and then. */
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  static ServerNote of(ProcessHandle process, int port, int uiPort, Path folder) {
    return new ServerNote(
        process.pid(), port, uiPort, identity(folder), process.info().startInstant().orElse(null));
  }

  static Path file(Path folder) {
    return folder.resolve("server.json");
  }

  static Optional<ServerNote> in(Path folder) {
    try {
      return Optional.of(Json.read(Files.readAllBytes(file(folder)), ServerNote.class));
    } catch (IOException | UncheckedIOException noneOrTorn) {
      return Optional.empty();
    }
  }

  void write(Path folder) {
    Durably.write(file(folder), Json.bytes(this));
  }

  /** Whether it was written for this folder and not for the one that this is a copy of. */
  boolean isFor(Path here) {
    return folder == null || folder.equals(identity(here));
  }

  /**
   * The server, if it surely is the one that was started for this folder: doubt is no. Nor is it
   * one of before notes had the folder, which was given all of our environment.
   */
  Optional<ProcessHandle> process(TemporalCommand command) {
    if (folder == null || !isFor(command.folder())) return Optional.empty();
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(p -> beganThen(p) || LeftServer.isOn(command, p));
  }

  private boolean beganThen(ProcessHandle process) {
    return started != null
        && process
            .info()
            .startInstant()
            .map(began -> Duration.between(started, began).abs().compareTo(TOLERANCE) <= 0)
            .orElse(false);
  }

  /** What a process was given; nothing where the system does not tell. */
  static List<String> arguments(ProcessHandle process) {
    return process.info().arguments().map(Arrays::asList).orElse(List.of());
  }

  /** Device and inode. */
  private static @Nullable String identity(Path folder) {
    try {
      Object key = Files.readAttributes(folder, BasicFileAttributes.class).fileKey();
      return key == null ? null : key.toString();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + folder, e);
    }
  }
}
