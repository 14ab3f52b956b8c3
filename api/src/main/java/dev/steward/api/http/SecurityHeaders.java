package dev.steward.api.http;

import dev.steward.api.Reply;
import java.io.IOException;
import java.util.Map;

/** Tells browsers to be careful with every answer. */
final class SecurityHeaders implements Layer {
  static final Map<String, String> ALL =
      Map.of(
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "DENY",
          "Referrer-Policy", "no-referrer",
          "Cache-Control", "no-store",
          "Content-Security-Policy",
              "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'");

  @Override
  public Reply around(Exchange call, Door inner) throws IOException {
    return inner.answer(call).otherwise(ALL);
  }
}
