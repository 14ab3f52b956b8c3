package dev.steward.app;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.steward.api.HttpJson;
import dev.steward.api.admin.Health;
import dev.steward.api.admin.HealthOperations;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.payload.codec.PayloadCodec;
import io.temporal.payload.codec.PayloadCodecException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What operators of this machine need, on the loopback address only: health, metrics, the codec of
 * the Temporal UI, backups.
 */
final class AdminServer implements AutoCloseable {
  private final WebServer server;
  private final HealthOperations health;
  private final Supplier<Map<String, Number>> metrics;
  private final PayloadCodec codec;
  private final Supplier<String> uiOrigin;
  private final Function<Path, Path> backup;
  private final Supplier<Object> audit;

  AdminServer(
      int port,
      HealthOperations health,
      Supplier<Map<String, Number>> metrics,
      PayloadCodec codec,
      Supplier<String> uiOrigin,
      Function<Path, Path> backup,
      Supplier<Object> audit) {
    this.health = health;
    this.metrics = metrics;
    this.codec = codec;
    this.uiOrigin = uiOrigin;
    this.backup = backup;
    this.audit = audit;
    this.server =
        WebServer.builder()
            .host("127.0.0.1")
            .port(port)
            .shutdownHook(false)
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
    routing
        .get("/health", this::health)
        .get("/metrics", this::metrics)
        .options(
            "/codec/{way}",
            (request, response) -> allow(response).status(Status.NO_CONTENT_204).send())
        .post("/codec/decode", (request, response) -> recode(request, response, codec::decode))
        .post("/codec/encode", (request, response) -> recode(request, response, codec::encode))
        .get(
            "/audit/verify",
            (request, response) ->
                response
                    .header(HeaderNames.CONTENT_TYPE, "application/json")
                    .send(HttpJson.bytes(audit.get())))
        .post("/backup", this::backup);
  }

  private void health(ServerRequest request, ServerResponse response) {
    HealthOperations.HealthView view = health.view();
    response.status(
        view.status() == Health.Status.DOWN ? Status.SERVICE_UNAVAILABLE_503 : Status.OK_200);
    response.header(HeaderNames.CONTENT_TYPE, "application/json").send(HttpJson.bytes(view));
  }

  /** The Prometheus text format, version 0.0.4. */
  private void metrics(ServerRequest request, ServerResponse response) {
    StringBuilder text = new StringBuilder();
    metrics
        .get()
        .forEach((name, value) -> text.append(name).append(' ').append(value).append('\n'));
    response.header(HeaderNames.CONTENT_TYPE, "text/plain; version=0.0.4").send(text.toString());
  }

  private void recode(
      ServerRequest request, ServerResponse response, Function<List<Payload>, List<Payload>> way) {
    allow(response);
    try {
      Payloads.Builder given = Payloads.newBuilder();
      JsonFormat.parser().merge(request.content().as(String.class), given);
      Payloads answer =
          Payloads.newBuilder().addAllPayloads(way.apply(given.getPayloadsList())).build();
      response
          .header(HeaderNames.CONTENT_TYPE, "application/json")
          .send(JsonFormat.printer().print(answer));
    } catch (InvalidProtocolBufferException | PayloadCodecException | IllegalStateException e) {
      response.status(Status.BAD_REQUEST_400).send("these payloads cannot be read");
    }
  }

  /** Only the Temporal UI's own pages may read decoded payloads. */
  private ServerResponse allow(ServerResponse response) {
    return response
        .header(HeaderNames.create("Access-Control-Allow-Origin"), uiOrigin.get())
        .header(HeaderNames.create("Access-Control-Allow-Methods"), "POST, OPTIONS")
        .header(
            HeaderNames.create("Access-Control-Allow-Headers"),
            "Content-Type, X-Namespace, Authorization");
  }

  private void backup(ServerRequest request, ServerResponse response) {
    Path written = backup.apply(Path.of(request.content().as(String.class).strip()));
    response
        .header(HeaderNames.CONTENT_TYPE, "application/json")
        .send(HttpJson.bytes(Map.of("file", written.toString())));
  }

  @Override
  public void close() {
    server.stop();
  }
}
