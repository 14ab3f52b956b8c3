package dev.steward.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.model.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An operation as the platform's own document describes it, so that requests are made from it.
 *
 * @param required those of the query that must be said
 * @param body the schema of the body; missing where it takes none
 */
record Described(
    String method, String path, List<String> query, List<String> required, JsonNode body) {
  /** What a request says where any text would be refused; and always, even if it need not. */
  private static final Map<String, String> SAID =
      Map.of(
          "action", "snapshot_and_delete_volume",
          "from", "22:00",
          "kind", "ebs_volume",
          "name", "mine",
          "region", "us-east-1",
          "resource", "vol-0",
          "to", "23:00",
          "version", "1",
          "when", "false",
          "zone", "Europe/Berlin");

  /**
   * A text that a request may hold.
   *
   * @param way the names that lead to it in the body, {@code []} for the items of a list; just its
   *     name in a query
   */
  record Part(Described of, boolean inQuery, List<String> way) {
    String name() {
      return way.getLast().equals("[]") ? way.get(way.size() - 2) : way.getLast();
    }

    @Override
    public String toString() {
      return of.method + " " + of.path + (inQuery ? "?" : " ") + String.join(".", way);
    }
  }

  static List<Described> all(JsonNode document) {
    List<Described> all = new ArrayList<>();
    document
        .path("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .properties()
                .forEach(method ->
                    all.add(
                        of(path.getKey(), method.getKey(), inlined(method.getValue(), document)))));
    return all;
  }

  /** With what it refers to in its place. */
  private static JsonNode inlined(JsonNode node, JsonNode document) {
    if (node.has("$ref"))
      return inlined(document.at(node.path("$ref").asText().substring(1)), document);
    if (node.isArray()) {
      ArrayNode items = JsonNodeFactory.instance.arrayNode();
      node.forEach(item -> items.add(inlined(item, document)));
      return items;
    }
    if (!node.isObject()) return node;
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    node.properties()
        .forEach(member -> object.set(member.getKey(), inlined(member.getValue(), document)));
    return object;
  }

  private static Described of(String path, String method, JsonNode row) {
    List<String> query = new ArrayList<>();
    List<String> required = new ArrayList<>();
    for (JsonNode parameter : row.path("parameters")) {
      if (!parameter.path("in").asText().equals("query")) continue;
      query.add(parameter.path("name").asText());
      if (parameter.path("required").asBoolean()) required.add(parameter.path("name").asText());
    }
    return new Described(
        method.toUpperCase(Locale.ROOT),
        path,
        query,
        required,
        row.at("/requestBody/content/application~1json/schema"));
  }

  /** Every text that a request of it may hold. */
  List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    for (String name : query) parts.add(new Part(this, true, List.of(name)));
    collect(body, List.of(), parts);
    return parts;
  }

  private void collect(JsonNode schema, List<String> way, List<Part> parts) {
    JsonNode plain = plain(schema);
    if (is(plain, "array")) {
      collect(plain.path("items"), and(way, "[]"), parts);
    } else if (plain.has("properties")) {
      plain
          .path("properties")
          .properties()
          .forEach(property -> collect(property.getValue(), and(way, property.getKey()), parts));
    } else if (is(plain, "string") && !plain.has("enum") && !plain.has("format")) {
      parts.add(new Part(this, false, way));
    }
  }

  private static List<String> and(List<String> way, String next) {
    List<String> longer = new ArrayList<>(way);
    longer.add(next);
    return longer;
  }

  /** Without the choice of null. */
  private static JsonNode plain(JsonNode schema) {
    for (JsonNode one : schema.path("anyOf")) if (!is(one, "null")) return plain(one);
    return schema;
  }

  private static boolean is(JsonNode schema, String type) {
    JsonNode said = schema.path("type");
    if (!said.isArray()) return said.asText().equals(type);
    for (JsonNode one : said) if (one.asText().equals(type)) return true;
    return false;
  }

  /** The body of a request with everything that is required, and this there. */
  String body(List<String> way, String value) {
    return Json.text(sample(body, way, value));
  }

  /**
   * @param way what of it is still before us; null where we are on another one
   */
  private static JsonNode sample(JsonNode schema, @Nullable List<String> way, String value) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    JsonNode plain = plain(schema);
    if (way != null && way.isEmpty()) return json.textNode(value);
    if (is(plain, "array"))
      return json.arrayNode()
          .add(sample(plain.path("items"), way == null ? null : rest(way), value));
    if (!plain.has("properties")) return scalar(json, plain);
    ObjectNode object = json.objectNode();
    List<String> required = new ArrayList<>();
    plain.path("required").forEach(name -> required.add(name.asText()));
    plain
        .path("properties")
        .properties()
        .forEach(property -> {
          String name = property.getKey();
          List<String> further = way != null && way.getFirst().equals(name) ? rest(way) : null;
          String said = is(plain(property.getValue()), "string") ? SAID.get(name) : null;
          if (further == null && said != null) object.put(name, said);
          else if (further != null || required.contains(name))
            object.set(name, sample(property.getValue(), further, value));
        });
    return object;
  }

  private static List<String> rest(List<String> way) {
    return way.subList(1, way.size());
  }

  private static JsonNode scalar(JsonNodeFactory json, JsonNode schema) {
    if (schema.has("enum")) return schema.path("enum").path(0);
    if (schema.path("format").asText().equals("date-time"))
      return json.textNode("2027-01-01T00:00:00Z");
    if (is(schema, "integer")) return json.numberNode(2);
    if (is(schema, "number")) return json.numberNode(0.5);
    if (is(schema, "boolean")) return json.booleanNode(true);
    if (!schema.has("type")) return json.numberNode(1);
    return is(schema, "object") ? json.objectNode() : json.textNode("sample");
  }

  /** The query of a request with everything that is required, and this there. */
  String query(String name, String value) {
    StringBuilder text = new StringBuilder("?").append(name).append('=').append(encoded(value));
    for (String other : required)
      if (!other.equals(name))
        text.append('&')
            .append(other)
            .append('=')
            .append(encoded(SAID.getOrDefault(other, "sample")));
    return text.toString();
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
