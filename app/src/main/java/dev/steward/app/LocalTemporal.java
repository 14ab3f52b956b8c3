package dev.steward.app;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.model.Json;
import dev.steward.storage.Durably;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Temporal CLI's server as a child process, on a SQLite file in the data folder. Starts it
 * again when it dies, and takes over one that a killed platform left behind.
 */
final class LocalTemporal implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LocalTemporal.class);
  private static final long LARGEST_LOG = 20L << 20;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Path folder;
  private final boolean inMemory;
  private final String codec;
  private final int port;
  private final int uiPort;
  private volatile ProcessHandle process;
  private volatile int starts = 1;
  private volatile boolean closing;
  private final Thread supervisor;

  /**
   * @param codec where the web interface has payloads decoded
   */
  LocalTemporal(Path folder, int port, int uiPort, boolean inMemory, String codec) {
    this.folder = folder;
    this.inMemory = inMemory;
    this.codec = codec;
    Optional<Left> left = leftBehind();
    this.port = left.map(Left::port).orElseGet(() -> free(port, "temporal.port"));
    this.uiPort = left.map(Left::uiPort).orElseGet(() -> free(uiPort, "temporal.ui-port"));
    this.process = left.map(Left::process).orElseGet(this::launch);
    left.ifPresent(l -> LOG.info("took over the Temporal server of process {}", l.process().pid()));
    awaitReady();
    this.supervisor =
        Thread.ofPlatform().daemon().name("temporal-supervisor").start(this::supervise);
  }

  private record Left(ProcessHandle process, int port, int uiPort) {}

  String address() {
    return "127.0.0.1:" + port;
  }

  String ui() {
    return "http://127.0.0.1:" + uiPort;
  }

  /** How often the server was started: a new one may have come up without what it had. */
  int starts() {
    return starts;
  }

  long pid() {
    return process.pid();
  }

  private Path note() {
    return folder.resolve("server.json");
  }

  /** A server that still runs on our file must not get a second one beside it. */
  private Optional<Left> leftBehind() {
    if (!Files.exists(note())) return Optional.empty();
    try {
      JsonNode note = Json.MAPPER.readTree(note().toFile());
      return ProcessHandle.of(note.path("pid").asLong())
          .filter(ProcessHandle::isAlive)
          .filter(p -> p.info().command().orElse("").contains("temporal"))
          .map(p -> new Left(p, note.path("port").asInt(), note.path("ui_port").asInt()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static int free(int wanted, String setting) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress("127.0.0.1", wanted));
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new StartException(
          "port " + wanted + " is in use; choose another with --" + setting.replace('.', '-'), e);
    }
  }

  private ProcessHandle launch() {
    try {
      Files.createDirectories(folder);
      List<String> command =
          new ArrayList<>(List.of(binary().toString(), "server", "start-dev", "--ip", "127.0.0.1"));
      command.addAll(
          List.of("--port", Integer.toString(port), "--ui-port", Integer.toString(uiPort)));
      command.addAll(
          List.of("--log-level", "warn", "--ui-disable-news-fetch", "--ui-codec-endpoint", codec));
      // Without this every step of a workflow waits for a poll of 50 ms (measured on server 1.32).
      command.addAll(List.of("--dynamic-config-value", "history.transferProcessorMaxPollRPS=100"));
      // Organizations in turn instead of first come, first served; in one partition of a queue,
      // because the order holds within each only (what older versions left in others is read on).
      command.addAll(
          List.of(
              "--dynamic-config-value",
              "matching.enableFairness=true",
              "--dynamic-config-value",
              "matching.numTaskqueueWritePartitions=1"));
      if (!inMemory)
        command.addAll(
            List.of(
                "--db-filename",
                folder.resolve("temporal.db").toString(),
                "--sqlite-pragma",
                "journal_mode=wal",
                "--sqlite-pragma",
                "synchronous=2"));
      Process started =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log(folder).toFile()))
              .start();
      Durably.write(
          note(), Json.bytes(Map.of("pid", started.pid(), "port", port, "ui_port", uiPort)));
      return started.toHandle();
    } catch (IOException e) {
      throw new StartException("the Temporal server did not start: " + e.getMessage(), e);
    }
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

  private void awaitReady() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      if (!process.isAlive())
        throw new StartException(
            "the Temporal server ended at once; see " + folder.resolve("server.log"));
      if (answers()) return;
      pause();
    }
    throw new StartException(
        "the Temporal server did not answer within "
            + PATIENCE.toSeconds()
            + " s; see "
            + folder.resolve("server.log"));
  }

  private boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 500);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  private void supervise() {
    while (!closing) {
      if (!process.isAlive() && !closing) {
        LOG.warn("the Temporal server has died; starting it again");
        try {
          process = launch();
          starts++;
        } catch (StartException e) {
          LOG.error("the Temporal server could not be started again; trying on", e);
        }
      }
      pause();
    }
  }

  private void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(closing ? 1 : 50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closing = true;
    }
  }

  @Override
  public void close() {
    closing = true;
    supervisor.interrupt();
    boolean asked = process.destroy();
    try {
      if (asked) process.onExit().get(5, TimeUnit.SECONDS);
      Files.deleteIfExists(note());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (java.util.concurrent.ExecutionException
        | java.util.concurrent.TimeoutException
        | IOException e) {
      if (!process.destroyForcibly())
        LOG.warn("the Temporal server of process {} did not end", process.pid());
    }
  }

  /** Where the server writes; what is large is put aside at its start, once. */
  static Path log(Path folder) throws IOException {
    Path log = folder.resolve("server.log");
    if (Files.exists(log) && Files.size(log) > LARGEST_LOG)
      Files.move(log, folder.resolve("server.log.1"), StandardCopyOption.REPLACE_EXISTING);
    return log;
  }
}
