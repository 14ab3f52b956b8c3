package dev.steward.api.http;

import dev.steward.api.Fields;
import dev.steward.api.Reply;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Lets pages of the origins that were named, and of no other, read answers in a browser. */
record Cors(List<String> origins) implements Layer {
  /** What a browser is told that asks first. Two hours are the most that Chromium remembers. */
  private static final Fields BEFORE =
      Fields.constant(
          Map.of(
              "Access-Control-Allow-Methods",
              "GET, HEAD, POST, PUT, PATCH, DELETE",
              "Access-Control-Allow-Headers",
              "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Prefer,"
                  + " traceparent, tracestate, X-Request-Id",
              "Access-Control-Max-Age",
              "7200"));

  /** What a page may read of our headers besides those that every page may. */
  private static final Fields EXPOSED =
      Fields.constant(
          Map.of(
              "Access-Control-Expose-Headers",
              "Allow, Content-Disposition, ETag, Idempotent-Replayed, Location, Retry-After,"
                  + " traceparent, WWW-Authenticate, X-Request-Id"));

  Cors {
    origins = List.copyOf(origins);
  }

  @Override
  public Reply around(Exchange call, Door inner) throws IOException {
    Reply reply = inner.answer(call);
    if (origins.isEmpty()) return reply;
    Reply either = reply.varying("Origin");
    return call.arrival()
        .first("Origin")
        .filter(origins::contains)
        .map(origin ->
            either
                .with("Access-Control-Allow-Origin", origin)
                .otherwise(isPreflight(call.arrival()) ? BEFORE : EXPOSED))
        .orElse(either);
  }

  private static boolean isPreflight(Arrival arrival) {
    return arrival.method().equals("OPTIONS")
        && arrival.first("Access-Control-Request-Method").isPresent();
  }
}
