package dev.steward.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.api.Access;
import dev.steward.api.Gives;
import dev.steward.api.Operation;
import dev.steward.api.QueryParameter;
import dev.steward.api.Takes;
import dev.steward.model.Role;
import dev.steward.testing.ApiClient;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What holds for every operation, checked over the table. */
final class OperationTableTest {
  @SuppressWarnings("NullAway.Init")
  private static WithoutTemporal platform;

  @BeforeAll
  static void start() {
    platform = new WithoutTemporal();
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  private static List<Operation<?, ?>> table() {
    return platform.platform.http().operations();
  }

  private static String path(Operation<?, ?> operation) {
    return operation.path().replaceAll("\\{\\+?\\w+}", "some_thing0");
  }

  @Test
  void everyOperationThatIsNotOpenRefusesACallerWithoutAToken() {
    List<Operation<?, ?>> closed =
        table().stream().filter(o -> !(o.access() instanceof Access.Open)).toList();
    assertThat(closed).hasSizeGreaterThan(25);
    for (Operation<?, ?> operation : closed)
      for (String prefix : List.of("", "/api/v1")) {
        String path =
            prefix
                + (prefix.isEmpty()
                    ? path(operation)
                    : path(operation).replaceFirst("^/api/", "/"));
        ApiClient.Answer answer = platform.anybody.send(operation.method(), path, null, Map.of());
        assertThat(answer.status()).as(operation.method() + " " + path).isEqualTo(401);
        assertThat(answer.headers().firstValue("Content-Type"))
            .contains("application/problem+json");
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(answer.json().path("type").asText())
            .isEqualTo("urn:steward:problem:unauthenticated");
      }
  }

  @Test
  void everyOperationWithRolesRefusesACallerWithoutThem() {
    Map<Role, String> users =
        Map.of(Role.CLIENT, "client", Role.APPROVER, "approver", Role.ADMIN, "admin");
    int asked = 0;
    for (Operation<?, ?> operation : table()) {
      if (!(operation.access() instanceof Access.Roles roles)) continue;
      Optional<Role> without =
          Arrays.stream(Role.values()).filter(r -> !roles.roles().contains(r)).findFirst();
      if (without.isEmpty()) continue;
      asked++;
      ApiClient other = platform.as(users.getOrDefault(without.get(), ""));
      ApiClient.Answer answer = other.send(operation.method(), path(operation), null, Map.of());
      assertThat(answer.status()).as(operation.method() + " " + operation.path()).isEqualTo(403);
    }
    assertThat(asked).isGreaterThan(40);
  }

  @Test
  void onlyTheseAreOpen() {
    assertThat(
            table().stream()
                .filter(o -> o.access() instanceof Access.Open)
                .map(o -> o.method() + " " + o.path()))
        .containsExactlyInAnyOrder(
            "POST /api/auth/login",
            "POST /api/auth/register",
            "GET /.well-known/jwks.json",
            "GET /",
            "GET /openapi.json",
            "GET /openapi.yaml",
            "GET /docs",
            "GET /docs/{file}");
  }

  @Test
  void theDocumentDescribesEveryOperation() {
    JsonNode document = platform.anybody.get("/openapi.json").ok();
    for (Operation<?, ?> operation : table()) {
      JsonNode described =
          document
              .path("paths")
              .path(operation.path().replace("{+", "{"))
              .path(operation.method().toLowerCase(Locale.ROOT));
      assertThat(described.path("summary").asText())
          .as(operation.path())
          .isEqualTo(operation.summary());
      if (operation.body() != null)
        assertThat(
                referred(document, described.at("/requestBody/content/application~1json/schema"))
                    .path("properties")
                    .size())
            .as(operation.path())
            .isPositive();
    }
    JsonNode login =
        referred(
            document,
            document.at(
                "/paths/~1api~1auth~1login/post/requestBody/content/application~1json/schema"));
    assertThat(login.path("properties").has("username")).isTrue();
    JsonNode finding =
        referred(document, document.at("/components/schemas/FindingPage/properties/items/items"))
            .path("properties");
    assertThat(finding.has("price_book")).isTrue();
    assertThat(finding.path("state").path("enum").get(0).asText()).isEqualTo("open");
  }

  @Test
  void everyAnswerInJsonIsARecordWithAName() {
    for (Operation<?, ?> operation : table())
      if (operation.gives() instanceof Gives.One<?> one)
        assertThat(one.type().isRecord()).as(operation.method() + " " + operation.path()).isTrue();
  }

  private static JsonNode described(JsonNode document, Operation<?, ?> operation) {
    return document
        .path("paths")
        .path(operation.path().replace("{+", "{"))
        .path(operation.method().toLowerCase(Locale.ROOT));
  }

  private static List<String> parameters(JsonNode described, String in) {
    List<String> names = new ArrayList<>();
    for (JsonNode parameter : described.path("parameters"))
      if (parameter.path("in").asText().equals(in)) names.add(parameter.path("name").asText());
    return names;
  }

  @Test
  void theDocumentPromisesExactlyWhatRowsDo() {
    JsonNode document = platform.anybody.get("/openapi.json").ok();
    int keyed = 0;
    Set<String> reads =
        table().stream()
            .filter(o -> o.method().equals("GET"))
            .map(Operation::path)
            .collect(Collectors.toSet());
    for (Operation<?, ?> operation : table()) {
      JsonNode described = described(document, operation);
      List<String> headers = new ArrayList<>();
      if (operation.promise().keyed()) headers.add("Idempotency-Key");
      if (operation.promise().job() != null) headers.add("Prefer");
      if (operation.method().equals("GET") && !operation.promise().secret())
        headers.add("If-None-Match");
      if (operation.promise().conditional() && reads.contains(operation.path())) {
        headers.add("If-Match");
        assertThat(described.path("responses").has("412")).as(operation.path()).isTrue();
      }
      assertThat(parameters(described, "header")).as(operation.path()).isEqualTo(headers);
      if (!(operation.takes() instanceof Takes.Asked<?>))
        assertThat(parameters(described, "query"))
            .as(operation.path())
            .isEqualTo(operation.query().stream().map(QueryParameter::name).toList());
      for (int status : operation.promise().statuses())
        assertThat(described.path("responses").has(String.valueOf(status)))
            .as(operation.path() + " " + status)
            .isTrue();
      if (operation.promise().keyed()) keyed++;
      // Whatever is made or started by a POST is made once, or the row says why it need not be.
      if (operation.method().equals("POST"))
        assertThat(operation.promise().keyed() || operation.promise().repeatable() != null)
            .as(operation.path())
            .isTrue();
    }
    assertThat(keyed).isGreaterThan(30);
  }

  /** What is set is read first, and may be changed only as it was read. */
  @Test
  void settingsAndPoliciesAreChangedOnCondition() {
    List<String> reads =
        table().stream().filter(o -> o.method().equals("GET")).map(Operation::path).toList();
    assertThat(
            table().stream()
                .filter(o -> List.of("PUT", "PATCH", "DELETE").contains(o.method()))
                .filter(o -> o.promise().voice() == null)
                .filter(o -> !o.promise().conditional() || !reads.contains(o.path()))
                .map(o -> o.method() + " " + o.path()))
        .containsExactlyInAnyOrder(
            // Ends what it is beside, whatever that is.
            "DELETE /lab/models/{name}/shadow");
  }

  /** An answer that is compressed, or named by its bytes, tells of what is in it. */
  @Test
  void whateverAnswersASecretSaysSo() {
    List<String> words = List.of("token", "ticket", "password", "secret");
    for (Operation<?, ?> operation : table())
      if (operation.gives() instanceof Gives.One<?> one && one.type().isRecord())
        for (RecordComponent part : one.type().getRecordComponents())
          // What is shown once is shown by what makes it, and left out of everything else.
          if (part.getType() == String.class
              // MLflow's name for where a page ends.
              && !part.getName().equals("nextPageToken")
              && (operation.method().equals("POST")
                  || !part.getAnnotatedType().isAnnotationPresent(Nullable.class))
              && words.stream().anyMatch(part.getName().toLowerCase(Locale.ROOT)::endsWith))
            assertThat(operation.promise().secret())
                .as(operation.method() + " " + operation.path() + " " + part.getName())
                .isTrue();
    assertThat(table().stream().filter(o -> o.promise().secret()).count())
        .isGreaterThanOrEqualTo(8);
  }

  @Test
  void aParameterThatNoRowHasIsRefusedByAll() {
    Map<Role, String> users =
        Map.of(Role.CLIENT, "test", Role.APPROVER, "approver", Role.ADMIN, "admin");
    int asked = 0;
    for (Operation<?, ?> operation : table()) {
      if (!operation.method().equals("GET") || !(operation.takes() instanceof Takes.None)) continue;
      ApiClient who =
          operation.access() instanceof Access.Roles roles
              ? platform.as(users.getOrDefault(roles.roles().iterator().next(), ""))
              : platform.as("test");
      ApiClient.Answer answer = who.get(path(operation) + "?no_such_name=1");
      // Some look first for what the path names, and say nothing more where it is not there.
      if (operation.path().contains("{") && answer.status() == 404) continue;
      if (operation.promise().voice() == null) {
        assertThat(answer.status()).as(operation.path()).isEqualTo(422);
        assertThat(answer.json().path("violations").findValuesAsText("field"))
            .as(operation.path())
            .contains("no_such_name");
      } else assertThat(answer.status()).as(operation.path()).isEqualTo(400);
      asked++;
    }
    assertThat(asked).isGreaterThan(45);
  }

  @Test
  void everyListIsSortedBothWaysByWhatItDeclares() {
    int lists = 0;
    for (Operation<?, ?> operation : table()) {
      boolean list =
          operation.gives() instanceof Gives.Page<?> || operation.gives() instanceof Gives.Many<?>;
      if (!list) continue;
      lists++;
      QueryParameter<?> sort =
          operation.query().stream()
              .filter(parameter -> parameter.name().equals("sort"))
              .findFirst()
              .orElseThrow(() -> new AssertionError(operation.path() + " takes no sort"));
      List<?> names = (List<?>) Objects.requireNonNull(sort.schema().get("enum"));
      assertThat(names.stream().map(Object::toString).map(OperationTableTest::otherWay))
          .as(operation.path())
          .isNotEmpty()
          .containsExactlyInAnyOrderElementsOf(names.stream().map(Object::toString).toList());
    }
    assertThat(lists).isGreaterThan(20);
  }

  /** As rows name it by a sign, or as the replaced backend did by a word. */
  private static String otherWay(String sort) {
    if (sort.endsWith("_asc")) return sort.replace("_asc", "_desc");
    if (sort.endsWith("_desc")) return sort.replace("_desc", "_asc");
    return sort.startsWith("-") ? sort.substring(1) : "-" + sort;
  }

  private static JsonNode referred(JsonNode document, JsonNode schema) {
    return document.at(schema.path("$ref").asText().substring(1));
  }

  @Test
  void showsItsDocumentationWithoutAnyOtherServer() {
    assertThat(platform.anybody.get("/docs").text())
        .contains("swagger-ui-bundle.js")
        .doesNotContain("http");
    assertThat(platform.anybody.get("/docs/swagger-ui-bundle.js").text())
        .hasSizeGreaterThan(100_000);
    assertThat(platform.anybody.get("/docs/").text()).contains("swagger-ui-bundle.js");
    assertThat(platform.anybody.get("/docs").headers().firstValue("Content-Security-Policy"))
        .hasValueSatisfying(policy ->
            assertThat(policy)
                .contains("default-src 'none'", "script-src 'self'", "base-uri 'none'"));
    assertThat(platform.anybody.get("/").text())
        .contains("href=\"/docs\"", "href=\"/openapi.json\"", "href=\"/openapi.yaml\"");
    assertThat(platform.anybody.get("/docs/..%2Fsecret").status()).isEqualTo(404);
  }
}
