package dev.steward.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.testing.ApiClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class BadInputTest {
  private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

  @SuppressWarnings("NullAway.Init")
  private static WithoutTemporal platform;

  @SuppressWarnings("NullAway.Init")
  private static ApiClient user;

  @BeforeAll
  static void start() {
    platform = new WithoutTemporal();
    user = platform.as("test");
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  private static void isProblem(ApiClient.Answer answer, int status, String type) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    JsonNode problem = answer.json();
    assertThat(problem.path("type").asText()).isEqualTo("urn:steward:problem:" + type);
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("title").asText()).isNotEmpty();
    assertThat(problem.path("detail").asText()).isNotEmpty();
    assertThat(answer.text()).doesNotContain("Exception", "dev.steward", "java.", "helidon");
  }

  private static List<String> fields(ApiClient.Answer answer) {
    List<String> fields = new ArrayList<>();
    answer.json().path("violations").forEach(v -> fields.add(v.path("field").asText()));
    return fields;
  }

  @Test
  void malformedJsonIs400() {
    isProblem(user.send("POST", "/onboarding/create", "{\"name\": ", JSON), 400, "malformed");
    isProblem(user.send("POST", "/onboarding/create", "{\"a\":1} x", JSON), 400, "malformed");
    isProblem(
        platform.anybody.send("POST", "/api/auth/login", "{oops", Map.of()), 400, "malformed");
  }

  @Test
  void wrongTypesAndValuesAreToldAllAtOnce() {
    ApiClient.Answer answer =
        user.send(
            "POST",
            "/onboarding/create",
            "{\"name\": 5, \"environment\": \"\", \"features\": [\"read\", \"fly\"]}",
            JSON);
    isProblem(answer, 422, "invalid");
    assertThat(fields(answer)).containsExactlyInAnyOrder("name", "environment", "features[1]");
    assertThat(answer.text()).contains("must be one of read, act");
    ApiClient.Answer list = user.send("POST", "/onboarding/create", "[1]", JSON);
    isProblem(list, 422, "invalid");
    ApiClient.Answer keys =
        user.send("POST", "/onboarding/connect/credentials", "{\"access_key\":\"x\"}", JSON);
    assertThat(fields(keys)).containsExactlyInAnyOrder("access_key", "secret_access_key");
  }

  @Test
  void neverRepeatsASecret() {
    ApiClient.Answer answer =
        user.post(
            "/onboarding/connect/credentials",
            Map.of("access_key_id", "AKIA!", "secret_access_key", "sesame-open-sesame"));
    isProblem(answer, 422, "invalid");
    assertThat(answer.text()).doesNotContain("sesame");
  }

  @Test
  void badQueriesAre422() {
    isProblem(user.get("/waste/findings?limit=0"), 422, "invalid");
    isProblem(user.get("/waste/findings?limit=many"), 422, "invalid");
    isProblem(user.get("/waste/findings?sort=colour"), 422, "invalid");
    isProblem(user.get("/waste/findings?min_saving=lots"), 422, "invalid");
    isProblem(user.get("/waste/findings?min_saving=1e99"), 422, "invalid");
    isProblem(user.get("/waste/findings?state=sad"), 422, "invalid");
    isProblem(user.get("/waste/findings?after=%21%21"), 422, "invalid");
  }

  @Test
  void unknownPathsAre404AndWrongMethods405() {
    isProblem(user.get("/nowhere"), 404, "not-found");
    isProblem(user.get("/client/accounts/acc_none0000"), 404, "not-found");
    isProblem(user.get("/client/accounts/%01%7f"), 404, "not-found");
    // These name nothing at all.
    for (String escaped : List.of("%00", "%ff", "%00%ff", "%c0%ae", "%ed%a0%80")) {
      isProblem(user.get("/client/accounts/" + escaped), 400, "malformed");
      isProblem(user.get("/waste/findings?account=" + escaped), 400, "malformed");
    }
    ApiClient.Answer answer = user.send("PUT", "/client/accounts", "{}", JSON);
    isProblem(answer, 405, "method-not-allowed");
    assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD, OPTIONS");
  }

  @Test
  void tooLargeIs413AndForeignMedia415() {
    isProblem(
        user.send(
            "POST", "/onboarding/create", "{\"name\":\"" + "x".repeat(2_000_000) + "\"}", JSON),
        413,
        "too-large");
    isProblem(
        user.send("POST", "/onboarding/create", "<a/>", Map.of("Content-Type", "application/xml")),
        415,
        "unsupported-media");
    assertThat(user.send("POST", "/waste/kinds", null, JSON).status()).isEqualTo(405);
    assertThat(user.send("GET", "/client/accounts", null, JSON).status()).isEqualTo(200);
  }

  @Test
  void thresholdsAreHeldToTheirBounds() {
    ApiClient.Answer answer =
        user.put(
            "/waste/kinds/idle_instance/settings",
            Map.of("thresholds", Map.of("max_cpu", 500, "max_heat", 1, "min_datapoints", 3)));
    isProblem(answer, 422, "invalid");
    assertThat(fields(answer))
        .containsExactlyInAnyOrder("thresholds.max_cpu", "thresholds.max_heat");
    JsonNode set =
        user.put(
                "/waste/kinds/idle_instance/settings",
                Map.of("thresholds", Map.of("max_cpu", 9), "enabled", false))
            .ok();
    assertThat(set.path("enabled").asBoolean()).isFalse();
    assertThat(set.at("/thresholds/0/value").asDouble()).isEqualTo(9);
    isProblem(user.put("/waste/kinds/unheard_of/settings", Map.of()), 404, "not-found");
  }

  @Test
  void rawNonsenseOnTheSocketIsAnsweredAndHurtsNobody() throws IOException {
    URI url = URI.create(platform.platform.url());
    for (String nonsense :
        List.of(
            "GARBAGE\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\nX: " + "y".repeat(40_000) + "\r\n\r\n",
            "POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n")) {
      try (Socket socket = new Socket(url.getHost(), url.getPort())) {
        socket.setSoTimeout(10_000);
        socket.getOutputStream().write(nonsense.getBytes(StandardCharsets.US_ASCII));
        InputStream in = socket.getInputStream();
        String answer = new String(in.readNBytes(12), StandardCharsets.US_ASCII);
        assertThat(answer).matches("(HTTP/1.1 4..)?");
      }
    }
    assertThat(user.get("/api/auth/verify").status()).isEqualTo(200);
  }
}
