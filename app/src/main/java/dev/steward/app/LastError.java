package dev.steward.app;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** What a program said last before it ended, in the way of command lines: {@code Error: …}. */
final class LastError {
  private static final int TAIL = 4096;
  private static final int LONGEST = 300;

  private LastError() {}

  /** Nothing if it ended without a word, as one does that was killed. */
  static Optional<String> of(Path log) {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      byte[] tail = new byte[(int) Math.min(TAIL, file.length())];
      file.seek(file.length() - tail.length);
      file.readFully(tail);
      return new String(tail, StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank())
          .reduce((earlier, later) -> later)
          .filter(line -> line.startsWith("Error: "))
          .map(line -> line.substring(0, Math.min(LONGEST, line.length())));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }
}
