package dev.steward.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.steward.model.Onboarding;
import dev.steward.storage.Tables;
import dev.steward.testing.ApiClient;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the front ends of the replaced backend send and read. */
final class ReplacedFrontEndTest {
  private static final String AXIOS = "application/json, text/plain, */*";

  private final WithoutTemporal platform =
      new WithoutTemporal(Map.of("auth.self-registration", "true"));
  private final ApiClient user = platform.as("test");

  @AfterEach
  void stop() {
    platform.close();
  }

  private ApiClient.Answer post(String path, String body) {
    return platform.anybody.send("POST", path, body, Map.of("Content-Type", "application/json"));
  }

  @Test
  void aUserHasOneRole() {
    assertThat(user.get("/api/auth/me").ok().path("role").asText()).isEqualTo("client");
    JsonNode login =
        post("/api/v1/auth/login", "{\"identifier\":\"admin\",\"password\":\"admin\"}").ok();
    assertThat(login.at("/user/role").asText()).isEqualTo("admin");
  }

  @Test
  void registersWithoutAnOrganization() {
    JsonNode made =
        post("/api/auth/register", "{\"username\":\"newcomer\",\"password\":\"a long password\"}")
            .ok();
    assertThat(made.at("/user/organization_name").asText()).isEqualTo("newcomer");
  }

  @Test
  void readsTheTemplateAsAMember() throws Exception {
    JsonNode made = user.post("/onboarding/create", Map.of("account_name", "shop")).ok();
    String path = "/onboarding/template/" + made.path("id").asText();
    ApiClient.Answer json = user.send("GET", path, null, Map.of("Accept", AXIOS));
    assertThat(json.headers().firstValue("Content-Type")).hasValue("application/json");
    String template = json.ok().path("template").asText();
    assertThat(template).isEqualTo(user.get(path).text());
    assertThat(new YAMLMapper().readTree(template).has("Resources")).isTrue();
    assertThat(json.ok().path("external_id")).isEqualTo(made.path("external_id"));
    // Who names a format gets that, and CloudFormation, which takes anything, gets YAML.
    assertThat(
            user.send("GET", path + "?format=json", null, Map.of("Accept", AXIOS))
                .ok()
                .has("Resources"))
        .isTrue();
    assertThat(user.send("GET", path, null, Map.of("Accept", "*/*")).text()).isEqualTo(template);
  }

  @Test
  void findsTheErrorOfAVerificationBesideItsReason() {
    JsonNode made = user.post("/onboarding/create", Map.of("account_name", "shop")).ok();
    String id = made.path("id").asText();
    assertThat(made.path("account_name").asText()).isEqualTo("shop");
    assertThat(made.path("error").isNull()).isTrue();
    platform
        .platform
        .store()
        .write(t -> {
          Onboarding o = t.find(Tables.ONBOARDINGS, id).orElseThrow();
          return t.put(
              Tables.ONBOARDINGS,
              o.failed(
                  Onboarding.Failure.NOT_PROVEN,
                  "no such role",
                  List.of(),
                  List.of(),
                  Instant.now()));
        });
    JsonNode failed = user.get("/onboarding/" + id).ok();
    assertThat(failed.path("error").asText()).isEqualTo("no such role");
    assertThat(failed.path("reason").asText()).isEqualTo("no such role");
  }

  @Test
  void isToldOfAFieldByTheNameThatItUses() {
    ApiClient.Answer refused =
        user.post(
            "/onboarding/connect/credentials",
            Map.of("access_key", "AKIAIOSFODNN7EXAMPLE", "secret_key", "short", "region", "Mars"));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().path("violations").findValuesAsText("field"))
        .containsExactly("secret_key", "region");
    assertThat(refused.text()).doesNotContain("short\"");
  }

  @Test
  void exportsAreFiles() {
    platform.account(platform.organization("test"), "222233334444", 2);
    for (String path :
        List.of("/client/costs/export", "/client/accounts/222233334444/resources?format=csv"))
      assertThat(user.get(path).headers().firstValue("Content-Disposition").orElse(path))
          .startsWith("attachment; filename=\"")
          .endsWith(".csv\"");
  }

  @Test
  void theDashboardSaysHowThingsStand() {
    assertThat(user.get("/client/dashboard").ok().path("status").asText())
        .isEqualTo("setup_required");
    platform.account(platform.organization("test"), "222233334444", 1);
    assertThat(user.get("/client/dashboard").ok().path("status").asText()).isEqualTo("active");
    assertThat(user.get("/client/accounts").ok().at("/0/account_name").asText())
        .isEqualTo("account 222233334444");
  }

  @Test
  void thereIsAWayInFromTheRoot() throws Exception {
    ApiClient.Answer root = platform.anybody.get("/");
    assertThat(root.status()).isEqualTo(200);
    assertThat(root.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
    for (String path : List.of("/docs", "/openapi.json", "/openapi.yaml")) {
      assertThat(root.text()).contains("href=\"" + path + "\"");
      assertThat(platform.anybody.get(path).status()).as(path).isEqualTo(200);
    }
    assertThat(new YAMLMapper().readTree(platform.anybody.get("/openapi.yaml").text()))
        .isEqualTo(platform.anybody.get("/openapi.json").ok());
  }
}
