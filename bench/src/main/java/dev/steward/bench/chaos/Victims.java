package dev.steward.bench.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.bench.Launched;
import dev.steward.model.ChildProcess;
import dev.steward.model.Json;
import dev.steward.testing.ApiClient;
import dev.steward.testing.Emulator;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The processes of one installation: platform, its Temporal, the emulated AWS and the way to it.
 */
final class Victims implements AutoCloseable {
  private final Emulator emulator = Emulator.start();
  private final int relayPort = Emulator.freePort();
  private final Map<String, String> options = new LinkedHashMap<>();
  private final Path folder;
  private Process relay;
  private Launched platform;

  Victims(Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    options.put("aws-requests-per-second", "500");
    options.put("notify-allow-private", "true");
    for (String port : List.of("http", "admin", "temporal", "temporal-ui"))
      options.put(port + "-port", Integer.toString(Emulator.freePort()));
    relay = relay();
    platform = launch();
  }

  private Launched launch() throws IOException, InterruptedException {
    return Launched.before(URI.create("http://127.0.0.1:" + relayPort), folder, options);
  }

  private Process relay() throws IOException {
    return ChildProcess.TOOL
        .of(
            ProcessHandle.current().info().command().orElse("java"),
            "-XX:TieredStopAtLevel=1",
            "-Xmx64m",
            "-cp",
            System.getProperty("java.class.path"),
            Relay.class.getName(),
            Integer.toString(relayPort),
            Integer.toString(emulator.endpoint().getPort()))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + options.get("http-port"));
  }

  ApiClient anybody() {
    return ApiClient.at(url());
  }

  /** AWS itself, not by the way that is broken now and then. */
  URI aws() {
    return emulator.endpoint();
  }

  Path folder() {
    return folder;
  }

  void killPlatform() throws IOException, InterruptedException {
    platform.process().destroyForcibly().waitFor();
    platform = launch();
  }

  void killTemporal() throws IOException {
    temporal().destroyForcibly();
  }

  void killBoth() throws IOException, InterruptedException {
    platform.process().destroyForcibly().waitFor();
    killTemporal();
    platform = launch();
  }

  /** As a disk that is lost: both are killed, and Temporal's database is not there any more. */
  void loseTemporalsDatabase() throws IOException, InterruptedException {
    platform.process().destroyForcibly().waitFor();
    ProcessHandle server = temporal();
    server.destroyForcibly();
    while (server.isAlive()) TimeUnit.MILLISECONDS.sleep(10);
    try (var files = Files.list(folder.resolve("data/temporal"))) {
      for (Path file : files.filter(f -> f.toString().contains("temporal.db")).toList())
        Files.delete(file);
    }
    platform = launch();
  }

  void killTheWayToAws() throws IOException, InterruptedException {
    relay.destroyForcibly().waitFor();
    TimeUnit.SECONDS.sleep(2);
    relay = relay();
  }

  void stopPlatform(long millis) throws IOException, InterruptedException {
    stop(platform.process().pid(), millis);
  }

  void stopTemporal(long millis) throws IOException, InterruptedException {
    stop(temporal().pid(), millis);
  }

  void stopAws(long millis) throws IOException, InterruptedException {
    stop(emulator.pid(), millis);
  }

  /** Stands still for a while, as a machine that pages or a container that is frozen. */
  private static void stop(long process, long millis) throws IOException, InterruptedException {
    signal("-STOP", process);
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } finally {
      signal("-CONT", process);
    }
  }

  private static void signal(String which, long process) throws IOException, InterruptedException {
    ChildProcess.TOOL.of("kill", which, Long.toString(process)).start().waitFor();
  }

  private ProcessHandle temporal() throws IOException {
    JsonNode note = Json.MAPPER.readTree(folder.resolve("data/temporal/server.json").toFile());
    return ProcessHandle.of(note.path("pid").asLong())
        .orElseThrow(() -> new IOException("there is no Temporal server at this moment"));
  }

  @Override
  public void close() throws InterruptedException {
    platform.close();
    relay.destroyForcibly();
    emulator.close();
  }
}
