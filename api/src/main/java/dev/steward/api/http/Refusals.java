package dev.steward.api.http;

import dev.steward.api.HttpJson;
import dev.steward.api.Problems;
import dev.steward.model.Problem;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What Helidon refuses before routing (bad syntax, too large headers) is told as a problem too. */
public final class Refusals {
  private Refusals() {}

  public static DirectHandlers handlers() {
    DirectHandlers.Builder handlers = DirectHandlers.builder();
    for (DirectHandler.EventType event : DirectHandler.EventType.values())
      handlers.addHandler(
          event, (request, type, status, headers, message) -> refused(meant(status, message)));
    return handlers.build();
  }

  /** Helidon says of headers that are too large that they are bad. */
  private static Status meant(Status status, @Nullable String message) {
    return message != null && message.contains("Header size exceeded")
        ? Status.create(431)
        : status;
  }

  /**
   * What fails before any layer sees it fails over what was sent, also where Helidon did not
   * foresee it (a method of odd characters) and calls it an internal error.
   */
  private static DirectHandler.TransportResponse refused(Status refused) {
    int status =
        switch (refused.code()) {
          case 404, 405, 408, 413, 414, 415, 431, 503 -> refused.code();
          default -> 400;
        };
    Problem.Type type = type(status);
    Problems.Body body =
        new Problems.Body(
            Problems.type(type),
            Problems.title(type),
            status,
            detail(refused),
            "",
            null,
            List.of());
    DirectHandler.TransportResponse.Builder response =
        DirectHandler.TransportResponse.builder()
            .status(Status.create(status))
            .header(HeaderNames.CONTENT_TYPE, Problems.CONTENT_TYPE)
            .entity(HttpJson.bytes(body));
    if (status == 503) response.header(HeaderNames.RETRY_AFTER, Problems.SOON_SECONDS);
    SecurityHeaders.ALL.each(response::header);
    return response.build();
  }

  private static Problem.Type type(int status) {
    return switch (status) {
      case 404 -> Problem.Type.NOT_FOUND;
      case 405 -> Problem.Type.METHOD_NOT_ALLOWED;
      case 408 -> Problem.Type.TOO_SLOW;
      case 413, 414, 431 -> Problem.Type.TOO_LARGE;
      case 415 -> Problem.Type.UNSUPPORTED_MEDIA;
      case 503 -> Problem.Type.UNAVAILABLE;
      default -> Problem.Type.MALFORMED;
    };
  }

  private static String detail(Status refused) {
    return switch (refused.code()) {
      case 408 -> "the request came too slowly";
      case 413 -> "the body, or a chunk of it, is too large";
      case 414 -> "the first line of the request is too long";
      case 431 -> "the headers are too large";
      case 501 -> "the only Transfer-Encoding is chunked";
      case 503 -> "try again";
      case 505 -> "the protocol is HTTP/1.1";
      default -> "the request is not well-formed HTTP/1.1 and was refused before it was read";
    };
  }
}
