package dev.steward.api.http;

import dev.steward.api.Fields;
import dev.steward.api.Reply;
import java.io.IOException;
import java.util.Map;

/** Tells browsers to be careful with every answer. */
final class SecurityHeaders implements Layer {
  static final Fields ALL =
      Fields.constant(
          Map.of(
              "X-Content-Type-Options", "nosniff",
              "X-Frame-Options", "DENY",
              "Referrer-Policy", "no-referrer",
              "Cache-Control", "no-store",
              "Content-Security-Policy",
                  // Swagger UI sets styles, and draws its icons from data: URLs.
                  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
                      + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"));

  @Override
  public Reply around(Exchange call, Door inner) throws IOException {
    return inner.answer(call).otherwise(ALL);
  }
}
