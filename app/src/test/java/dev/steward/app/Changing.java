package dev.steward.app;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.testing.ApiClient;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A change's way over HTTP: drafted, submitted, approved, ended. */
final class Changing {
  private static final Set<String> ENDS = Set.of("done", "partly_done", "failed");

  private Changing() {}

  /** What is to be done to a resource in us-east-1. */
  static Map<String, String> step(String kind, String id, String action) {
    return Map.of("kind", kind, "region", "us-east-1", "id", id, "action", action);
  }

  @SafeVarargs
  static JsonNode submitted(ApiClient client, Map<String, String>... steps) {
    JsonNode draft = client.post("/governance/changes", Map.of("resources", List.of(steps))).ok();
    return client.post("/governance/changes/" + draft.path("id").asText() + "/submit", null).ok();
  }

  /** Approves what the change has planned. */
  static void approve(ApiClient approver, JsonNode change) {
    approver
        .post(
            "/approvals/" + change.path("approval").asText() + "/approve",
            Map.of("plan_hash", change.path("plan_hash").asText()))
        .ok();
  }

  static JsonNode ended(ApiClient client, JsonNode change) {
    return PlatformProcess.await(
        client,
        "/governance/changes/" + change.path("id").asText(),
        c -> ENDS.contains(c.path("status").asText()));
  }
}
