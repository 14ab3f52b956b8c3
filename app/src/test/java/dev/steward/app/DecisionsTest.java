package dev.steward.app;

import static dev.steward.app.Governed.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.model.Approval;
import dev.steward.model.OrganizationId;
import dev.steward.model.Role;
import dev.steward.storage.Tables;
import dev.steward.testing.ApiClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Deciding, and who is told, over HTTP while Temporal cannot be reached: whoever decides need not
 * wait for it.
 */
@SuppressWarnings("NullAway.Init")
final class DecisionsTest {
  private static Governed office;
  private static ApiClient client;
  private static ApiClient lead;
  private static ApiClient approver;
  private static ApiClient admin;

  @BeforeAll
  static void start() {
    office = new Governed();
    client = office.client;
    lead = office.lead;
    approver = office.approver;
    admin = office.admin;
  }

  @AfterAll
  static void stop() {
    office.close();
  }

  @Test
  void decidesByTheRulesAndNamesEachRefusal() {
    String approval = office.asked(lead);
    Map<String, String> yes = office.decision(approval);
    String path = "/approvals/" + approval;
    assertProblem(lead.post(path + "/approve", yes), 403, "own-request");
    assertProblem(
        approver.post(path + "/approve", Map.of("plan_hash", "0".repeat(64))), 409, "plan-changed");
    assertProblem(approver.post(path + "/approve", Map.of()), 422, "invalid");
    assertProblem(approver.post(path + "/approve", Map.of("plan_hash", "short")), 422, "invalid");
    JsonNode view = approver.get(path).ok();
    assertThat(view.path("may_decide").asBoolean()).isTrue();
    assertThat(view.at("/change/steps/0/undo").asText()).contains("snapshot");
    assertThat(lead.get(path).ok().path("may_decide").asBoolean()).isFalse();
    assertThat(approver.post(path + "/approve", yes).ok().path("status").asText())
        .isEqualTo("approved");
    assertProblem(approver.post(path + "/reject", yes), 409, "already-decided");
    assertThat(approver.get("/approvals?filter=decided").ok().toString()).contains(approval);
    assertThat(lead.get("/approvals?filter=requested").ok().toString()).contains(approval);
    assertProblem(approver.get("/approvals?filter=all"), 422, "invalid");
  }

  @Test
  void fiftyApproversDecideAtOnceAndEachCountsOnce() throws Exception {
    OrganizationId organization = office.platform.organization("test");
    JsonNode policy =
        admin
            .post(
                "/governance/policies",
                Map.of(
                    "name",
                    "fifty",
                    "rules",
                    List.of(
                        Map.of(
                            "name",
                            "thirty of them",
                            "when",
                            "plan.steps == 7",
                            "effect",
                            "require_approval",
                            "approval",
                            Map.of(
                                "groups",
                                List.of(
                                    Map.of(
                                        "name",
                                        "many",
                                        "roles",
                                        List.of("approver"),
                                        "quorum",
                                        20)))))))
            .ok();
    List<ApiClient> people = new ArrayList<>();
    for (int i = 0; i < 50; i++)
      people.add(office.platform.someone(organization, "many" + i, Role.APPROVER));
    JsonNode change = office.submit(client, office.draft(client, 7));
    String path = "/approvals/" + change.path("approval").asText();
    assertThat(approver.get(path).ok().path("policies").get(0).asText())
        .isEqualTo("fifty version " + policy.path("version").asInt());
    Map<String, String> yes = office.decision(change.path("approval").asText());
    List<Callable<Integer>> votes = new ArrayList<>();
    people.forEach(p -> votes.add(() -> p.post(path + "/approve", yes).status()));
    Map<Integer, Integer> statuses = new HashMap<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(50)) {
      for (var vote : threads.invokeAll(votes)) statuses.merge(vote.get(), 1, Integer::sum);
    }
    assertThat(statuses).containsEntry(200, 20).containsEntry(409, 30);
    JsonNode decided = approver.get(path).ok();
    assertThat(decided.path("status").asText()).isEqualTo("approved");
    assertThat(decided.path("decisions")).hasSize(20);
    admin.delete("/governance/policies/" + policy.path("id").asText()).ok();
  }

  @Test
  void theSameDecisionSentTwentyTimesIsOneDecision() throws Exception {
    String approval = office.asked(client);
    String path = "/approvals/" + approval;
    String body = dev.steward.model.Json.text(office.decision(approval));
    Map<String, String> headers =
        Map.of("Content-Type", "application/json", "Idempotency-Key", "once");
    List<Callable<ApiClient.Answer>> tries = new ArrayList<>();
    for (int i = 0; i < 20; i++)
      tries.add(() -> approver.send("POST", path + "/approve", body, headers));
    String first = null;
    try (ExecutorService threads = Executors.newFixedThreadPool(20)) {
      for (var answer : threads.invokeAll(tries)) {
        assertThat(answer.get().status()).isEqualTo(200);
        if (first == null) first = answer.get().text();
        assertThat(answer.get().text()).isEqualTo(first);
      }
    }
    assertThat(approver.get(path).ok().path("decisions")).hasSize(1);
    // Another person's key of the same name is another decision.
    assertProblem(lead.send("POST", path + "/approve", body, headers), 409, "already-decided");
  }

  @Test
  void whoCameLateOnceIsNotInTimeWhenTheClockGoesBack() {
    String id = office.asked(client);
    Map<String, String> yes = office.decision(id);
    Instant inTime = timeTo(id, Instant.now().minusSeconds(5));
    assertProblem(approver.post("/approvals/" + id + "/approve", yes), 409, "approval-expired");
    // As it is for a clock that went back.
    timeTo(id, inTime);
    assertProblem(approver.post("/approvals/" + id + "/approve", yes), 409, "approval-expired");
    assertThat(approver.get("/approvals/" + id).ok().path("status").asText()).isEqualTo("expired");
  }

  /** Moves the time to decide; when it was before. */
  private static Instant timeTo(String id, Instant end) {
    return office
        .platform
        .platform
        .store()
        .write(t -> {
          Approval a = t.find(Tables.APPROVALS, id).orElseThrow();
          Approval.Timing was = a.timing();
          t.put(
              Tables.APPROVALS,
              a.with(
                  new Approval.Timing(
                      end,
                      was.remindHours(),
                      was.remindedAt(),
                      was.escalateAt(),
                      was.escalation(),
                      was.escalated())));
          return was.expiresAt();
        });
  }

  @Test
  void handsASeatToSomebodyWhoHasOne() {
    String path = "/approvals/" + office.asked(client);
    assertProblem(approver.post(path + "/delegate", Map.of("to", "nobody")), 422, "invalid");
    assertProblem(approver.post(path + "/delegate", Map.of("to", "client")), 422, "invalid");
    JsonNode handed =
        approver.post(path + "/delegate", Map.of("to", "lead", "comment", "holiday")).ok();
    assertThat(handed.at("/delegations/0/to_name").asText()).isEqualTo("lead");
    assertProblem(
        approver.post(path + "/approve", Map.of("plan_hash", handed.path("plan_hash").asText())),
        403,
        "not-asked");
    approver.post(path + "/comment", Map.of("comment", "lead knows these volumes")).ok();
    JsonNode done =
        lead.post(path + "/approve", Map.of("plan_hash", handed.path("plan_hash").asText())).ok();
    assertThat(done.path("status").asText()).isEqualTo("approved");
    assertThat(done.path("comments")).hasSize(1);
  }

  @Test
  void cancellingWithdrawsTheQuestion() {
    JsonNode change = office.submit(client, office.draft(client, 1));
    client.post("/governance/changes/" + change.path("id").asText() + "/cancel", null).ok();
    assertThat(
            approver
                .get("/approvals/" + change.path("approval").asText())
                .ok()
                .path("status")
                .asText())
        .isEqualTo("withdrawn");
    assertProblem(
        client.post("/governance/changes/" + change.path("id").asText() + "/submit", null),
        409,
        "conflict");
  }

  @Test
  void onlyWhoDraftedItSubmitsIt() {
    JsonNode change = office.draft(client, 1);
    assertProblem(
        lead.post("/governance/changes/" + change.path("id").asText() + "/submit", null),
        403,
        "forbidden");
  }

  @Test
  void setsUpNotificationsWithoutGivingSecretsAway() {
    JsonNode slack =
        client
            .post(
                "/governance/notifications",
                Map.of(
                    "channel",
                    "slack",
                    "address",
                    // An address, for no name is looked up where nothing leads to the Internet.
                    "https://1.1.1.1/services/T0/B0/SECRETPART"))
            .ok();
    assertThat(slack.path("id").asText()).isNotEmpty();
    assertThat(slack.toString()).doesNotContain("SECRETPART");
    assertThat(client.get("/governance/notifications").ok().toString())
        .contains(slack.path("id").asText())
        .doesNotContain("SECRETPART");
    assertThat(client.delete("/governance/notifications/" + slack.path("id").asText()).status())
        .isEqualTo(204);
    assertProblem(
        client.post(
            "/governance/notifications",
            Map.of("channel", "webhook", "address", "http://127.0.0.1:1/x")),
        422,
        "invalid");
    assertProblem(
        client.post(
            "/governance/notifications",
            Map.of("channel", "webhook", "address", "https://127.0.0.1/x")),
        422,
        "invalid");
    assertProblem(
        client.post(
            "/governance/notifications",
            Map.of("channel", "email", "group", "approver", "address", "a@example.com")),
        403,
        "forbidden");
    JsonNode group =
        admin
            .post(
                "/governance/notifications",
                Map.of(
                    "channel",
                    "email",
                    "group",
                    "approver",
                    "address",
                    "approvers@example.com",
                    "topics",
                    List.of("request")))
            .ok();
    String path = "/governance/notifications/" + group.path("id").asText();
    assertThat(client.get("/governance/notifications").ok().toString())
        .doesNotContain("approvers@example.com");
    assertThat(admin.patch(path, Map.of("enabled", false)).ok().path("enabled").asBoolean())
        .isFalse();
    assertThat(admin.delete(path).status()).isEqualTo(204);
    assertProblem(client.get("/governance/notifications/deliveries?status=lost"), 422, "invalid");
  }
}
