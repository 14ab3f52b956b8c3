package dev.steward.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.steward.model.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * An OpenAPI document that answers are held to: each has a status, a content type and a body that
 * the document tells, and no field that it does not. Schemas are compiled when they are first
 * needed, once.
 */
public final class Contract implements ApiClient.Check {
  private static final String AT = "https://document.invalid/schemas.json";
  private static final String VERSION = "/api/v1";
  private static final int SHOWN = 2_000;

  /** What may befall any request, whatever it asks for: the document's {@code default}. */
  private static final Set<Integer> ANYWHERE =
      Set.of(400, 405, 408, 413, 414, 429, 431, 500, 503, 507);

  /** How a request is refused, or sent elsewhere, that asks for nothing we have. */
  private static final Set<Integer> NOWHERE = Set.of(308, 400, 401, 404, 405, 414, 431, 503);

  private record Route(String method, Pattern path, JsonNode responses) {}

  private final List<Route> routes = new ArrayList<>();
  private final ObjectNode schemas;
  private final Map<String, Schema> compiled = new ConcurrentHashMap<>();
  private final SchemaRegistry registry;

  /**
   * @param document OpenAPI 3.1
   */
  public Contract(JsonNode document) {
    ObjectNode own = document.deepCopy();
    schemas = own.withObject("/components/schemas");
    for (Map.Entry<String, JsonNode> path : own.path("paths").properties())
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties())
        add(operation.getKey(), path.getKey(), operation.getValue().path("responses"));
    schemas.forEach(Contract::close);
    // What is literal goes before a parameter.
    routes.sort(Comparator.comparingInt(route -> route.path().pattern().split("\\(", -1).length));
    ObjectNode all = Json.MAPPER.createObjectNode();
    all.set("$defs", schemas);
    String text = Json.text(all).replace("\"#/components/schemas/", "\"#/$defs/");
    registry =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12, made -> made.schemas(Map.of(AT, text)));
  }

  private void add(String method, String path, JsonNode responses) {
    for (JsonNode response : responses)
      for (JsonNode content : response.path("content")) name((ObjectNode) content);
    String whole = path.replaceAll("\\{path}$", "(.+)").replaceAll("\\{\\w+}", "([^/]+)");
    routes.add(new Route(method.toUpperCase(Locale.ROOT), Pattern.compile(whole), responses));
  }

  /** Gives a schema that has none a name. */
  private void name(ObjectNode content) {
    JsonNode schema = content.path("schema");
    if (schema.isEmpty() || schema.has("$ref")) return;
    String name = "answer" + schemas.size();
    schemas.set(name, schema);
    content.putObject("schema").put("$ref", "#/components/schemas/" + name);
  }

  /** Takes no field that is not told. */
  private static void close(JsonNode schema) {
    if (!(schema instanceof ObjectNode open)) return;
    if (open.has("properties") && !open.has("additionalProperties"))
      open.put("additionalProperties", false);
    open.path("properties").forEach(Contract::close);
    close(open.path("items"));
    close(open.path("additionalProperties"));
    for (String several : List.of("anyOf", "oneOf")) open.path(several).forEach(Contract::close);
  }

  @Override
  public void hold(String method, String path, ApiClient.Answer answer) {
    String said = answer.headers().firstValue("Content-Type").orElse("");
    String what = method + " " + path + " answered " + answer.status() + " " + said;
    // A slash at the end means nothing.
    Optional<Route> route = route(method, path.replaceAll("[?#].*", "").replaceAll("(.)/$", "$1"));
    if (route.isEmpty()) {
      if (!method.equals("OPTIONS") && !method.equals("HEAD") && !NOWHERE.contains(answer.status()))
        throw broken(what, "it knows no such operation", answer);
      return;
    }
    JsonNode responses = route.get().responses();
    String status = String.valueOf(answer.status());
    if (!responses.has(status)) {
      if (!ANYWHERE.contains(answer.status()))
        throw broken(what, "its statuses there are " + names(responses), answer);
      status = "default";
    }
    JsonNode content = responses.path(status).path("content");
    if (content.isEmpty() && answer.text().isEmpty()) return;
    String type = said.replaceAll(";.*", "").strip();
    if (!content.has(type))
      throw broken(what, "its content types there are " + names(content), answer);
    String reference = content.path(type).at("/schema/$ref").asText();
    if (type.endsWith("json") && !reference.isEmpty())
      validate(what, reference.substring(reference.lastIndexOf('/') + 1), answer);
  }

  private void validate(String what, String name, ApiClient.Answer answer) {
    Schema schema =
        compiled.computeIfAbsent(
            name, n -> registry.getSchema(SchemaLocation.of(AT + "#/$defs/" + n)));
    List<String> wrong =
        schema
            .validate(
                answer.json(),
                context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
            .stream()
            .map(error -> error.getInstanceLocation() + " " + error.getMessage())
            .distinct()
            .limit(10)
            .toList();
    if (!wrong.isEmpty()) throw broken(what, String.join("\n  ", wrong), answer);
  }

  private Optional<Route> route(String method, String path) {
    List<String> names = List.of(path);
    if (path.startsWith(VERSION + "/")) {
      // Under its version a path loses the /api that it begins with.
      String rest = path.substring(VERSION.length());
      names = rest.startsWith("/api/") ? List.of("/api" + rest) : List.of(rest, "/api" + rest);
    }
    List<String> meant = names;
    return routes.stream()
        .filter(route -> route.method().equals(method))
        .filter(route -> meant.stream().anyMatch(n -> route.path().matcher(n).matches()))
        .findFirst();
  }

  private static AssertionError broken(String what, String why, ApiClient.Answer answer) {
    String text = answer.text();
    return new AssertionError(
        what
            + ", which the OpenAPI document does not say:\n  "
            + why
            + "\nMend the row's promise, the record or the answer. It was:\n"
            + text.substring(0, Math.min(SHOWN, text.length())));
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
