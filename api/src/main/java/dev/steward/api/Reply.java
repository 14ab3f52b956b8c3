package dev.steward.api;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * An answer.
 *
 * @param body the bytes as they go out
 */
public record Reply(int status, String contentType, byte[] body, Map<String, String> headers) {
  public static final String JSON = "application/json";

  public Reply {
    headers = Map.copyOf(headers);
  }

  public static Reply ok(Object value) {
    return of(200, value);
  }

  /** What is JSON already. */
  static Reply json(byte[] written) {
    return new Reply(200, JSON, written, Map.of());
  }

  public static Reply of(int status, Object value) {
    return new Reply(status, JSON, HttpJson.bytes(value), Map.of());
  }

  public static Reply text(String contentType, String text) {
    return new Reply(200, contentType, text.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  /** With these headers, where it does not say them itself. */
  public Reply otherwise(Map<String, String> usual) {
    Map<String, String> all = new java.util.HashMap<>(usual);
    all.putAll(headers);
    return new Reply(status, contentType, body, all);
  }

  /** That another value of this request header might have been answered otherwise. */
  public Reply varying(String header) {
    String others = headers.get("Vary");
    return with("Vary", others == null ? header : others + ", " + header);
  }

  /** Another body. */
  public Reply carrying(byte[] bytes) {
    return new Reply(status, contentType, bytes, headers);
  }

  public Reply with(String header, String value) {
    Map<String, String> more = new java.util.HashMap<>(headers);
    more.put(header, value);
    return new Reply(status, contentType, body, more);
  }
}
