package dev.steward.api.http;

import dev.steward.api.Headers;
import dev.steward.api.Reply;
import dev.steward.api.connections.Connections;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** Helidon's view of a request as ours. */
public record Wire(ServerRequest request) implements Arrival {
  /** A body of so many bytes is sooner read than a new connection made. */
  private static final long SMALL = 64 << 10;

  private static final HeaderName NAMELESS = Headers.named("");

  @Override
  public String method() {
    return request.prologue().method().text();
  }

  @Override
  public String path() {
    return request.path().path();
  }

  @Override
  public String rawPath() {
    return request.path().rawPath();
  }

  @Override
  public String rawQuery() {
    return request.query().rawValue();
  }

  @Override
  public List<String> all(String header) {
    return request.headers().all(Headers.named(header), List::of);
  }

  @Override
  public Optional<String> first(String header) {
    return request.headers().first(Headers.named(header));
  }

  /** Helidon takes a line that begins with its colon. */
  @Override
  public boolean isNamed() {
    return !request.headers().contains(NAMELESS);
  }

  @Override
  public boolean hasBody() {
    return request.content().hasEntity();
  }

  @Override
  public InputStream body(long atOnce, boolean kept) {
    return Connections.body(request.content().inputStream(), atOnce, kept);
  }

  @Override
  public long length() {
    return request.headers().contentLength().orElse(-1);
  }

  /**
   * The body of a request that no layer has read.
   *
   * @throws dev.steward.model.ProblemException if it is too large, too slow or cannot be read
   */
  public static byte[] read(ServerRequest request, int most) throws IOException {
    Wire wire = new Wire(request);
    return wire.hasBody() ? Bodies.read(wire, most) : new byte[0];
  }

  /** Whether nothing of this request is still to come: a small body is read for that. */
  private static boolean isDone(ServerRequest request) {
    if (!request.content().hasEntity() || request.content().consumed()) return true;
    long length = request.headers().contentLength().orElse(-1);
    if (length < 0 || length > SMALL || request.headers().contains(HeaderNames.EXPECT))
      return false;
    try (InputStream in = request.content().inputStream()) {
      return in.skip(length) == length;
    } catch (CloseConnectionException gone) {
      throw gone;
    } catch (RuntimeException | IOException unreadable) {
      return false;
    }
  }

  private static Header type(String type) {
    return type.equals(Reply.JSON)
        ? HeaderValues.CONTENT_TYPE_JSON
        : HeaderValues.create(HeaderNames.CONTENT_TYPE, type);
  }

  /** A body that nobody has read is not waited for: the answer is the connection's last. */
  public static void send(ServerRequest request, ServerResponse response, Reply reply) {
    if (!isDone(request)) response.header(HeaderValues.CONNECTION_CLOSE);
    response.status(Status.create(reply.status()));
    reply.headers().each(response::header);
    if (reply.body().length > 0) response.header(type(reply.contentType()));
    if (request.prologue().method().equals(Method.HEAD)) {
      response.headers().contentLength(reply.body().length);
      response.send(new byte[0]);
    } else response.send(reply.body());
  }
}
