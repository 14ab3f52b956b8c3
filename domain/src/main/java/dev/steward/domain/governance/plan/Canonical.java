package dev.steward.domain.governance.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.model.Json;
import dev.steward.model.Plan;
import dev.steward.storage.Blobs;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;

/**
 * The one way to write a value down, whatever the order of its maps: JSON without spaces, names in
 * order, absent values left out.
 */
public final class Canonical {
  private Canonical() {}

  public static String text(Object value) {
    try {
      JsonNode tree = Json.MAPPER.valueToTree(value);
      return Json.MAPPER.writeValueAsString(sorted(tree));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write " + value.getClass().getName(), e);
    }
  }

  public static String sha256(String text) {
    return Blobs.digest(text.getBytes(StandardCharsets.UTF_8));
  }

  /** SHA-256 of the plan's canonical form, in hex. */
  public static String hash(Plan plan) {
    return sha256(text(plan));
  }

  private static JsonNode sorted(JsonNode node) {
    if (node.isObject()) {
      TreeMap<String, JsonNode> fields = new TreeMap<>();
      node.properties()
          .forEach(e -> {
            if (!e.getValue().isNull()) fields.put(e.getKey(), sorted(e.getValue()));
          });
      ObjectNode object = Json.MAPPER.createObjectNode();
      fields.forEach(object::set);
      return object;
    }
    if (!node.isArray()) return node;
    var array = Json.MAPPER.createArrayNode();
    node.forEach(item -> array.add(sorted(item)));
    return array;
  }
}
