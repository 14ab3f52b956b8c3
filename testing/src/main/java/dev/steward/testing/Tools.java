package dev.steward.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where {@code ./steward} keeps what it installs. */
public final class Tools {
  private Tools() {}

  public static Path folder() {
    return Optional.ofNullable(System.getenv("STEWARD_TOOLS"))
        .map(Path::of)
        .orElseGet(() -> root().resolve(".tools"));
  }

  /** The top of the checkout: the nearest folder upwards that holds the launcher. */
  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.exists(folder.resolve("steward"))) folder = folder.getParent();
    return folder == null ? Path.of("").toAbsolutePath() : folder;
  }
}
