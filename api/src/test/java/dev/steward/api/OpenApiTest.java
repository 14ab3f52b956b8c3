package dev.steward.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.model.Money;
import dev.steward.model.Role;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The document says of every row of a table what the row says. */
final class OpenApiTest {
  enum Colour {
    DARK_RED,
    BLUE
  }

  record Part(String name, @Nullable Integer count) {}

  record Wish(
      String fullName,
      @Nullable String note,
      Integer pieces,
      Boolean sure,
      Colour colour,
      Instant bornAt,
      LocalDate day,
      Money price,
      List<Part> parts,
      Map<String, Double> shares) {}

  record Made(String id) {}

  private static final Operation.Handler NONE = r -> Reply.ok(Map.of());

  private static final List<Operation> TABLE =
      List.of(
          Operation.client("GET", "/things", "things", "All things")
              .query("limit", "after")
              .gives(Operation.Shape.PAGE, Made.class)
              .answers(200, 422)
              .handle(NONE),
          Operation.client("POST", "/things", "things", "Make a thing")
              .takes(Wish.class)
              .gives(Made.class)
              .answers(201, 409, 422)
              .handle(NONE),
          Operation.on("PUT", "/things/{id}/parts/{part}", "things", Access.ANY, "Put a part")
              .takes(Part.class)
              .gives(Operation.Shape.ARRAY, Made.class)
              .handle(NONE),
          Operation.on(
                  "DELETE",
                  "/things/{id}",
                  "things",
                  Access.roles(Role.ADMIN, Role.APPROVER),
                  "Take a thing away")
              .answers(204, 404)
              .handle(NONE),
          Operation.on("GET", "/files/{+path}", "files", Access.OPEN, "A file")
              .gives(Operation.Shape.TEXT, String.class)
              .handle(NONE),
          Operation.on("POST", "/login", "auth", Access.OPEN, "Log in").handle(NONE));

  private static final JsonNode DOCUMENT = new OpenApi().document(TABLE);

  private static JsonNode of(String method, String path) {
    return DOCUMENT.path("paths").path(path).path(method);
  }

  private static List<String> parameters(JsonNode operation, String in) {
    List<String> names = new ArrayList<>();
    for (JsonNode parameter : operation.path("parameters"))
      if (parameter.path("in").asText().equals(in)) names.add(parameter.path("name").asText());
    return names;
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void everyOperationIsInItOnceAndNothingElse() {
    int described = 0;
    List<String> ids = new ArrayList<>();
    for (JsonNode path : DOCUMENT.path("paths"))
      for (JsonNode operation : path) {
        described++;
        ids.add(operation.path("operationId").asText());
      }
    assertThat(described).isEqualTo(TABLE.size());
    assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.matches("[A-Za-z0-9_]+"));
    for (Operation operation : TABLE) {
      JsonNode node =
          of(
              operation.method().toLowerCase(Locale.ROOT),
              operation.path().replace("{+path}", "{path}"));
      assertThat(node.path("summary").asText()).isEqualTo(operation.summary());
      assertThat(node.at("/tags/0").asText()).isEqualTo(operation.group());
    }
  }

  @Test
  void everyParameterOfAPathAndAQueryIsTold() {
    JsonNode put = of("put", "/things/{id}/parts/{part}");
    assertThat(parameters(put, "path")).containsExactly("id", "part");
    for (JsonNode parameter : put.path("parameters"))
      assertThat(parameter.path("required").asBoolean()).isTrue();
    assertThat(parameters(of("get", "/files/{path}"), "path")).containsExactly("path");
    assertThat(parameters(of("get", "/things"), "query")).containsExactly("limit", "after");
    assertThat(of("get", "/things").at("/parameters/0/required").asBoolean()).isFalse();
  }

  @Test
  void onlyAPostOfSomebodyWhoIsKnownTakesAnIdempotencyKey() {
    for (Operation operation : TABLE) {
      JsonNode node =
          of(
              operation.method().toLowerCase(Locale.ROOT),
              operation.path().replace("{+path}", "{path}"));
      assertThat(parameters(node, "header"))
          .as(operation.summary())
          .isEqualTo(
              operation.summary().equals("Make a thing")
                  ? List.of("Idempotency-Key", "Prefer")
                  : List.of());
    }
  }

  @Test
  void everyStatusIsToldWithWhatComesWithIt() {
    JsonNode responses = of("post", "/things").path("responses");
    assertThat(names(responses)).containsExactly("201", "409", "422", "default");
    assertThat(names(responses.at("/201/content"))).containsExactly("application/json");
    for (String status : List.of("409", "422", "default"))
      assertThat(
              responses
                  .at("/" + status + "/content/application~1problem+json/schema/$ref")
                  .asText())
          .isEqualTo("#/components/schemas/Problem");
    assertThat(of("delete", "/things/{id}").at("/responses/204").has("content")).isFalse();
  }

  @Test
  void theAnswerHasItsShape() {
    String json = "/responses/200/content/application~1json/schema";
    JsonNode page = of("get", "/things").at(json).path("properties");
    assertThat(names(page)).containsExactly("items", "next");
    assertThat(page.at("/items/items/properties").has("id")).isTrue();
    JsonNode array = of("put", "/things/{id}/parts/{part}").at(json);
    assertThat(array.path("type").asText()).isEqualTo("array");
    assertThat(array.at("/items/properties").has("id")).isTrue();
    assertThat(names(of("get", "/files/{path}").at("/responses/200/content")))
        .containsExactly("text/plain");
  }

  @Test
  void whoMayCallIsTold() {
    assertThat(of("post", "/login").path("security").isEmpty()).isTrue();
    assertThat(of("post", "/login").path("security").isArray()).isTrue();
    for (JsonNode closed : List.of(of("get", "/things"), of("put", "/things/{id}/parts/{part}")))
      assertThat(closed.at("/security/0").has("bearer")).isTrue();
    assertThat(of("delete", "/things/{id}").path("description").asText())
        .contains("[admin, approver]");
    assertThat(DOCUMENT.at("/components/securitySchemes/bearer/scheme").asText())
        .isEqualTo("bearer");
  }

  @Test
  void aBodyIsDescribedAsTheBinderReadsIt() {
    JsonNode schema = of("post", "/things").at("/requestBody/content/application~1json/schema");
    JsonNode properties = schema.path("properties");
    assertThat(names(properties))
        .containsExactlyInAnyOrder(
            "full_name",
            "note",
            "pieces",
            "sure",
            "colour",
            "born_at",
            "day",
            "price",
            "parts",
            "shares");
    assertThat(HttpJson.MAPPER.convertValue(schema.path("required"), String[].class))
        .contains("full_name", "pieces")
        .doesNotContain("note");
    assertThat(properties.at("/colour/enum").toString()).isEqualTo("[\"dark_red\",\"blue\"]");
    assertThat(properties.at("/born_at/format").asText()).isEqualTo("date-time");
    assertThat(properties.at("/day/format").asText()).isEqualTo("date");
    assertThat(properties.at("/price/type").asText()).isEqualTo("number");
    assertThat(properties.at("/pieces/type").asText()).isEqualTo("integer");
    assertThat(properties.at("/sure/type").asText()).isEqualTo("boolean");
    assertThat(properties.at("/note/type").toString()).contains("null");
    assertThat(properties.at("/parts/items/required").toString()).isEqualTo("[\"name\"]");
  }

  @Test
  void isServedAsItIsAndEveryReferenceInItLeadsSomewhere(@TempDir Path folder) {
    List<Operation> all = new ArrayList<>(TABLE);
    all.addAll(new DocsOperations(() -> TABLE).operations());
    try (Served served = new Served(folder, all)) {
      JsonNode document = served.anybody.get("/openapi.json").ok();
      assertThat(document).isEqualTo(DOCUMENT);
      assertThat(document.path("openapi").asText()).startsWith("3.1");
      List<String> references = document.findValuesAsText("$ref");
      assertThat(references).isNotEmpty();
      for (String reference : references)
        assertThat(document.at(reference.substring(1)).isObject()).as(reference).isTrue();
      assertThat(served.anybody.get("/docs").text()).contains("/docs/start.js");
      assertThat(served.anybody.get("/docs/start.js").text()).contains("/openapi.json");
      assertThat(served.anybody.get("/docs/other.js").status()).isEqualTo(404);
    }
  }
}
