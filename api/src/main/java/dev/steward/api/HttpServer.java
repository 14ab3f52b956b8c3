package dev.steward.api;

import dev.steward.model.Ids;
import dev.steward.model.Problem;
import dev.steward.model.ProblemException;
import dev.steward.storage.Store;
import dev.steward.storage.StoreFailedException;
import io.helidon.http.BadRequestException;
import io.helidon.http.DirectHandler;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves an operation table over HTTP. */
public final class HttpServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
  private static final String PREFIX = "/api/v1";

  /** So much of a body that is too large is read and thrown away. */
  private static final long DRAINED = 32L << 20;

  /** So many large bodies are in memory at a time; more wait for their turn. */
  private static final int LARGE_AT_ONCE = 2;

  private static final List<Header> SECURITY_HEADERS =
      headers(
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "DENY",
          "Referrer-Policy", "no-referrer",
          "Cache-Control", "no-store",
          "Content-Security-Policy",
              "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'");

  /**
   * @param host the address to listen on
   * @param port 0 for any free one
   * @param maxBody the largest request body, in bytes
   * @param origins the web origins that browsers may call from; empty for none but our own
   */
  /**
   * @param maxKeys Idempotency-Keys that are kept of one user
   */
  public record Options(
      String host, int port, int maxBody, int maxConnections, List<String> origins, int maxKeys) {
    public Options {
      origins = List.copyOf(origins);
    }
  }

  private final List<Operation> operations;
  private final Options options;
  private final Gate gate;
  private final Store store;
  private final String start;
  private final AtomicLong served = new AtomicLong();
  private final Semaphore large = new Semaphore(LARGE_AT_ONCE, true);
  private final InstantSource clock;
  private final WebServer server;

  public HttpServer(
      List<Operation> operations,
      Options options,
      dev.steward.api.auth.Tokens tokens,
      Store store,
      Ids ids,
      InstantSource clock) {
    this.operations = List.copyOf(operations);
    this.options = options;
    this.gate = new Gate(tokens);
    this.store = store;
    this.start = ids.next("req").substring(0, 12) + "-";
    this.clock = clock;
    this.server =
        WebServer.builder()
            .host(options.host())
            .port(options.port())
            .maxTcpConnections(options.maxConnections())
            .idleConnectionTimeout(Duration.ofSeconds(60))
            // An answer of several packets must not wait for the acknowledgement of its first.
            .connectionOptions(socket -> socket.tcpNoDelay(true))
            .shutdownHook(false)
            .directHandlers(refusals())
            .routing(this::route)
            .build();
  }

  /**
   * @throws UncheckedIOException if it cannot listen; Helidon itself only logs that
   */
  public HttpServer start() {
    server.start();
    if (!server.isRunning())
      throw new UncheckedIOException(
          new BindException("cannot listen on " + options.host() + ":" + options.port()));
    return this;
  }

  public int port() {
    return server.port();
  }

  public List<Operation> operations() {
    return operations;
  }

  @Override
  public void close() {
    server.stop();
  }

  private void route(HttpRouting.Builder routing) {
    for (Operation operation : operations)
      for (String path : paths(operation))
        routing.route(
            Method.create(operation.method()),
            path,
            (request, response) -> serve(operation, request, response));
    routing.any((request, response) -> elsewhere(request, response));
    routing.error(
        Throwable.class,
        (request, response, thrown) -> send(request, response, problem(thrown, requestId())));
  }

  /**
   * Every operation answers under /api/v1 too; those that already begin with /api keep one of the
   * two.
   */
  private static Set<String> paths(Operation operation) {
    String path = operation.path();
    return Set.of(
        path, PREFIX + (path.startsWith("/api/") ? path.substring("/api".length()) : path));
  }

  /** Unique in this installation and cheap; it is no secret. */
  private String requestId() {
    return start + Long.toString(served.incrementAndGet(), Character.MAX_RADIX);
  }

  private void serve(Operation operation, ServerRequest request, ServerResponse response) {
    String id = requestId();
    Reply reply;
    try {
      Principal principal =
          gate.admit(operation, request.headers().first(HeaderNames.AUTHORIZATION));
      reply =
          operation.bytes() > 0
              ? inTurn(operation, request, principal)
              : handle(operation, request, principal);
    } catch (RuntimeException | IOException thrown) {
      reply = problem(thrown, id);
    }
    send(request, response, reply.with("X-Request-Id", id));
  }

  private Reply handle(Operation operation, ServerRequest request, @Nullable Principal principal)
      throws IOException {
    return operation
        .handler()
        .handle(
            new Request(
                request,
                operation,
                body(operation, request),
                principal,
                store,
                clock,
                options.maxKeys()));
  }

  private Reply inTurn(Operation operation, ServerRequest request, @Nullable Principal principal)
      throws IOException {
    try {
      if (!large.tryAcquire(30, TimeUnit.SECONDS))
        throw Problem.of(Problem.Type.UNAVAILABLE, "other uploads are under way; try again");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problem.of(Problem.Type.UNAVAILABLE, "the server is stopping");
    }
    try {
      return handle(operation, request, principal);
    } finally {
      large.release();
    }
  }

  private byte[] body(Operation operation, ServerRequest request) throws IOException {
    if (!request.content().hasEntity()) return new byte[0];
    byte[] body;
    try (InputStream in = request.content().inputStream()) {
      int most = operation.bytes() > 0 ? operation.bytes() : options.maxBody();
      body = in.readNBytes(most + 1);
      if (body.length > most) {
        // A caller that is still sending would see a closed connection instead of the answer.
        in.skip(DRAINED);
        throw Problem.of(Problem.Type.TOO_LARGE, "a body has at most " + most + " bytes");
      }
    }
    if (body.length > 0 && operation.body() != null) checkMedia(operation, request);
    return body;
  }

  private static void checkMedia(Operation operation, ServerRequest request) {
    String type =
        request
            .headers()
            .first(HeaderNames.CONTENT_TYPE)
            .orElse(Reply.JSON)
            .toLowerCase(Locale.ROOT);
    boolean login = operation.path().equals("/api/auth/login");
    if (!login && !type.startsWith(Reply.JSON) && !type.contains("+json"))
      throw Problem.of(Problem.Type.UNSUPPORTED_MEDIA, "send the body as application/json");
  }

  /** No operation has this method and path: another method, or nothing at all. */
  private void elsewhere(ServerRequest request, ServerResponse response) {
    String path = request.path().path();
    Set<String> methods = new TreeSet<>();
    for (Operation operation : operations)
      for (String known : paths(operation))
        if (matches(known, path)) methods.add(operation.method());
    String id = requestId();
    if (request.prologue().method().equals(Method.OPTIONS) && !methods.isEmpty()) {
      send(
          request,
          response,
          new Reply(204, Reply.JSON, new byte[0], Map.of("Allow", String.join(", ", methods))));
      return;
    }
    Reply reply =
        methods.isEmpty()
            ? Problems.reply(
                new Problem(Problem.Type.NOT_FOUND, "there is nothing at this path", List.of()), id)
            : Problems.reply(
                    new Problem(
                        Problem.Type.METHOD_NOT_ALLOWED,
                        "this path takes " + String.join(", ", methods),
                        List.of()),
                    id)
                .with("Allow", String.join(", ", methods));
    send(request, response, reply);
  }

  static boolean matches(String pattern, String path) {
    String[] wanted = pattern.split("/", -1);
    String[] given = path.split("/", -1);
    boolean rest = pattern.contains("{+");
    if (rest ? given.length < wanted.length : wanted.length != given.length) return false;
    for (int i = 0; i < wanted.length; i++)
      if (!wanted[i].startsWith("{") && !wanted[i].equals(given[i])) return false;
    return true;
  }

  /** What went wrong, in the words of the contract; what nobody foresaw is logged. */
  public static Reply problem(Throwable thrown, String id) {
    if (thrown instanceof ProblemException known) return Problems.reply(known.problem(), id);
    if (thrown instanceof StoreFailedException)
      return Problems.reply(
          new Problem(
              Problem.Type.UNAVAILABLE, "the store takes no writes at the moment", List.of()),
          id);
    if (thrown instanceof BadRequestException
        || thrown instanceof IOException
        || thrown instanceof UncheckedIOException)
      return Problems.reply(
          new Problem(Problem.Type.MALFORMED, "the request cannot be read", List.of()), id);
    LOG.error("request {} failed", id, thrown);
    return Problems.reply(
        new Problem(
            Problem.Type.INTERNAL,
            "the request failed; give the id " + id + " to who runs this installation",
            List.of()),
        id);
  }

  private static List<Header> headers(String... pairs) {
    List<Header> headers = new ArrayList<>();
    for (int i = 0; i < pairs.length; i += 2)
      headers.add(HeaderValues.createCached(pairs[i], pairs[i + 1]));
    return List.copyOf(headers);
  }

  private void send(ServerRequest request, ServerResponse response, Reply reply) {
    response.status(Status.create(reply.status()));
    SECURITY_HEADERS.forEach(response::header);
    request
        .headers()
        .first(HeaderNames.ORIGIN)
        .filter(options.origins()::contains)
        .ifPresent(origin -> allow(response, origin));
    reply.headers().forEach((name, value) -> response.header(HeaderNames.create(name), value));
    if (reply.body().length > 0) response.header(HeaderNames.CONTENT_TYPE, reply.contentType());
    response.send(reply.body());
  }

  private static void allow(ServerResponse response, String origin) {
    response.header(HeaderNames.create("Access-Control-Allow-Origin"), origin);
    response.header(
        HeaderNames.create("Access-Control-Allow-Methods"), "GET, POST, PUT, PATCH, DELETE");
    response.header(
        HeaderNames.create("Access-Control-Allow-Headers"),
        "Authorization, Content-Type, Idempotency-Key, Prefer");
    response.header(HeaderNames.create("Vary"), "Origin");
  }

  /**
   * What Helidon refuses before routing (bad syntax, too large headers) is told as a problem too.
   */
  public static DirectHandlers refusals() {
    DirectHandlers.Builder handlers = DirectHandlers.builder();
    for (DirectHandler.EventType event : DirectHandler.EventType.values())
      handlers.addHandler(event, (request, type, status, headers, message) -> refused(status));
    return handlers.build();
  }

  private static DirectHandler.TransportResponse refused(Status status) {
    Problem.Type type =
        switch (status.code()) {
          case 404 -> Problem.Type.NOT_FOUND;
          case 405 -> Problem.Type.METHOD_NOT_ALLOWED;
          case 413 -> Problem.Type.TOO_LARGE;
          case 415 -> Problem.Type.UNSUPPORTED_MEDIA;
          case 503 -> Problem.Type.UNAVAILABLE;
          case 500 -> Problem.Type.INTERNAL;
          default -> Problem.Type.MALFORMED;
        };
    Problems.Body body =
        new Problems.Body(
            Problems.type(type),
            Problems.title(type),
            status.code() >= 400 ? status.code() : 400,
            "the request was refused before it was read",
            "",
            List.of());
    return DirectHandler.TransportResponse.builder()
        .status(status)
        .header(HeaderNames.CONTENT_TYPE, Problems.CONTENT_TYPE)
        .entity(HttpJson.bytes(body))
        .build();
  }
}
