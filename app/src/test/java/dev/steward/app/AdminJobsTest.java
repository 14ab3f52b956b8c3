package dev.steward.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.domain.jobs.OpenWork;
import dev.steward.testing.ApiClient;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** An admin sees all work that is not over, whosever it is. */
final class AdminJobsTest {
  private static final WithoutTemporal PLATFORM = new WithoutTemporal();

  @AfterAll
  static void stop() {
    PLATFORM.close();
  }

  @Test
  void everyUnfinishedWorkOfTheStoreIsListed() {
    Belongings.of(PLATFORM);
    ApiClient admin = PLATFORM.as("admin");
    List<String> expected =
        OpenWork.needed(PLATFORM.platform.store().state(), Instant.now()).stream()
            .map(OpenWork.Needed::workflowId)
            .sorted()
            .toList();
    assertThat(expected).isNotEmpty();
    JsonNode page = admin.get("/admin/jobs?limit=500").ok();
    assertThat(page.path("items").findValuesAsText("id"))
        .containsExactlyInAnyOrderElementsOf(expected);
    for (JsonNode job : page.path("items")) {
      assertThat(job.path("organization").asText()).isNotEmpty();
      assertThat(job.path("waits_for").asText()).isNotEmpty();
      assertThat(OpenWork.ALL.stream().map(work -> work.job().type()))
          .contains(job.path("job").asText());
    }
    String job = page.at("/items/0/job").asText();
    assertThat(admin.get("/admin/jobs?limit=500&job=" + job).ok().findValuesAsText("job"))
        .isNotEmpty()
        .containsOnly(job);
    assertThat(admin.get("/admin/jobs?job=" + job + "s").text()).contains("did you mean " + job);
    assertThat(PLATFORM.as("test").get("/admin/jobs").status()).isEqualTo(403);
  }

  @Test
  void oneKeyConnectsOnce() {
    ApiClient client = PLATFORM.as("test");
    Map<String, String> key =
        Map.of("Idempotency-Key", "one", "Content-Type", "application/json", "Prefer", "wait=0");
    String keys =
        "{\"access_key_id\":\"AKIAIOSFODNN7EXAMPLE\",\"secret_access_key\":\"abcdefghijklmnopqrstuvwxyz\"}";
    ApiClient.Answer first = client.send("POST", "/onboarding/connect/credentials", keys, key);
    ApiClient.Answer again =
        client.send("POST", "/api/v1/onboarding/connect/credentials", keys, key);
    assertThat(first.status()).isEqualTo(202);
    assertThat(again.status()).isEqualTo(202);
    assertThat(again.json().path("id")).isEqualTo(first.json().path("id"));
    assertThat(again.headers().firstValue("Location"))
        .isEqualTo(first.headers().firstValue("Location"));
    assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");
  }
}
