package dev.steward.app;

import static dev.steward.app.Governed.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.model.Money;
import dev.steward.model.Resource;
import dev.steward.storage.Chunks;
import dev.steward.testing.ApiClient;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What another service looks after, as callers meet it. */
final class ManagedResourcesTest {
  private static Resource volume(String id, Map<String, String> tags) {
    return new Resource(
        id,
        "ebs_volume",
        "us-east-1",
        null,
        "available",
        Instant.now(),
        tags,
        Map.of("size_gb", "10", "volume_type", "gp3"));
  }

  private static Map<String, Object> plan(String... ids) {
    return Map.of(
        "action",
        "snapshot_and_delete_volume",
        "resources",
        java.util.Arrays.stream(ids)
            .map(id -> Map.of("kind", "ebs_volume", "region", "us-east-1", "id", id))
            .toList());
  }

  @Test
  void isRefusedByNameUnlessAPolicyAllowsItAndShownToWhoDecides() {
    try (Governed office = new Governed()) {
      office
          .platform
          .platform
          .store()
          .write(t -> {
            Chunks.packResources(
                    Chunks.inventoryKey(office.account.id(), "us-east-1", "ebs_volume"),
                    office.account.id(),
                    "dsc_test00",
                    List.of(
                        volume("vol-stack", Map.of("aws:cloudformation:stack-name", "web")),
                        volume("vol-node", Map.of("kubernetes.io/cluster/prod", "owned")),
                        volume("vol-free", Map.of("team", "a"))),
                    Money.ZERO)
                .put(t);
            return true;
          });
      ApiClient.Answer refused =
          office.client.post("/governance/changes", plan("vol-stack", "vol-free", "vol-node"));
      assertProblem(refused, 422, "invalid");
      assertThat(refused.text())
          .contains(
              "resources[0]",
              "vol-stack is managed by CloudFormation stack web",
              "resources[2]",
              "vol-node is managed by Kubernetes cluster prod")
          .doesNotContain("resources[1]");
      JsonNode policy =
          office
              .admin
              .post(
                  "/governance/policies",
                  Map.of(
                      "name",
                      "stacks",
                      "rules",
                      List.of(
                          Map.of(
                              "name",
                              "web",
                              "when",
                              "resource.managed_by == 'CloudFormation stack web'",
                              "effect",
                              "require_approval",
                              "allow_managed",
                              true))))
              .ok();
      assertThat(policy.at("/rules/0/allow_managed").asBoolean()).isTrue();
      assertThat(office.client.post("/governance/changes", plan("vol-node")).status())
          .isEqualTo(422);
      JsonNode draft = office.client.post("/governance/changes", plan("vol-stack")).ok();
      assertThat(draft.at("/steps/0/managed_by/0").asText()).isEqualTo("CloudFormation stack web");
      assertThat(draft.at("/steps/0/aws_tags").toString())
          .isEqualTo("{\"aws:cloudformation:stack-name\":\"web\"}");
      JsonNode submitted = office.submit(office.client, draft);
      assertThat(office.approver.get("/approvals/" + submitted.path("approval").asText()).text())
          .contains("CloudFormation stack web", "aws:cloudformation:stack-name");
      // The policy that allowed it is gone before the draft is submitted.
      JsonNode second = office.client.post("/governance/changes", plan("vol-stack")).ok();
      assertThat(office.admin.delete("/governance/policies/" + policy.path("id").asText()).status())
          .isEqualTo(200);
      ApiClient.Answer late =
          office.client.post("/governance/changes/" + second.path("id").asText() + "/submit", null);
      assertProblem(late, 409, "refused-by-policy");
      assertThat(late.text()).contains("managed by CloudFormation stack web");
    }
  }
}
