package dev.steward.api.http;

import dev.steward.api.HttpJson;
import dev.steward.api.Problems;
import dev.steward.model.Problem;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import java.util.List;

/** What Helidon refuses before routing (bad syntax, too large headers) is told as a problem too. */
public final class Refusals {
  private Refusals() {}

  public static DirectHandlers handlers() {
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
