package dev.steward.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.steward.model.AccountId;
import dev.steward.model.Money;
import dev.steward.model.Role;
import dev.steward.model.job.Jobs;
import dev.steward.storage.Tables;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
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
      @Rule(
              min = 2,
              max = 9,
              pattern = "[a-z]+",
              aliases = {"name", "title"})
          String fullName,
      AccountId id,
      @Nullable String note,
      Integer pieces,
      Boolean sure,
      Colour colour,
      Instant bornAt,
      LocalDate day,
      Money price,
      List<Part> parts,
      @Nullable Part spare,
      @Nullable Part other,
      Map<String, Double> shares) {}

  record Made(String id) {}

  private static final Made MADE = new Made("x");

  private static final List<Operation<?, ?>> TABLE =
      List.of(
          Operation.client("GET", "/things", "things", "All things")
              .list(
                  Made.class,
                  Sorts.<Made>of(Made::id).text("id", Made::id).first("-id"),
                  ListFilter.by(QueryParameter.constant("colour", Colour.class), (m, c) -> true))
              .paged((own, call) -> Stream.of(MADE), (own, made) -> made),
          Operation.client("POST", "/things", "things", "Make a thing")
              .takes(Wish.class)
              .gives(Made.class)
              .makes("/things/{id}", Made::id)
              .refuses(404)
              .once((call, t) -> MADE),
          Operation.client("POST", "/things/{id}/scan", "things", "Scan a thing")
              .gives(Made.class)
              .starts(
                  Starts.of(Jobs.SCAN, Tables.SCANS, "/things/{id}", (begun, now) -> true),
                  (call, t) -> t.own(call.organization()).get(Tables.SCANS, call.path("id")),
                  (own, scan) -> MADE),
          Operation.client("POST", "/things/count", "things", "Count things")
              .repeatable("it only counts")
              .answers(call -> Nothing.NOTHING),
          Operation.on("PUT", "/things/{id}/parts/{part}", "things", Access.ANY, "Put a part")
              .takesSome(Part.class)
              .giving(new Gives.Many<>(Made.class))
              .answers(call -> List.of(MADE)),
          Operation.on(
                  "DELETE",
                  "/things/{id}",
                  "things",
                  Access.roles(Role.ADMIN, Role.APPROVER),
                  "Take a thing away")
              .refuses(404)
              .writes((call, t) -> Nothing.NOTHING),
          Operation.on("GET", "/files/{+path}", "files", Access.OPEN, "A file")
              .givesFile("text/plain")
              .answers(call -> Content.text("text/plain", "")),
          Operation.on("POST", "/login", "auth", Access.OPEN, "Log in")
              .repeatable("each token is one of its own")
              .answers(call -> Nothing.NOTHING));

  private static final JsonNode DOCUMENT = OpenApi.document(TABLE);

  private static JsonNode of(String method, String path) {
    return DOCUMENT.path("paths").path(path).path(method);
  }

  private static JsonNode referred(JsonNode schema) {
    return DOCUMENT.at(schema.path("$ref").asText().substring(1));
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
    for (Operation<?, ?> operation : TABLE) {
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
    assertThat(parameters(of("get", "/things"), "query"))
        .containsExactly("colour", "q", "sort", "limit", "after");
    assertThat(of("get", "/things").at("/parameters/0/required").asBoolean()).isFalse();
    JsonNode schemas = of("get", "/things").path("parameters");
    assertThat(schemas.at("/0/schema/enum").toString()).isEqualTo("[\"dark_red\",\"blue\"]");
    assertThat(schemas.at("/2/schema/enum").toString()).isEqualTo("[\"id\",\"-id\"]");
    assertThat(schemas.at("/2/schema/default").asText()).isEqualTo("-id");
    assertThat(schemas.at("/3/schema").toString())
        .isEqualTo("{\"maximum\":500,\"minimum\":1,\"type\":\"integer\",\"default\":50}");
  }

  @Test
  void onlyWhatARowDoesIsPromised() {
    for (Operation<?, ?> operation : TABLE) {
      JsonNode node =
          of(
              operation.method().toLowerCase(Locale.ROOT),
              operation.path().replace("{+path}", "{path}"));
      // Whatever is read may be had before, whatever the row says.
      assertThat(parameters(node, "header").contains("If-None-Match"))
          .as(operation.summary())
          .isEqualTo(operation.method().equals("GET"));
      assertThat(parameters(node, "header").stream().filter(h -> !h.equals("If-None-Match")))
          .as(operation.summary())
          .containsExactlyElementsOf(
              switch (operation.summary()) {
                case "Make a thing" -> List.of("Idempotency-Key");
                case "Scan a thing" -> List.of("Idempotency-Key", "Prefer");
                default -> List.of();
              });
    }
    assertThat(of("post", "/things/count").path("description").asText())
        .contains("Takes no Idempotency-Key: it only counts.");
    assertThat(of("post", "/things/{id}/scan").path("description").asText())
        .contains("Starts or joins the workflow WasteScan");
  }

  @Test
  void aPostThatTakesNoKeySaysWhy() {
    OperationRow<Nothing, Nothing> silent = Operation.client("POST", "/x", "test", "Make x");
    assertThatThrownBy(() -> silent.answers(call -> Nothing.NOTHING))
        .hasMessageContaining("POST /x takes no Idempotency-Key");
    OperationRow<Nothing, Nothing> open = Operation.on("POST", "/x", "test", Access.OPEN, "Make x");
    assertThatThrownBy(() -> open.once((call, t) -> Nothing.NOTHING))
        .hasMessageContaining("nobody's");
    assertThatThrownBy(() ->
            Operation.client("GET", "/x", "test", "x")
                .reads(QueryParameter.text("a"), QueryParameter.text("a"))
                .answers(call -> Nothing.NOTHING))
        .hasMessageContaining("twice");
  }

  @Test
  void everyStatusIsToldWithWhatComesWithIt() {
    JsonNode responses = of("post", "/things").path("responses");
    assertThat(names(responses))
        .containsExactly(
            "201", "400", "401", "403", "404", "409", "413", "415", "422", "429", "default");
    assertThat(names(responses.at("/201/content"))).containsExactly("application/json");
    assertThat(responses.at("/201/headers").has("Location")).isTrue();
    assertThat(names(of("post", "/things/{id}/scan").path("responses"))).startsWith("202", "200");
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
    assertThat(of("get", "/things").at(json + "/$ref").asText())
        .isEqualTo("#/components/schemas/MadePage");
    JsonNode page = referred(of("get", "/things").at(json)).path("properties");
    assertThat(names(page)).containsExactly("items", "next", "total");
    assertThat(referred(page.at("/items/items")).path("properties").has("id")).isTrue();
    JsonNode array = of("put", "/things/{id}/parts/{part}").at(json);
    assertThat(array.path("type").asText()).isEqualTo("array");
    assertThat(referred(array.path("items")).path("properties").has("id")).isTrue();
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
  void aBodyThatMayNotBeLeftOutIsNeeded() {
    assertThat(of("post", "/things").at("/requestBody/required").asBoolean()).isTrue();
    assertThat(of("post", "/things/{id}/scan").has("requestBody")).isFalse();
  }

  @Test
  void aBodyIsDescribedAsTheBinderReadsIt() {
    JsonNode schema =
        referred(of("post", "/things").at("/requestBody/content/application~1json/schema"));
    assertThat(schema.path("additionalProperties").toString()).isEqualTo("false");
    JsonNode properties = schema.path("properties");
    assertThat(names(properties))
        .containsExactlyInAnyOrder(
            "full_name",
            "id",
            "note",
            "pieces",
            "sure",
            "colour",
            "born_at",
            "day",
            "price",
            "parts",
            "spare",
            "other",
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
    assertThat(properties.at("/id/type").asText()).isEqualTo("string");
    assertThat(properties.at("/full_name/minLength").asInt()).isEqualTo(2);
    assertThat(properties.at("/full_name/maxLength").asInt()).isEqualTo(9);
    assertThat(properties.at("/full_name/pattern").asText()).isEqualTo("^[a-z]+$");
    assertThat(properties.at("/full_name/description").asText()).contains("name or title");
    // What may be null is the same record, and not another of its own.
    assertThat(names(DOCUMENT.at("/components/schemas"))).allMatch(n -> n.matches("[A-Z]\\w+"));
    for (String nullable : List.of("spare", "other"))
      assertThat(properties.path(nullable).findValuesAsText("$ref"))
          .containsExactly("#/components/schemas/Part");
    assertThat(referred(properties.at("/parts/items")).path("required").toString())
        .isEqualTo("[\"name\"]");
  }

  @Test
  void isServedAsItIsAndEveryReferenceInItLeadsSomewhere(@TempDir Path folder) throws IOException {
    List<Operation<?, ?>> all = new ArrayList<>(TABLE);
    all.addAll(new DocsOperations(() -> TABLE).operations());
    try (Served served = new Served(folder, all)) {
      JsonNode document = served.anybody.get("/openapi.json").ok();
      assertThat(document).isEqualTo(DOCUMENT);
      assertThat(document.path("openapi").asText()).startsWith("3.1");
      List<String> references = document.findValuesAsText("$ref");
      assertThat(references).isNotEmpty();
      for (String reference : references)
        assertThat(document.at(reference.substring(1)).isObject()).as(reference).isTrue();
      assertThat(new YAMLMapper().readTree(served.anybody.get("/openapi.yaml").text()))
          .isEqualTo(document);
      assertThat(served.anybody.get("/docs").text()).contains("/docs/start.js");
      assertThat(served.anybody.get("/docs/start.js").text()).contains("/openapi.json");
      assertThat(served.anybody.get("/docs/other.js").status()).isEqualTo(404);
    }
  }
}
