package dev.steward.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.model.Account;
import dev.steward.testing.ApiClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A platform without Temporal, with an account full of findings and people who decide. */
final class Governed implements AutoCloseable {
  final WithoutTemporal platform = new WithoutTemporal();
  final ApiClient client = platform.as("client");
  final ApiClient lead = platform.as("lead");
  final ApiClient approver = platform.as("approver");
  final ApiClient admin = platform.as("admin");
  final Account account = platform.account(platform.organization("test"), "111122223333", 40);

  List<String> findings(int count) {
    List<String> ids = new ArrayList<>();
    client
        .get("/waste/findings?state=open&limit=" + count)
        .ok()
        .path("items")
        .forEach(f -> ids.add(f.path("id").asText()));
    return ids;
  }

  JsonNode draft(ApiClient user, int count) {
    return user.post("/governance/changes", Map.of("findings", findings(count))).ok();
  }

  JsonNode submit(ApiClient user, JsonNode change) {
    return user.post("/governance/changes/" + change.path("id").asText() + "/submit", null).ok();
  }

  /** An approval that waits, asked by this user. */
  String asked(ApiClient user) {
    return submit(user, draft(user, 2)).path("approval").asText();
  }

  /** What an approver sends who has read it. */
  Map<String, String> decision(String approval) {
    return Map.of(
        "plan_hash",
        approver.get("/approvals/" + approval).ok().path("plan_hash").asText(),
        "comment",
        "read");
  }

  static void assertProblem(ApiClient.Answer answer, int status, String type) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.json().path("type").asText()).isEqualTo("urn:steward:problem:" + type);
  }

  @Override
  public void close() {
    platform.close();
  }
}
