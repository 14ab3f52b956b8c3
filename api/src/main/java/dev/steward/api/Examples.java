package dev.steward.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An example of each body and answer of an OpenAPI document, made of its schema: what stands there
 * is what may be sent. A text is what its field's name says, or what the {@link Rule} of a pattern
 * gives as its example.
 */
final class Examples {
  /** Deeper than any of our records; a record within itself ends there. */
  private static final int DEEPEST = 8;

  /** What fields of these names hold, or that end so; the first that fits. */
  private static final Map<String, String> TEXTS = new LinkedHashMap<>();

  static {
    TEXTS.put("account_id", "123456789012");
    TEXTS.put("aws_account", "123456789012");
    TEXTS.put("account_name", "shop");
    TEXTS.put("access_key_id", "AKIAIOSFODNN7EXAMPLE");
    TEXTS.put("username", "ann");
    TEXTS.put("requester", "ann");
    TEXTS.put("email", "ann@example.com");
    TEXTS.put("password", "correct horse battery staple");
    TEXTS.put("access_token", "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ1c3JfMSJ9.c2lnbmF0dXJl");
    TEXTS.put("token_type", "bearer");
    TEXTS.put("role_arn", "arn:aws:iam::123456789012:role/steward");
    TEXTS.put("region", "eu-central-1");
    TEXTS.put("regions", "eu-central-1");
    TEXTS.put("environment", "production");
    TEXTS.put("check", "unattached_volume");
    TEXTS.put("kind", "ebs_volume");
    TEXTS.put("resource", "vol-0a1b2c3d4e5f60718");
    TEXTS.put("action", "snapshot_and_delete_volume");
    TEXTS.put("account", "acc_2j4k6m8n");
    TEXTS.put("finding", "fnd_2j4k6m8n");
    TEXTS.put("findings", "fnd_2j4k6m8n");
    TEXTS.put("organization", "org_2j4k6m8n");
    TEXTS.put("organization_name", "Example");
    TEXTS.put("currency", "USD");
    TEXTS.put("url", "https://steward.example.com/");
    TEXTS.put("hash", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
    TEXTS.put("reason", "nobody has used it for 60 days");
    TEXTS.put("detail", "nobody has used it for 60 days");
    TEXTS.put("when", "finding.check == 'unattached_volume'");
    TEXTS.put("next", "eyJrIjoiMSJ9");
    TEXTS.put("id", "2j4k6m8n");
    TEXTS.put("name", "shop");
  }

  private final JsonNode document;

  private Examples(JsonNode document) {
    this.document = document;
  }

  /** Adds an example to every body and every good answer in JSON. */
  static void addTo(ObjectNode document) {
    Examples examples = new Examples(document);
    for (JsonNode path : document.path("paths"))
      for (JsonNode operation : path) {
        examples.add(operation.path("requestBody"));
        for (Map.Entry<String, JsonNode> response : operation.path("responses").properties())
          if (response.getKey().startsWith("2")) examples.add(response.getValue());
      }
  }

  private void add(JsonNode holder) {
    if (holder.at("/content/application~1json") instanceof ObjectNode json
        && !json.path("schema").isEmpty()) json.set("example", of("", json.path("schema"), 0));
  }

  private JsonNode of(String name, JsonNode schema, int depth) {
    if (schema.has("$ref"))
      return of(name, document.at(schema.path("$ref").asText().substring(1)), depth);
    for (String several : List.of("anyOf", "oneOf", "allOf"))
      if (schema.has(several)) return of(name, chosen(schema.path(several)), depth);
    if (schema.has("examples")) return schema.at("/examples/0");
    if (schema.has("enum")) return schema.at("/enum/0");
    if (schema.has("const")) return schema.path("const");
    return switch (type(schema)) {
      case "object" -> object(name, schema, depth);
      case "array" -> array(name, schema, depth);
      case "string" -> TextNode.valueOf(text(name, schema));
      case "integer" -> IntNode.valueOf(Math.max(1, schema.path("minimum").asInt(1)));
      case "number" -> DoubleNode.valueOf(Math.max(12.5, schema.path("minimum").asDouble(12.5)));
      case "boolean" -> BooleanNode.TRUE;
      // Of any type.
      case "" -> TextNode.valueOf(text(name, schema));
      case String other -> throw new IllegalStateException(name + " is of type " + other);
    };
  }

  /** The first that is something. */
  private static JsonNode chosen(JsonNode several) {
    for (JsonNode one : several) if (!one.path("type").asText().equals("null")) return one;
    return several.path(0);
  }

  private static String type(JsonNode schema) {
    JsonNode type = schema.path("type");
    if (type.isArray())
      for (JsonNode one : type) if (!one.asText().equals("null")) return one.asText();
    if (type.isTextual()) return type.asText();
    return schema.has("properties") ? "object" : "";
  }

  private JsonNode object(String name, JsonNode schema, int depth) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    List<String> required = schema.path("required").valueStream().map(JsonNode::asText).toList();
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties())
      if (depth < DEEPEST)
        object.set(property.getKey(), of(property.getKey(), property.getValue(), depth + 1));
      else if (required.contains(property.getKey()))
        throw new IllegalStateException(name + " is too deep for an example");
    JsonNode others = schema.path("additionalProperties");
    if (others.isObject() && depth < DEEPEST)
      object.set(text("key", NullNode.instance), of(name, others, depth + 1));
    return object;
  }

  private JsonNode array(String name, JsonNode schema, int depth) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    if (depth < DEEPEST) array.add(of(name, schema.path("items"), depth + 1));
    return array;
  }

  private static String text(String name, JsonNode schema) {
    switch (schema.path("format").asText()) {
      case "date-time" -> {
        return "2026-01-31T12:00:00.000Z";
      }
      case "date" -> {
        return "2026-01-31";
      }
      default -> {}
    }
    String text =
        TEXTS.entrySet().stream()
            .filter(known -> name.equals(known.getKey()) || name.endsWith("_" + known.getKey()))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse("text");
    int most = schema.path("maxLength").asInt(text.length());
    String fitting = text.length() > most ? text.substring(0, most) : text;
    return fitting.repeat(
        Math.max(1, Math.ceilDiv(schema.path("minLength").asInt(1), fitting.length())));
  }
}
