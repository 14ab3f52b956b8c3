package dev.steward.domain.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** How much memory this process has had at most; a training shares it with the rest. */
public final class Memory {
  private static final Path STATUS = Path.of("/proc/self/status");

  private Memory() {}

  /** Resident, in MB; null where the system does not tell. */
  public static @Nullable Long peakMegabytes() {
    try {
      for (String line : Files.readAllLines(STATUS))
        if (line.startsWith("VmHWM:")) return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
      return null;
    } catch (IOException elsewhere) {
      return null;
    }
  }
}
