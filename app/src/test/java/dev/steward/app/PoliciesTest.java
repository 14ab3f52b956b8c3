package dev.steward.app;

import static dev.steward.app.Governed.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.testing.ApiClient;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Policies, exemptions and the kill switch over HTTP. */
@SuppressWarnings("NullAway.Init")
final class PoliciesTest {
  private static Governed office;
  private static ApiClient client;
  private static ApiClient approver;
  private static ApiClient admin;

  @BeforeAll
  static void start() {
    office = new Governed();
    client = office.client;
    approver = office.approver;
    admin = office.admin;
  }

  @AfterAll
  static void stop() {
    office.close();
  }

  @Test
  void keepsVersionsOfPoliciesAndSaysWhereAConditionIsWrong() {
    ApiClient.Answer wrong =
        admin.post(
            "/governance/policies",
            Map.of(
                "name",
                "wrong",
                "rules",
                List.of(
                    Map.of("name", "a", "when", "resource.kind ==\n  = 'x'", "effect", "deny"),
                    Map.of("name", "b", "when", "true", "effect", "exempt"),
                    Map.of(
                        "name",
                        "c",
                        "when",
                        "true",
                        "effect",
                        "require_approval",
                        "windows",
                        List.of(Map.of("from", "25:00", "to", "04:00", "zone", "Mars"))))));
    assertProblem(wrong, 422, "invalid");
    assertThat(wrong.text())
        .contains("rules[0].when", "line 2, column 3", "rules[1].until", "rules[2].windows[0]");
    assertProblem(
        client.post("/governance/policies", Map.of("name", "x", "rules", List.of())),
        403,
        "forbidden");
    Map<String, Object> body =
        new HashMap<>(
            Map.of(
                "name",
                "keep team a1",
                "rules",
                List.of(
                    Map.of(
                        "name",
                        "a1",
                        "when",
                        "resource.tags.team == 'a1' && plan.steps == 9",
                        "effect",
                        "deny",
                        "reason",
                        "team a1 decides itself"))));
    JsonNode policy = admin.post("/governance/policies", body).ok();
    String path = "/governance/policies/" + policy.path("id").asText();
    ApiClient.Answer refused =
        client.post(
            "/governance/changes/" + office.draft(client, 9).path("id").asText() + "/submit", null);
    assertProblem(refused, 409, "refused-by-policy");
    assertThat(refused.text())
        .contains("keep team a1 version 1, rule a1: team a1 decides itself", "steps[");
    body.put("version", 1);
    body.put("enabled", false);
    assertThat(admin.put(path, body).ok().path("version").asInt()).isEqualTo(2);
    assertProblem(admin.put(path, body), 409, "conflict");
    assertThat(client.get(path + "?version=1").ok().path("enabled").asBoolean()).isTrue();
    assertThat(client.get(path + "/versions").ok().path("items")).hasSize(2);
    office.submit(client, office.draft(client, 9));
    assertThat(admin.delete(path).status()).isEqualTo(200);
    assertThat(client.get(path).status()).isEqualTo(404);
  }

  @Test
  void triesAPolicyOnTheOpenFindingsWithoutDoingAnything() {
    JsonNode policy =
        admin
            .post(
                "/governance/policies",
                Map.of(
                    "name",
                    "trial",
                    "enabled",
                    false,
                    "rules",
                    List.of(Map.of("name", "r", "when", "false", "effect", "deny"))))
            .ok();
    String path = "/governance/policies/" + policy.path("id").asText() + "/evaluate";
    JsonNode said =
        client
            .post(
                path,
                Map.of(
                    "limit",
                    5,
                    "rules",
                    List.of(
                        Map.of(
                            "name",
                            "even",
                            "when",
                            "resource.tags.team == 'a0'",
                            "effect",
                            "auto_approve"))))
            .ok();
    assertThat(said.path("items")).hasSize(5);
    assertThat(said.at("/counts/auto_approve").asInt()).isPositive();
    assertThat(said.at("/counts/require_approval").asInt()).isPositive();
    assertThat(said.at("/items/0/reasons/0/why").asText()).isNotEmpty();
    assertProblem(
        client.post(
            path, Map.of("rules", List.of(Map.of("name", "r", "when", "1 +", "effect", "deny")))),
        422,
        "invalid");
    admin.delete("/governance/policies/" + policy.path("id").asText()).ok();
  }

  @Test
  void leavesAloneWhatIsDismissedOrExempt() {
    String finding =
        client
            .get("/waste/findings?state=open&sort=saving&limit=1")
            .ok()
            .at("/items/0/id")
            .asText();
    String path = "/waste/findings/" + finding;
    String soon = Instant.now().plus(1, ChronoUnit.DAYS).toString();
    assertProblem(client.post(path + "/dismiss", Map.of()), 422, "invalid");
    assertThat(
            client.post(path + "/dismiss", Map.of("reason", "wanted")).ok().path("state").asText())
        .isEqualTo("dismissed");
    assertProblem(
        client.post("/governance/changes", Map.of("findings", List.of(finding))), 422, "invalid");
    assertThat(client.post(path + "/reopen", Map.of()).ok().path("state").asText())
        .isEqualTo("open");
    assertProblem(client.post(path + "/reopen", Map.of()), 409, "conflict");
    assertProblem(
        client.post(path + "/exempt", Map.of("reason", "x", "until", "2020-01-01T00:00:00Z")),
        422,
        "invalid");
    JsonNode exempt = client.post(path + "/exempt", Map.of("reason", "audit", "until", soon)).ok();
    assertThat(exempt.path("state").asText()).isEqualTo("exempt");
    assertThat(exempt.at("/judgement/reason").asText()).isEqualTo("audit");
    // To name the volume instead of its finding is no way around the exemption.
    ApiClient.Answer around =
        client.post(
            "/governance/changes",
            Map.of(
                "action",
                "snapshot_and_delete_volume",
                "resources",
                List.of(
                    Map.of(
                        "kind",
                        "ebs_volume",
                        "region",
                        exempt.path("region").asText(),
                        "id",
                        exempt.path("resource").asText()))));
    assertProblem(around, 422, "invalid");
    assertThat(around.text()).contains("is exempt until");
    JsonNode exemption = client.get("/governance/exemptions").ok().at("/items/0");
    assertThat(exemption.path("active").asBoolean()).isTrue();
    client.delete("/governance/exemptions/" + exemption.path("id").asText()).ok();
    assertThat(client.get(path).ok().path("state").asText()).isEqualTo("open");
    ApiClient.Answer wide =
        client.post("/governance/exemptions", Map.of("reason", "x", "until", soon));
    assertProblem(wide, 422, "invalid");
  }

  @Test
  void anAdminTurnsTheInstallationsSwitchAndAnApproverTheOrganizations() {
    Map<String, Object> installation =
        Map.of("scope", "installation", "on", true, "reason", "incident 7");
    assertProblem(approver.put("/governance/kill-switch", installation), 403, "forbidden");
    admin.put("/governance/kill-switch", installation).ok();
    assertThat(client.get("/governance/kill-switch").ok().get(1).path("on").asBoolean()).isTrue();
    admin
        .put(
            "/governance/kill-switch",
            Map.of("scope", "installation", "on", false, "reason", "over"))
        .ok();
    assertThat(
            approver
                .put(
                    "/governance/kill-switch",
                    Map.of("scope", "organization", "on", false, "reason", "drill"))
                .ok()
                .path("by")
                .asText())
        .isEqualTo("approver");
  }
}
