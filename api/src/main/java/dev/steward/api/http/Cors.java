package dev.steward.api.http;

import dev.steward.api.Reply;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Lets pages of the origins that were named, and of no other, read answers in a browser. */
record Cors(List<String> origins) implements Layer {
  Cors {
    origins = List.copyOf(origins);
  }

  @Override
  public Reply around(Exchange call, Door inner) throws IOException {
    Reply reply = inner.answer(call);
    return call.arrival()
        .first("Origin")
        .filter(origins::contains)
        .map(origin -> reply.otherwise(allowing(origin)))
        .orElse(reply);
  }

  private static Map<String, String> allowing(String origin) {
    return Map.of(
        "Access-Control-Allow-Origin",
        origin,
        "Access-Control-Allow-Methods",
        "GET, POST, PUT, PATCH, DELETE",
        "Access-Control-Allow-Headers",
        "Authorization, Content-Type, Idempotency-Key, Prefer",
        "Vary",
        "Origin");
  }
}
