package dev.steward.bench;

import dev.steward.model.ChildProcess;
import dev.steward.testing.Emulator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How long {@code ./steward up} takes to be ready while Temporal runs already, and what it holds
 * when idle.
 */
final class StartBench implements Main.Benchmark {
  private static final int ROUNDS = 7;
  private final Path home =
      Path.of(System.getenv().getOrDefault("STEWARD_HOME", ".")).toAbsolutePath();

  @Override
  public void run() throws Exception {
    int temporalPort = Emulator.freePort();
    Process temporal =
        ChildProcess.TEMPORAL
            .of(
                System.getenv().getOrDefault("STEWARD_TEMPORAL_CLI", "temporal"),
                "server",
                "start-dev",
                "--headless",
                "--ip",
                "127.0.0.1",
                "--port",
                Integer.toString(temporalPort))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      TimeUnit.SECONDS.sleep(2);
      measure("with start-up cache", true, temporalPort);
      measure("without", false, temporalPort);
    } finally {
      temporal.destroyForcibly();
    }
  }

  private void measure(String name, boolean cached, int temporalPort) throws Exception {
    double[] millis = new double[ROUNDS];
    double[] megabytes = new double[ROUNDS];
    for (int round = -1; round < ROUNDS; round++) {
      Path folder = Files.createTempDirectory("steward-bench");
      long began = System.nanoTime();
      Process process = launch(cached, temporalPort, folder);
      try {
        while (!Files.readString(folder.resolve("out"), StandardCharsets.UTF_8)
            .contains("Ready in")) {
          if (!process.isAlive())
            throw new IllegalStateException(Files.readString(folder.resolve("out")));
          TimeUnit.MILLISECONDS.sleep(5);
        }
        double ready = (System.nanoTime() - began) / 1e6;
        TimeUnit.SECONDS.sleep(4);
        if (round >= 0) {
          millis[round] = ready;
          megabytes[round] = rss(process.pid());
        }
      } finally {
        process.destroyForcibly().waitFor();
        Measurements.delete(folder);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "up %s: ready after %s, idle RSS %s%n",
        name,
        new Measurements(millis).shown("ms"),
        new Measurements(megabytes).shown("MB"));
  }

  /** As the launcher does it. */
  private Process launch(boolean cached, int temporalPort, Path folder) throws IOException {
    Path cache = home.resolve("app/target/steward.aot");
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "--add-exports",
                "java.base/jdk.internal.misc=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-Xmx1g",
                "-XX:+ExitOnOutOfMemoryError"));
    if (cached) command.add("-XX:AOTCache=" + cache);
    command.addAll(
        List.of(
            "-cp",
            home.resolve("app/target/steward-app.jar")
                + ":"
                + Files.readString(home.resolve("app/target/classpath")).strip(),
            "dev.steward.app.Main",
            "up",
            "--data-folder",
            folder.resolve("data").toString(),
            "--http-port",
            "0",
            "--admin-port",
            "0",
            "--temporal-address",
            "127.0.0.1:" + temporalPort));
    Files.createFile(folder.resolve("out"));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out").toFile());
    builder
        .environment()
        .putAll(Map.of("AWS_ACCESS_KEY_ID", "bench", "AWS_SECRET_ACCESS_KEY", "bench"));
    return builder.start();
  }

  /** Megabytes of memory that a process has. */
  static double rss(long pid) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status")))
      if (line.startsWith("VmRSS:")) return Double.parseDouble(line.replaceAll("\\D", "")) / 1024;
    return Double.NaN;
  }
}
