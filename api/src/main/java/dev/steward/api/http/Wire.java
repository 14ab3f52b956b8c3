package dev.steward.api.http;

import dev.steward.api.Reply;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.InputStream;
import java.util.List;

/** Helidon's view of a request as ours. */
record Wire(ServerRequest request) implements Arrival {
  @Override
  public String method() {
    return request.prologue().method().text();
  }

  @Override
  public String path() {
    return request.path().path();
  }

  @Override
  public List<String> all(String header) {
    return request.headers().all(HeaderNames.create(header), List::of);
  }

  @Override
  public boolean hasBody() {
    return request.content().hasEntity();
  }

  @Override
  public InputStream body() {
    return request.content().inputStream();
  }

  static void send(ServerResponse response, Reply reply) {
    response.status(Status.create(reply.status()));
    reply.headers().forEach((name, value) -> response.header(HeaderNames.create(name), value));
    if (reply.body().length > 0) response.header(HeaderNames.CONTENT_TYPE, reply.contentType());
    response.send(reply.body());
  }
}
