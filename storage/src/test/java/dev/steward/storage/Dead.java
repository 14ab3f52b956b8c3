package dev.steward.storage;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a process that died leaves: a copy of its folder while it runs, as the disk would look. */
final class Dead {
  private Dead() {}

  static Path copy(Path running, Path to) {
    try (var files = Files.walk(running)) {
      for (Path file : files.filter(f -> !f.endsWith("lock")).toList()) {
        Path target = to.resolve(running.relativize(file).toString());
        if (Files.isDirectory(file)) Files.createDirectories(target);
        else Files.copy(file, target);
      }
      return to;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void flip(Path file, long at, int bits) {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(at);
      int was = bytes.readUnsignedByte();
      bytes.seek(at);
      bytes.write(was ^ bits);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
