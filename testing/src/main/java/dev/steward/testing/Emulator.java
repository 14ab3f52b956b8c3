package dev.steward.testing;

import dev.steward.model.ChildProcess;
import dev.steward.model.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The emulated AWS in a process of its own: {@code emulator.py} over moto. It ends with us, however
 * we end: it reads a pipe that the system closes then.
 */
public final class Emulator implements AutoCloseable {
  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** The program, and what of AWS it adds to moto. */
  private static final List<String> PROGRAM =
      List.of(
          "emulator.py",
          "aws_addresses.py",
          "aws_apprunner.py",
          "aws_buckets.py",
          "aws_databases.py",
          "aws_images.py",
          "aws_instances.py",
          "aws_keys.py",
          "aws_logs.py",
          "aws_management.py",
          "aws_pricing.py",
          "aws_sessions.py",
          "aws_tagging.py",
          "aws_tags.py",
          "aws_volumes.py",
          "lookups.py",
          "made.py",
          "made_serverless.py");

  private final AtomicInteger customers = new AtomicInteger();
  private final Process process;
  private final Path folder;
  private final URI endpoint;

  private Emulator(Process process, Path folder, URI endpoint) {
    this.process = process;
    this.folder = folder;
    this.endpoint = endpoint;
  }

  /**
   * Starts it on a free port of the loopback address.
   *
   * @param regions those that each account has enabled, so that a discovery is quick where it is
   *     not what is tried; none for the seventeen of an ordinary account
   */
  public static Emulator start(String... regions) {
    try {
      Path folder = Files.createTempDirectory("steward-emulator");
      Path program = folder.resolve("emulator.py");
      for (String file : PROGRAM) copy(file, folder.resolve(file));
      int port = freePort();
      List<String> command =
          new ArrayList<>(
              List.of(
                  python().toString(),
                  "-B",
                  program.toString(),
                  "--port",
                  Integer.toString(port),
                  "--until-stdin-ends",
                  "--scratch",
                  folder.toString()));
      if (regions.length > 0) command.addAll(List.of("--regions", String.join(",", regions)));
      Process process =
          ChildProcess.EMULATOR
              .of(command.toArray(String[]::new))
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("log").toFile())
              .start();
      Emulator emulator = new Emulator(process, folder, URI.create("http://127.0.0.1:" + port));
      emulator.await();
      return emulator;
    } catch (IOException e) {
      throw new IllegalStateException("the emulator did not start", e);
    }
  }

  private static void copy(String file, Path to) throws IOException {
    try (InputStream in = Emulator.class.getResourceAsStream("/emulator/" + file)) {
      if (in == null) throw new IllegalStateException(file + " is missing from the build");
      Files.copy(in, to);
    }
  }

  /** Where {@code ./steward} installed the emulator's packages. */
  private static Path python() {
    Path python =
        Optional.ofNullable(System.getenv("STEWARD_EMULATOR_PYTHON"))
            .map(Path::of)
            .orElse(Tools.folder().resolve("emulator/bin/python"));
    if (!Files.isExecutable(python))
      throw new IllegalStateException(
          "the emulator is not installed at " + python + "; ./steward installs it");
    return python;
  }

  /**
   * A port that is free now, for a server that is started later and perhaps again. It lies below
   * those that systems give to connections, or one of them could take it meanwhile; and it is drawn
   * from a share of them that processes started one after the other do not have in common, so that
   * test processes on one machine hardly ever meet.
   */
  public static int freePort() {
    int share = 10_000 + (int) (ProcessHandle.current().pid() % 22) * 1_000;
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(share, share + 1_000);
      try (ServerSocket socket = new ServerSocket()) {
        socket.bind(new InetSocketAddress("127.0.0.1", port));
        if (GIVEN.add(port)) return port;
      } catch (IOException taken) {
        // Another one will do.
      }
    }
  }

  private void await() throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      if (!process.isAlive())
        throw new IllegalStateException(
            "the emulator ended: " + Files.readString(folder.resolve("log")));
      if (call("GET", "/_emulator/ready")) return;
      pause();
    }
    close();
    throw new IllegalStateException("the emulator did not answer within " + PATIENCE);
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private boolean call(String method, String path) {
    return call(method, path, "");
  }

  private boolean call(String method, String path, String body) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(endpoint.resolve(path))
              .method(method, HttpRequest.BodyPublishers.ofString(body))
              .build();
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  public URI endpoint() {
    return endpoint;
  }

  /** An account of this emulated AWS that nobody had before. */
  public Customer customer() {
    return new Customer(
        endpoint, String.format(Locale.ROOT, "6000%08d", customers.incrementAndGet()));
  }

  /** Its process, for those who let it stand still. */
  public long pid() {
    return process.pid();
  }

  /**
   * Says what Cost Explorer knows of a resource.
   *
   * @param dollarsByDay by ISO day
   */
  public void billed(String resource, Map<String, Double> dollarsByDay) {
    if (!call("POST", "/_emulator/costs", Json.text(Map.of(resource, dollarsByDay))))
      throw new IllegalStateException("the emulator did not answer");
  }

  /**
   * Spoils the Price List.
   *
   * @param how as {@code aws_pricing.py} says; empty mends it
   */
  public void spoilPrices(Map<String, ?> how) {
    if (!call("POST", "/_emulator/prices", Json.text(how)))
      throw new IllegalStateException("the emulator did not answer");
  }

  /**
   * Spoils what CloudWatch answers, until it is called with nothing.
   *
   * @param how by metric name: {@code status}, {@code messages}, {@code omit}; by {@code *} for the
   *     whole answer: {@code messages}, {@code token}
   */
  public void spoilMetrics(Map<String, Map<String, Object>> how) {
    if (!call("POST", "/_emulator/metrics", Json.text(how)))
      throw new IllegalStateException("the emulator did not answer");
  }

  /** Makes every session issued so far an expired one. */
  public void expireSessions() {
    if (!call("POST", "/_emulator/expire"))
      throw new IllegalStateException("the emulator did not answer");
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) Files.delete(file);
      Files.delete(folder);
    } catch (IOException leftForTheSystem) {
      // A temporary folder that could not be removed does no harm.
    }
  }
}
