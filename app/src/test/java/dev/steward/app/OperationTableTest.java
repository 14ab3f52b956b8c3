package dev.steward.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.api.Access;
import dev.steward.api.Operation;
import dev.steward.model.Role;
import dev.steward.testing.ApiClient;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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

  private static List<Operation> table() {
    return platform.platform.http().operations();
  }

  private static String path(Operation operation) {
    return operation.path().replaceAll("\\{\\+?\\w+}", "some_thing0");
  }

  @Test
  void everyOperationThatIsNotOpenRefusesACallerWithoutAToken() {
    List<Operation> closed =
        table().stream().filter(o -> !(o.access() instanceof Access.Open)).toList();
    assertThat(closed).hasSizeGreaterThan(25);
    for (Operation operation : closed)
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
    for (Operation operation : table()) {
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
            "GET /openapi.json",
            "GET /docs",
            "GET /docs/{file}");
  }

  @Test
  void theDocumentDescribesEveryOperation() {
    JsonNode document = platform.anybody.get("/openapi.json").ok();
    for (Operation operation : table()) {
      if (operation.group().equals("docs")) continue;
      JsonNode described =
          document
              .path("paths")
              .path(operation.path().replace("{+", "{"))
              .path(operation.method().toLowerCase(Locale.ROOT));
      assertThat(described.path("summary").asText())
          .as(operation.path())
          .isEqualTo(operation.summary());
      if (operation.body() != null)
        assertThat(described.at("/requestBody/content/application~1json/schema/properties").size())
            .as(operation.path())
            .isPositive();
    }
    JsonNode login =
        document.at(
            "/paths/~1api~1auth~1login/post/requestBody/content/application~1json/schema/properties");
    assertThat(login.has("username")).isTrue();
    JsonNode finding =
        document.at(
            "/paths/~1waste~1findings/get/responses/200/content/application~1json/schema/properties/items/items/properties");
    assertThat(finding.has("price_book")).isTrue();
    assertThat(finding.path("state").path("enum").get(0).asText()).isEqualTo("open");
  }

  @Test
  void showsItsDocumentationWithoutAnyOtherServer() {
    assertThat(platform.anybody.get("/docs").text())
        .contains("swagger-ui-bundle.js")
        .doesNotContain("http");
    assertThat(platform.anybody.get("/docs/swagger-ui-bundle.js").text())
        .hasSizeGreaterThan(100_000);
    assertThat(platform.anybody.get("/docs/..%2Fsecret").status()).isEqualTo(404);
  }
}
