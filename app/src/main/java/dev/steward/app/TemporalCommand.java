package dev.steward.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The command line of the Temporal CLI's server.
 *
 * @param codec where the web interface has payloads decoded
 */
record TemporalCommand(Path folder, boolean inMemory, String codec) {
  private static final String DATABASE = "--db-filename";

  /** Who starts a server by hand has no codec of ours to name. */
  private static final String CODEC = "--ui-codec-endpoint";

  Path database() {
    return folder.resolve("temporal.db");
  }

  /** What the server is given; a server that was given the same is as we would start it. */
  List<String> arguments(int port, int uiPort) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "server",
                "start-dev",
                "--ip",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--ui-port",
                Integer.toString(uiPort),
                "--log-level",
                "warn",
                "--ui-disable-news-fetch",
                CODEC,
                codec));
    // Without this every step of a workflow waits for a poll of 50 ms (measured on server 1.32).
    all.addAll(List.of("--dynamic-config-value", "history.transferProcessorMaxPollRPS=100"));
    // Organizations in turn instead of first come, first served; in one partition of a queue,
    // because the order holds within each only (what older versions left in others is read on).
    all.addAll(
        List.of(
            "--dynamic-config-value",
            "matching.enableFairness=true",
            "--dynamic-config-value",
            "matching.numTaskqueueWritePartitions=1"));
    if (!inMemory)
      all.addAll(
          List.of(
              DATABASE,
              database().toString(),
              "--sqlite-pragma",
              "journal_mode=wal",
              "--sqlite-pragma",
              "synchronous=2"));
    return all;
  }

  /**
   * The whole line. A shell sets the umask, which Java cannot, and becomes the server: the files
   * that the server makes are its owner's alone, however the platform was started.
   */
  List<String> line(int port, int uiPort) {
    return Stream.concat(
            Stream.of(
                "/bin/sh", "-c", "umask 077; exec \"$@\" </dev/null", "sh", binary().toString()),
            arguments(port, uiPort).stream())
        .toList();
  }

  /** Whether a process with these arguments runs on our database. */
  boolean runsOnDatabase(List<String> arguments) {
    int at = arguments.indexOf(DATABASE);
    return at >= 0
        && at + 1 < arguments.size()
        && arguments.get(at + 1).equals(database().toString());
  }

  /** Whether a process with these arguments was started by a platform, of whatever version. */
  boolean isOurs(List<String> arguments) {
    return arguments.containsAll(List.of("start-dev", CODEC));
  }

  /** What the launcher found or installed, else whatever is on the path. */
  private static Path binary() {
    String named = System.getenv("STEWARD_TEMPORAL_CLI");
    if (named != null && Files.isExecutable(Path.of(named))) return Path.of(named);
    for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      Path candidate = Path.of(folder, "temporal");
      if (Files.isExecutable(candidate)) return candidate;
    }
    throw new StartException(
        "the Temporal CLI is not installed; ./steward up installs it, or give --temporal-address");
  }
}
