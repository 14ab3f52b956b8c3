package dev.steward.app;

import dev.steward.api.Problems;
import dev.steward.api.Reply;
import dev.steward.api.admin.Health;
import dev.steward.api.admin.HealthOperations;
import dev.steward.api.connections.Connections;
import dev.steward.api.connections.Limits;
import dev.steward.api.http.Errors;
import dev.steward.api.http.Methods;
import dev.steward.api.http.Refusals;
import dev.steward.api.http.Wire;
import dev.steward.app.AdminDoor.Need;
import dev.steward.model.Ids;
import dev.steward.model.Problem;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What operators of this machine need, on the loopback address only: health, metrics, the codec of
 * the Temporal UI, backups. A table says what each path asks of its callers.
 */
final class AdminServer implements AutoCloseable {
  /** The payloads of a page of the Temporal UI; one of them has at most 2 MiB. */
  private static final int LARGEST = 16 << 20;

  /** Operators, their tools and a browser or two. */
  private static final int MOST = 64;

  private final List<Row> rows;
  private final AdminDoor door;
  private final Ids ids;
  private final Connections connections = new Connections(Limits.usual(MOST));
  private final WebServer server;

  /** Answers a body. */
  @FunctionalInterface
  interface Handler {
    Reply handle(byte[] body);
  }

  /**
   * A row of the table.
   *
   * @param most the largest body
   */
  private record Row(String method, String path, Need need, int most, Handler handler) {}

  /**
   * What is behind the port.
   *
   * @param openMetrics whether metrics are told without a token
   */
  record Rooms(
      HealthOperations health,
      Supplier<String> metrics,
      boolean openMetrics,
      CodecPages codec,
      BackupFolder backups,
      Supplier<Object> audit) {}

  AdminServer(int port, AdminDoor door, Rooms rooms, Ids ids) {
    this.door = door;
    this.ids = ids;
    this.rows =
        List.of(
            new Row("GET", "/health", Need.NOTHING, 0, body -> health(rooms.health())),
            new Row(
                "GET",
                "/metrics",
                rooms.openMetrics() ? Need.NOTHING : Need.TOKEN,
                0,
                body -> Reply.text(Metrics.TYPE, rooms.metrics().get())),
            new Row("GET", "/audit/verify", Need.TOKEN, 0, body -> Reply.ok(rooms.audit().get())),
            new Row("POST", "/backup", Need.TOKEN, 1_024, rooms.backups()::write),
            new Row("GET", "/codec/login", Need.NOTHING, 0, body -> rooms.codec().page()),
            new Row("POST", "/codec/login", Need.NOTHING, 1_024, rooms.codec()::login),
            new Row("POST", "/codec/decode", Need.PASS, LARGEST, rooms.codec()::decode),
            new Row("POST", "/codec/encode", Need.PASS, LARGEST, rooms.codec()::encode));
    this.server =
        connections
            .of(WebServer.builder())
            .host("127.0.0.1")
            .port(port)
            .shutdownHook(false)
            .directHandlers(Refusals.handlers())
            .routing(this::route)
            .build();
  }

  AdminServer start() {
    server.start();
    if (!server.isRunning())
      throw new UncheckedIOException(new BindException("cannot listen on the admin port"));
    return this;
  }

  int port() {
    return server.port();
  }

  private void route(HttpRouting.Builder routing) {
    routing.any(this::serve);
  }

  private void serve(ServerRequest request, ServerResponse response) {
    String path = request.path().path();
    List<Row> there = rows.stream().filter(r -> r.path().equals(path)).toList();
    // A path that is not there asks as much as the most careful one.
    Need need = there.isEmpty() ? Need.TOKEN : there.getFirst().need();
    Method method = request.prologue().method();
    boolean preflight = method.equals(Method.OPTIONS) && need == Need.PASS;
    String id = ids.next("req");
    String origin = null;
    Reply reply;
    try {
      origin = door.admit(request, need, preflight);
      reply = preflight ? Methods.told(allowed(there)) : handle(request, method, there, id);
    } catch (CloseConnectionException gone) {
      throw gone;
    } catch (RuntimeException | IOException thrown) {
      reply = Errors.reply(thrown, id);
    }
    send(request, response, reply, origin);
  }

  private static Reply handle(ServerRequest request, Method method, List<Row> there, String id)
      throws IOException {
    if (there.isEmpty()) throw Problem.of(Problem.Type.NOT_FOUND, "there is nothing at this path");
    for (Row row : there)
      if (method.text().equals(row.method())
          || (method.equals(Method.HEAD) && row.method().equals("GET")))
        return row.handler().handle(Wire.read(request, row.most()));
    Set<String> allowed = allowed(there);
    return method.equals(Method.OPTIONS)
        ? Methods.told(allowed)
        : Methods.refused(allowed, id, null);
  }

  private static Set<String> allowed(List<Row> there) {
    return Methods.all(there.stream().map(Row::method).collect(Collectors.toSet()));
  }

  private static Reply health(HealthOperations health) {
    HealthOperations.HealthView view = health.view();
    return Reply.of(view.status() == Health.Status.DOWN ? 503 : 200, view);
  }

  /** Only the Temporal UI's own pages may read what it decoded. */
  private static void send(
      ServerRequest request, ServerResponse response, Reply reply, @Nullable String origin) {
    response.header(HeaderNames.create("Cache-Control"), "no-store");
    response.header(HeaderNames.create("X-Content-Type-Options"), "nosniff");
    response.header(HeaderNames.create("X-Frame-Options"), "DENY");
    if (origin != null) {
      response.header(HeaderNames.create("Access-Control-Allow-Origin"), origin);
      response.header(HeaderNames.create("Access-Control-Allow-Credentials"), "true");
      response.header(HeaderNames.create("Access-Control-Allow-Methods"), "POST, OPTIONS");
      response.header(
          HeaderNames.create("Access-Control-Allow-Headers"),
          "Content-Type, X-Namespace, Authorization");
    }
    response.header(HeaderNames.create("Vary"), "Origin");
    Wire.send(request, response, Problems.timed(reply));
  }

  @Override
  public void close() {
    server.stop();
    connections.close();
  }
}
