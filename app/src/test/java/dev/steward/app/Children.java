package dev.steward.app;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the system tells of processes. */
final class Children {
  private Children() {}

  /** The names of the variables that a process was started with. */
  static Set<String> variables(long pid) throws IOException {
    assumeTrue(Files.isDirectory(Path.of("/proc/self")), "this system has no /proc to read from");
    String environment =
        Files.readString(Path.of("/proc/" + pid + "/environ"), StandardCharsets.ISO_8859_1);
    return Arrays.stream(environment.split("\0", -1))
        .filter(line -> !line.isEmpty())
        .map(line -> line.substring(0, line.indexOf('=')))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Whether it runs no more; one that nobody has buried yet does not. */
  static boolean ended(ProcessHandle process) {
    Path stat = Path.of("/proc/" + process.pid() + "/stat");
    try {
      if (Files.exists(stat) && Files.readString(stat, StandardCharsets.ISO_8859_1).contains(") Z"))
        return true;
    } catch (IOException gone) {
      return true;
    }
    return !process.isAlive();
  }

  static void awaitEnd(ProcessHandle process) {
    for (int i = 0; i < 3_000 && !ended(process); i++) PlatformProcess.pause();
    if (!ended(process)) throw new IllegalStateException("it did not end: " + process.info());
  }

  static void copy(Path from, Path to) {
    try (var all = Files.walk(from)) {
      for (Path one : all.toList()) Files.copy(one, to.resolve(from.relativize(one).toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
