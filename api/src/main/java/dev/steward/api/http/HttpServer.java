package dev.steward.api.http;

import dev.steward.api.Operation;
import dev.steward.api.Request;
import dev.steward.api.auth.Tokens;
import dev.steward.api.connections.Connections;
import dev.steward.api.connections.Limits;
import dev.steward.api.connections.Network;
import dev.steward.model.Ids;
import dev.steward.storage.Store;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.MethodPredicate;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRoute;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Serves an operation table over HTTP; {@link Layers} says what each request goes through. */
public final class HttpServer implements AutoCloseable {
  /**
   * @param host the address to listen on
   * @param port 0 for any free one
   * @param maxBody the largest request body, in bytes
   * @param limits of connections
   * @param origins the web origins that browsers may call from; empty for none but our own
   * @param maxKeys Idempotency-Keys that are kept of one user
   */
  public record Options(
      String host, int port, int maxBody, Limits limits, List<String> origins, int maxKeys) {
    public Options {
      origins = List.copyOf(origins);
    }
  }

  private final List<Operation<?, ?>> operations;
  private final Options options;
  private final Layers layers;
  private final Request.Serving serving;
  private final Connections connections;
  private final WebServer server;

  public HttpServer(
      List<Operation<?, ?>> operations,
      Options options,
      Tokens tokens,
      Store store,
      Ids ids,
      InstantSource clock) {
    this.operations = List.copyOf(operations);
    this.options = options;
    this.layers = new Layers(options, tokens, ids);
    this.serving =
        new Request.Serving(store, clock, options.maxKeys(), Operation.reads(operations));
    this.connections = new Connections(options.limits());
    this.server =
        connections
            .of(WebServer.builder())
            .host(options.host())
            .port(options.port())
            .shutdownHook(false)
            .directHandlers(Refusals.handlers())
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

  /** How many are connected. */
  public int connected() {
    return connections.size();
  }

  public List<Operation<?, ?>> operations() {
    return operations;
  }

  @Override
  public void close() {
    server.stop();
    connections.close();
  }

  private void route(HttpRouting.Builder routing) {
    // What is literal goes before what any name fits, wherever it stands in the table.
    List<Operation<?, ?>> ordered = new ArrayList<>(operations);
    ordered.sort(Comparator.comparingInt(operation -> operation.parameters().size()));
    Map<Operation<?, ?>, Handler> handlers = new LinkedHashMap<>();
    for (Operation<?, ?> operation : ordered) handlers.put(operation, handler(operation));
    handlers.forEach(
        (operation, handler) -> route(routing, operation, Paths.of(operation), handler));
    // Routes are tried one after the other: what hardly anybody writes comes last.
    handlers.forEach(
        (operation, handler) -> route(routing, operation, Paths.slashed(operation), handler));
    Door elsewhere = layers.around(new Elsewhere(operations));
    routing.any((request, response) ->
        Wire.send(request, response, elsewhere.answer(Exchange.of(new Wire(request), null))));
    routing.error(
        Throwable.class,
        (request, response, thrown) -> Wire.send(request, response, Errors.reply(thrown, "")));
  }

  /** Whatever can be got can be asked after without its body. */
  private static void route(
      HttpRouting.Builder routing,
      Operation<?, ?> operation,
      Collection<String> paths,
      Handler handler) {
    Method method = Method.create(operation.method());
    MethodPredicate methods =
        method.equals(Method.GET)
            ? Method.predicate(method, Method.HEAD)
            : Method.predicate(method);
    for (String path : paths)
      routing.route(
          HttpRoute.builder().methods(methods).path(Beginning.of(path)).handler(handler).build());
  }

  private Handler handler(Operation<?, ?> operation) {
    Door door = layers.aroundAnOperation(call -> operation.serve(request(operation, call)));
    return (request, response) ->
        Wire.send(request, response, door.answer(Exchange.of(new Wire(request), operation)));
  }

  private Request request(Operation<?, ?> operation, Exchange call) {
    if (!(call.arrival() instanceof Wire wire))
      throw new IllegalStateException("an operation is served over a wire");
    ServerRequest request = wire.request();
    return new Request(
        request, operation, call.body(), call.principal(), () -> caller(request), serving);
  }

  /** Whose request it is, as far as addresses tell. */
  private String caller(ServerRequest request) {
    ServerRequestHeaders headers = request.headers();
    return request.remotePeer().address() instanceof InetSocketAddress peer
        ? Network.of(
            options
                .limits()
                .proxies()
                .caller(
                    peer.getAddress(),
                    headers.all(HeaderNames.X_FORWARDED_FOR, List::of),
                    headers.all(HeaderNames.FORWARDED, List::of)))
        : "";
  }
}
