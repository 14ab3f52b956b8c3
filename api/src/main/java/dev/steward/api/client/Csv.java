package dev.steward.api.client;

import dev.steward.model.Resource;
import java.util.Arrays;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Comma-separated values (RFC 4180). A text that a spreadsheet would take for a formula is led by
 * an apostrophe.
 */
final class Csv {
  private Csv() {}

  static String row(@Nullable Object... values) {
    return Arrays.stream(values).map(Csv::cell).collect(Collectors.joining(",")) + "\r\n";
  }

  static String resources(Stream<Resource> resources) {
    StringBuilder csv =
        new StringBuilder(
            row("kind", "region", "id", "name", "state", "created_at", "tags", "attributes"));
    resources.forEach(r ->
        csv.append(
            row(
                r.kind(),
                r.region(),
                r.id(),
                r.name(),
                r.state(),
                r.createdAt(),
                new TreeMap<>(r.tags()),
                new TreeMap<>(r.attributes()))));
    return csv.toString();
  }

  private static String cell(@Nullable Object value) {
    String text = Objects.toString(value, "");
    if (!text.isEmpty() && value instanceof String && "=+-@\t\r".indexOf(text.charAt(0)) >= 0)
      text = "'" + text;
    boolean quoted = text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return quoted ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }
}
