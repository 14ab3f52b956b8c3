package dev.steward.app;

import dev.steward.model.ChildProcess;
import dev.steward.storage.Private;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Temporal CLI's server as a child process, on a SQLite file in the data folder. Starts it
 * again when it dies. It ends when we end in order; when we are killed it goes on, and the next
 * start takes it over, so that timers and histories are not held up by what happens to us.
 */
final class LocalTemporal implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LocalTemporal.class);
  private static final long LARGEST_LOG = 20L << 20;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final TemporalCommand command;
  private final int port;
  private final int uiPort;
  private final Thread supervisor;
  private volatile int starts;
  private volatile boolean closing;
  private volatile @Nullable ProcessHandle process;
  private volatile @Nullable String problem;
  private volatile long startedAt;

  /** Makes ready what {@link #start} starts. */
  LocalTemporal(Path folder, int port, int uiPort, boolean inMemory, String codec) {
    this.command = new TemporalCommand(folder, inMemory, codec);
    try {
      Private.folder(folder);
    } catch (IOException e) {
      throw new StartException("cannot write to " + folder + ": " + e.getMessage(), e);
    }
    Optional<LeftServer> left = LeftServer.find(command, port, uiPort);
    this.port = left.map(LeftServer::port).orElseGet(() -> free(port, "temporal.port"));
    this.uiPort = left.map(LeftServer::uiPort).orElseGet(() -> free(uiPort, "temporal.ui-port"));
    left.ifPresent(l -> running(l.process()));
    this.supervisor =
        Thread.ofPlatform().daemon().name("temporal-supervisor").unstarted(this::supervise);
  }

  /**
   * Returns when the server answers.
   *
   * @throws StartException if it does not, or if we are closed meanwhile
   */
  LocalTemporal start() {
    try {
      ProcessHandle left = process;
      if (left == null) launch();
      else LOG.info("took over the Temporal server of process {}", left.pid());
      awaitReady();
    } catch (StartException e) {
      close();
      throw e;
    }
    supervisor.start();
    return this;
  }

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
    ProcessHandle known = process;
    if (known == null) throw new IllegalStateException("not started");
    return known.pid();
  }

  /** Why the server does not stay up; empty once it has run for a while. */
  Optional<String> problem() {
    return isAlive() && ran().compareTo(Restarts.SOUND) >= 0
        ? Optional.empty()
        : Optional.ofNullable(problem);
  }

  private Path log() {
    return command.folder().resolve("server.log");
  }

  /** Where the server writes; what is large is put aside at its start, once. */
  static Path log(Path folder) throws IOException {
    Path log = folder.resolve("server.log");
    if (Files.exists(log) && Files.size(log) > LARGEST_LOG)
      Files.move(log, folder.resolve("server.log.1"), StandardCopyOption.REPLACE_EXISTING);
    return log;
  }

  private boolean isAlive() {
    ProcessHandle known = process;
    return known != null && known.isAlive();
  }

  private Duration ran() {
    return Duration.ofNanos(System.nanoTime() - startedAt);
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

  /** Not while it is being closed: nobody would end what is started then. */
  private synchronized void launch() {
    if (closing) throw new StartException("stopped while the Temporal server was being started");
    try {
      Path log = log(command.folder());
      Private.file(log);
      running(
          ChildProcess.TEMPORAL
              .of(command.line(port, uiPort))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start()
              .toHandle());
    } catch (IOException e) {
      throw new StartException("the Temporal server did not start: " + e.getMessage(), e);
    }
    try {
      ServerNote.of(started(), port, uiPort, command.folder()).write(command.folder());
    } catch (UncheckedIOException e) {
      // The next start would not know of it.
      LeftServer.end(started());
      throw new StartException("the Temporal server was not started: " + e.getMessage(), e);
    }
  }

  private void running(ProcessHandle server) {
    process = server;
    startedAt = System.nanoTime();
    starts++;
  }

  private ProcessHandle started() {
    ProcessHandle known = process;
    if (known == null) throw new StartException("the Temporal server was not started");
    return known;
  }

  private void awaitReady() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      if (closing) throw new StartException("stopped while the Temporal server was being started");
      if (!isAlive()) throw new StartException("the Temporal server ended at once; see " + log());
      if (answers()) return;
      try {
        TimeUnit.MILLISECONDS.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StartException("interrupted while the Temporal server was being started", e);
      }
    }
    throw new StartException(
        "the Temporal server did not answer within " + PATIENCE.toSeconds() + " s; see " + log());
  }

  private boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 500);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Closing interrupts it, wherever it waits. */
  private void supervise() {
    Restarts restarts = new Restarts();
    Optional<String> refused = Optional.empty();
    try {
      while (!closing) {
        if (refused.isEmpty()) started().onExit().get();
        if (closing) return;
        boolean news = restarts.ended(refused.isEmpty() ? ran() : Duration.ZERO);
        String text = told(restarts, refused.or(() -> LastError.of(log())));
        problem = text;
        if (news) LOG.warn("{}", text);
        TimeUnit.NANOSECONDS.sleep(restarts.pause().toNanos());
        refused = again();
      }
    } catch (InterruptedException | ExecutionException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private String told(Restarts restarts, Optional<String> why) {
    return "the Temporal server has ended, "
        + restarts.inARow()
        + " in a row; the next start follows after "
        + restarts.pause().toMillis()
        + " ms. "
        + why.map(text -> text + "; see ").orElse("See ")
        + log();
  }

  /** Why it could not even be started; whether it stays is another question. */
  private Optional<String> again() {
    try {
      launch();
      return Optional.empty();
    } catch (StartException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      closing = true;
    }
    supervisor.interrupt();
    ProcessHandle last = process;
    if (last == null) return;
    if (!LeftServer.end(last)) {
      LOG.warn("the Temporal server of process {} did not end", last.pid());
      return;
    }
    try {
      Files.deleteIfExists(ServerNote.file(command.folder()));
    } catch (IOException e) {
      LOG.warn("{} is left behind", ServerNote.file(command.folder()), e);
    }
  }
}
