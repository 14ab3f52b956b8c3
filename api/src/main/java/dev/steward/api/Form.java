package dev.steward.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.model.Problem;

/** Form fields as if they were JSON. */
final class Form {
  private Form() {}

  /**
   * @throws dev.steward.model.ProblemException MALFORMED if it is not encoded well, or a field
   *     comes twice
   */
  static ObjectNode parse(String text) {
    ObjectNode fields = HttpJson.MAPPER.createObjectNode();
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals <= 0) continue;
      String name = decode(pair.substring(0, equals));
      if (fields.has(name)) throw Problem.of(Problem.Type.MALFORMED, "a field comes twice");
      fields.put(name, decode(pair.substring(equals + 1)));
    }
    return fields;
  }

  private static String decode(String text) {
    return Utf8.unescaped(text, true, "the form");
  }
}
