package dev.steward.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.api.auth.Passwords;
import dev.steward.api.auth.Users;
import dev.steward.model.Account;
import dev.steward.model.AuditEntry;
import dev.steward.model.Ids;
import dev.steward.model.OrganizationId;
import dev.steward.model.Role;
import dev.steward.storage.Blobs;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.testing.ApiClient;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
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
import org.junit.jupiter.api.io.TempDir;

/** Governance over HTTP, while Temporal cannot be reached: whoever decides need not wait for it. */
@SuppressWarnings("NullAway.Init")
final class GovernanceTest {
  private static WithoutTemporal platform;
  private static ApiClient client;
  private static ApiClient lead;
  private static ApiClient approver;
  private static ApiClient admin;
  private static Account account;

  @BeforeAll
  static void start() {
    platform = new WithoutTemporal();
    client = platform.as("client");
    lead = platform.as("lead");
    approver = platform.as("approver");
    admin = platform.as("admin");
    account = platform.account(platform.organization("test"), "111122223333", 40);
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  private static List<String> findings(int count) {
    List<String> ids = new ArrayList<>();
    client
        .get("/waste/findings?state=open&limit=" + count)
        .ok()
        .path("items")
        .forEach(f -> ids.add(f.path("id").asText()));
    return ids;
  }

  private static JsonNode draft(ApiClient user, int count) {
    return user.post("/governance/changes", Map.of("findings", findings(count))).ok();
  }

  private static JsonNode submit(ApiClient user, JsonNode change) {
    return user.post("/governance/changes/" + change.path("id").asText() + "/submit", null).ok();
  }

  private static String asked(ApiClient user) {
    return submit(user, draft(user, 2)).path("approval").asText();
  }

  private static Map<String, String> decision(String approval) {
    return Map.of(
        "plan_hash",
        approver.get("/approvals/" + approval).ok().path("plan_hash").asText(),
        "comment",
        "read");
  }

  private static void assertProblem(ApiClient.Answer answer, int status, String type) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.json().path("type").asText()).isEqualTo("urn:steward:problem:" + type);
  }

  @Test
  void plansWithEverythingThatAnApproverNeedsToRead() {
    JsonNode change = draft(client, 3);
    assertThat(change.path("status").asText()).isEqualTo("draft");
    assertThat(change.path("plan_hash").asText()).matches("[0-9a-f]{64}");
    assertThat(change.at("/blast_radius/by_kind/ebs_volume").asInt()).isEqualTo(3);
    JsonNode step = change.path("steps").path(0);
    assertThat(step.path("action").asText()).isEqualTo("snapshot_and_delete_volume");
    assertThat(step.at("/before/state").asText()).isEqualTo("available");
    assertThat(step.at("/before/tag:team").asText()).startsWith("a");
    assertThat(step.at("/after/present").asText()).isEqualTo("false");
    assertThat(step.path("permissions").toString()).contains("ec2:CreateSnapshot");
    JsonNode risky =
        client
            .post(
                "/governance/changes",
                Map.of(
                    "resources",
                    List.of(
                        Map.of(
                            "kind",
                            "ebs_volume",
                            "region",
                            "us-east-1",
                            "id",
                            "vol-39",
                            "account",
                            "111122223333",
                            "action",
                            "snapshot_and_delete_volume"))))
            .ok();
    assertThat(risky.path("title").asText()).isEqualTo("snapshot and delete volume vol-39");
    assertThat(client.get("/governance/changes?status=draft&limit=1").ok().path("next").asText())
        .isNotEmpty();
  }

  @Test
  void tellsEverythingThatIsWrongWithAPlanAtOnce() {
    ApiClient.Answer answer =
        client.post(
            "/governance/changes",
            Map.of(
                "findings",
                List.of("fnd_nothing0000", findings(1).getFirst()),
                "action",
                "stop_instance",
                "resources",
                List.of(
                    Map.of("kind", "ebs_volume", "region", "nowhere", "id", "vol-1"),
                    Map.of("kind", "ebs_volume"))));
    assertProblem(answer, 422, "invalid");
    assertThat(answer.text()).contains("resources[1].region", "resources[1].id");
    answer =
        client.post(
            "/governance/changes",
            Map.of(
                "findings",
                List.of("fnd_nothing0000"),
                "resources",
                List.of(
                    Map.of("kind", "ebs_volume", "region", "nowhere", "id", "v", "action", "x"))));
    assertThat(answer.json().path("violations")).hasSize(2);
    answer =
        client.post(
            "/governance/changes",
            Map.of(
                "findings",
                findings(2),
                "action",
                "release_address",
                "parameters",
                Map.of("x", "1")));
    assertThat(answer.text()).contains("release_address is for elastic_ip", "parameters.x");
    assertProblem(client.post("/governance/changes", Map.of()), 422, "invalid");
    for (String body : List.of("[]", "{\"findings\":\"x\"}", "{\"findings\":[1]}", "{", "null"))
      assertThat(
              client
                  .send(
                      "POST",
                      "/governance/changes",
                      body,
                      Map.of("Content-Type", "application/json"))
                  .status())
          .as(body)
          .isIn(400, 422);
  }

  @Test
  void decidesByTheRulesAndNamesEachRefusal() {
    String approval = asked(lead);
    Map<String, String> yes = decision(approval);
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
    OrganizationId organization = platform.organization("test");
    Users users =
        new Users(platform.platform.store(), new Passwords(), Ids.random(), InstantSource.system());
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
    for (int i = 0; i < 50; i++) {
      users.add(organization, "many" + i, "many" + i, List.of(Role.APPROVER));
      people.add(platform.as("many" + i));
    }
    JsonNode change = submit(client, draft(client, 7));
    String path = "/approvals/" + change.path("approval").asText();
    assertThat(approver.get(path).ok().path("policies").get(0).asText())
        .isEqualTo("fifty version " + policy.path("version").asInt());
    Map<String, String> yes = decision(change.path("approval").asText());
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
    String approval = asked(client);
    String path = "/approvals/" + approval;
    String body = dev.steward.model.Json.text(decision(approval));
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
  void handsASeatToSomebodyWhoHasOne() {
    String path = "/approvals/" + asked(client);
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
    JsonNode change = submit(client, draft(client, 1));
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
    JsonNode change = draft(client, 1);
    assertProblem(
        lead.post("/governance/changes/" + change.path("id").asText() + "/submit", null),
        403,
        "forbidden");
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
            "/governance/changes/" + draft(client, 9).path("id").asText() + "/submit", null);
    assertProblem(refused, 409, "refused-by-policy");
    assertThat(refused.text())
        .contains("keep team a1 version 1, rule a1: team a1 decides itself", "steps[");
    body.put("version", 1);
    body.put("enabled", false);
    assertThat(admin.put(path, body).ok().path("version").asInt()).isEqualTo(2);
    assertProblem(admin.put(path, body), 409, "conflict");
    assertThat(client.get(path + "?version=1").ok().path("enabled").asBoolean()).isTrue();
    assertThat(client.get(path + "/versions").ok().path("items")).hasSize(2);
    submit(client, draft(client, 9));
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
    JsonNode exemption = client.get("/governance/exemptions").ok().at("/items/0");
    assertThat(exemption.path("active").asBoolean()).isTrue();
    client.delete("/governance/exemptions/" + exemption.path("id").asText()).ok();
    assertThat(client.get(path).ok().path("state").asText()).isEqualTo("open");
    ApiClient.Answer wide =
        client.post("/governance/exemptions", Map.of("reason", "x", "until", soon));
    assertProblem(wide, 422, "invalid");
  }

  @Test
  void cleansUpByAPlanAndNeverDirectly() {
    JsonNode plan =
        client
            .post(
                "/storage/cleanup",
                Map.of(
                    "items",
                    List.of(Map.of("kind", "ebs_volume", "region", "us-east-1", "id", "vol-7"))))
            .ok();
    assertThat(plan.path("status").asText()).isEqualTo("draft");
    assertThat(plan.at("/steps/0/action").asText()).isEqualTo("snapshot_and_delete_volume");
    ApiClient.Answer wrong =
        client.post(
            "/storage/cleanup",
            Map.of(
                "items",
                List.of(Map.of("kind", "nat_gateway", "region", "us-east-1", "id", "nat-1"))));
    assertThat(wrong.text()).contains("items[0].kind");
  }

  @Test
  void theLedgerCountsWhatWasEstimated() {
    double before = client.get("/waste/savings").ok().at("/totals/estimated").asDouble();
    JsonNode change = draft(client, 4);
    JsonNode after = client.get("/waste/savings").ok();
    assertThat(after.at("/totals/estimated").asDouble() - before)
        .isCloseTo(change.path("saving").asDouble(), org.assertj.core.data.Offset.offset(0.001));
    assertThat(
            client
                .get("/waste/savings/entries?change=" + change.path("id").asText())
                .ok()
                .path("items"))
        .hasSize(4);
    assertThat(client.get("/client/dashboard").ok().has("pending_approvals")).isTrue();
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
                    "https://hooks.slack.com/services/T0/B0/SECRETPART"))
            .json();
    // The name cannot be looked up here; elsewhere it can.
    if (slack.has("id")) assertThat(slack.toString()).doesNotContain("SECRETPART");
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

  @Test
  void provesTheAuditChainAndFindsATamperedEntry(@TempDir Path folder) {
    String approval = asked(client);
    approver.post("/approvals/" + approval + "/reject", decision(approval)).ok();
    JsonNode proof = approver.get("/governance/audit/proof").ok();
    assertThat(proof.path("holds").asBoolean()).isTrue();
    JsonNode entries = approver.get("/governance/audit?limit=500").ok().path("items");
    List<String> types = new ArrayList<>();
    entries.forEach(e -> types.add(e.path("type").asText()));
    assertThat(types)
        .contains(
            "change.drafted",
            "change.submitted",
            "approval.requested",
            "approval.reject",
            "user.added");
    assertThat(entries.get(0).path("previous").asText())
        .isEqualTo(entries.get(1).path("hash").asText());
    try (Store store = Store.open(folder)) {
      List<AuditEntry> chain =
          platform.platform.store().state().rows(Tables.AUDIT).stream().toList();
      AuditEntry victim = chain.get(chain.size() / 2);
      store.write(t -> {
        platform.platform.store().state().rows(Tables.ORGANIZATIONS).stream()
            .forEach(o -> t.put(Tables.ORGANIZATIONS, o));
        chain.forEach(e -> t.put(Tables.AUDIT, e));
        return t.put(
            Tables.AUDIT,
            new AuditEntry(
                victim.organization(),
                victim.sequence(),
                victim.at(),
                "somebody else",
                victim.type(),
                victim.subject(),
                victim.detail(),
                victim.previous(),
                victim.hash()));
      });
      assertThat(AuditProofs.of(store.state(), new Blobs(folder.resolve("blobs"))).chains())
          .flatExtracting(p -> p.faults())
          .containsExactly("entry " + victim.sequence() + " was changed");
    }
    int status =
        Main.commandLine()
            .execute(
                "audit",
                "verify",
                "--data-folder",
                folder.toString(),
                "--admin-port",
                Integer.toString(dev.steward.testing.Emulator.freePort()));
    assertThat(status).isEqualTo(1);
  }

  @Test
  void readingAloneIsNotEnoughToChangeSomething() {
    ApiClient stranger = platform.anybody;
    assertThat(stranger.get("/governance/changes").status()).isEqualTo(401);
    String reading = "999900001111";
    Account other = platform.account(platform.organization("test"), reading, 1);
    platform
        .platform
        .store()
        .write(t ->
            t.put(
                Tables.ONBOARDINGS,
                new dev.steward.model.Onboarding(
                    other.onboarding(),
                    other.organization(),
                    "x",
                    "production",
                    List.of(dev.steward.model.Feature.READ),
                    "ext_secret",
                    dev.steward.model.Onboarding.Status.CONNECTED,
                    other.roleArn(),
                    null,
                    other.id(),
                    List.of(),
                    List.of(),
                    null,
                    1,
                    Instant.now(),
                    Instant.now())));
    String finding =
        client.get("/waste/findings?state=open&account=" + reading).ok().at("/items/0/id").asText();
    JsonNode change = client.post("/governance/changes", Map.of("findings", List.of(finding))).ok();
    ApiClient.Answer answer =
        client.post("/governance/changes/" + change.path("id").asText() + "/submit", null);
    assertProblem(answer, 409, "conflict");
    assertThat(answer.text()).contains("reading only");
    client.delete("/client/accounts/" + reading).ok();
    assertThat(
            client
                .get("/governance/changes/" + change.path("id").asText())
                .ok()
                .path("status")
                .asText())
        .isEqualTo("cancelled");
    assertThat(account.id()).isNotEqualTo(other.id());
  }
}
