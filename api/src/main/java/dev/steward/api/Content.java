package dev.steward.api;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is no JSON of ours.
 *
 * @param headers that go with it, by name
 * @param kept the bytes, where they are given again and again
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares files.
public record Content(
    String mediaType, byte[] bytes, Map<String, String> headers, @Nullable KeptBytes kept) {
  static final String DISPOSITION = "Content-Disposition";

  public Content {
    headers = Map.copyOf(headers);
  }

  public static Content of(String mediaType, byte[] bytes) {
    return new Content(mediaType, bytes, Map.of(), null);
  }

  /** What everybody gets who asks for it: whoever makes it keeps it. */
  static Content kept(String mediaType, byte[] bytes) {
    return new Content(mediaType, bytes, Map.of(), new KeptBytes(bytes));
  }

  public static Content text(String mediaType, String text) {
    return of(mediaType, text.getBytes(StandardCharsets.UTF_8));
  }

  /** To be kept under this name rather than shown. */
  public Content named(String file) {
    return with(DISPOSITION, attachment(file));
  }

  static String attachment(String file) {
    return "attachment; filename=\"" + file + "\"";
  }

  public Content with(String header, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(header, value);
    return new Content(mediaType, bytes, more, kept);
  }
}
