package dev.steward.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer.
 *
 * @param body the bytes as they go out
 * @param kept the same, where they are given again and again
 */
public record Reply(
    int status, String contentType, byte[] body, Fields headers, @Nullable KeptBytes kept) {
  public static final String JSON = "application/json";

  public Reply(int status, String contentType, byte[] body, Map<String, String> headers) {
    this(status, contentType, body, Fields.of(headers), null);
  }

  public static Reply ok(Object value) {
    return of(200, value);
  }

  /** What is JSON already. */
  static Reply json(byte[] written) {
    return new Reply(200, JSON, written, Fields.NONE, null);
  }

  static Reply json(KeptBytes written) {
    return new Reply(200, JSON, written.bytes(), Fields.NONE, written);
  }

  public static Reply of(int status, Object value) {
    return new Reply(status, JSON, HttpJson.bytes(value), Fields.NONE, null);
  }

  public static Reply text(String contentType, String text) {
    return new Reply(200, contentType, text.getBytes(StandardCharsets.UTF_8), Fields.NONE, null);
  }

  /** The name of its body. */
  public String tag() {
    return kept == null ? EntityTag.of(body) : kept.tag();
  }

  /** With these headers, where it does not say them itself. */
  public Reply otherwise(Fields usual) {
    return new Reply(status, contentType, body, headers.otherwise(usual), kept);
  }

  /** That another value of this request header might have been answered otherwise. */
  public Reply varying(String header) {
    String others = headers.get("Vary");
    return with("Vary", others == null ? header : others + ", " + header);
  }

  /** The same compressed. */
  public Reply zipped(KeptBytes.Zip zip) throws IOException {
    byte[] bytes = kept == null ? zip.of(body) : kept.zipped(zip);
    return new Reply(status, contentType, bytes, headers, null).with("Content-Encoding", "gzip");
  }

  public Reply with(String header, String value) {
    return new Reply(status, contentType, body, headers.with(header, value), kept);
  }
}
