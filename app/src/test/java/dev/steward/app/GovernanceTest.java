package dev.steward.app;

import static dev.steward.app.Governed.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.model.Account;
import dev.steward.model.AuditEntry;
import dev.steward.model.AuditHead;
import dev.steward.model.Discovery;
import dev.steward.model.DiscoveryId;
import dev.steward.model.Money;
import dev.steward.model.Resource;
import dev.steward.model.RunStatus;
import dev.steward.storage.Chunks;
import dev.steward.storage.MasterKey;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.testing.ApiClient;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans, ledger, audit and restore over HTTP, while Temporal cannot be reached. */
@SuppressWarnings("NullAway.Init")
final class GovernanceTest {
  private static Governed office;
  private static ApiClient client;
  private static ApiClient approver;

  @BeforeAll
  static void start() {
    office = new Governed();
    client = office.client;
    approver = office.approver;
  }

  @AfterAll
  static void stop() {
    office.close();
  }

  @Test
  void plansWithEverythingThatAnApproverNeedsToRead() {
    JsonNode change = office.draft(client, 3);
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
  void copiesOnlyToARegionThatTheAccountHasEnabled() {
    Account account =
        office.platform.account(office.platform.organization("test"), "444455556666", 0);
    Store store = office.platform.platform.store();
    store.write(t -> {
      Chunks.packResources(
              Chunks.inventoryKey(account.id(), "us-east-1", "ebs_snapshot"),
              account.id(),
              "dsc_test00",
              List.of(
                  new Resource(
                      "snap-1",
                      "ebs_snapshot",
                      "us-east-1",
                      null,
                      "completed",
                      Instant.now(),
                      Map.of(),
                      Map.of("size_gb", "10"))),
              Money.ZERO)
          .put(t);
      return true;
    });
    assertThat(copied("eu-south-2").text()).contains("nobody knows yet which regions");
    store.write(t ->
        t.put(
            Tables.DISCOVERIES,
            new Discovery(
                account.id(),
                account.organization(),
                new DiscoveryId("dsc_test00"),
                RunStatus.COMPLETED,
                List.of("us-east-1"),
                null,
                Instant.now(),
                Instant.now(),
                List.of("eu-west-1", "us-east-1"))));
    ApiClient.Answer refused = copied("eu-south-2");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text())
        .contains("parameters.copy_region", "the account has not enabled eu-south-2", "eu-west-1");
    assertThat(copied("eu-west-1").status()).isEqualTo(201);
    assertThat(copied("none").status()).isEqualTo(201);
  }

  private static ApiClient.Answer copied(String region) {
    return client.post(
        "/governance/changes",
        Map.of(
            "action",
            "delete_snapshot",
            "parameters",
            Map.of("copy_region", region),
            "resources",
            List.of(
                Map.of(
                    "kind",
                    "ebs_snapshot",
                    "region",
                    "us-east-1",
                    "id",
                    "snap-1",
                    "account",
                    "444455556666"))));
  }

  @Test
  void tellsEverythingThatIsWrongWithAPlanAtOnce() {
    ApiClient.Answer answer =
        client.post(
            "/governance/changes",
            Map.of(
                "findings",
                List.of("fnd_nothing0000", office.findings(1).getFirst()),
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
                office.findings(2),
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
    JsonNode change = office.draft(client, 4);
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
  void provesTheAuditChainAndFindsATamperedEntry(@TempDir Path folder) {
    String approval = office.asked(client);
    approver.post("/approvals/" + approval + "/reject", office.decision(approval)).ok();
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
    Path key = office.platform.folder().resolve("master.key");
    try (Store store = Store.open(folder)) {
      List<AuditHead> heads =
          office.platform.platform.store().state().rows(Tables.AUDIT_HEADS).stream().toList();
      List<AuditEntry> chain =
          office.platform.platform.store().state().rows(Tables.AUDIT).stream().toList();
      AuditEntry victim = chain.get(chain.size() / 2);
      store.write(t -> {
        office.platform.platform.store().state().rows(Tables.ORGANIZATIONS).stream()
            .forEach(o -> t.put(Tables.ORGANIZATIONS, o));
        chain.forEach(e -> t.put(Tables.AUDIT, e));
        heads.forEach(h -> t.put(Tables.AUDIT_HEADS, h));
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
                victim.hash(),
                victim.mac()));
      });
      assertThat(AuditProofs.of(store.state(), folder, MasterKey.at(key, true), null).chains())
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
                "--data-key-file",
                key.toString(),
                "--admin-port",
                Integer.toString(dev.steward.testing.Emulator.freePort()));
    assertThat(status).isEqualTo(1);
  }

  @Test
  void theChainIsSignedFromItsFirstEntryAndSoonWitnessed() {
    JsonNode proof = approver.get("/governance/audit/proof").ok();
    assertThat(proof.path("holds").asBoolean()).isTrue();
    assertThat(proof.path("keyed_from").asLong()).isEqualTo(1);
    long entries = proof.path("entries").asLong();
    Instant patience = Instant.now().plusSeconds(300);
    while (approver.get("/governance/audit/proof").ok().path("witnessed").asLong() < entries)
      assertThat(Instant.now()).isBefore(patience);
  }

  @Test
  void goesOnWithItsChangesWhenItIsRestored(@TempDir Path folder) {
    JsonNode change = office.submit(client, office.draft(client, 1));
    Path archive =
        Path.of(
            office
                .platform
                .admin()
                .send("POST", "/backup", "", Map.of())
                .ok()
                .path("file")
                .asText());
    Path restored = folder.resolve("restored");
    assertThat(
            Main.commandLine()
                .execute("restore", archive.toString(), "--data-folder", restored.toString()))
        .isZero();
    try (Store store = Store.open(restored)) {
      for (String id :
          List.of(
              "change/" + change.path("id").asText(),
              "approval/" + change.path("approval").asText()))
        // From before the backup, when Temporal was away. What had been taken by Temporal is asked
        // for
        // by the reconciler, as after any loss of its database.
        assertThat(
                store
                    .state()
                    .rows(Tables.INTENTS)
                    .where("workflow", id)
                    .filter(i -> i.signal() == null))
            .hasSize(1);
    }
  }

  @Test
  void readingAloneIsNotEnoughToChangeSomething() {
    ApiClient stranger = office.platform.anybody;
    assertThat(stranger.get("/governance/changes").status()).isEqualTo(401);
    String reading = "999900001111";
    Account other = office.platform.account(office.platform.organization("test"), reading, 1);
    office
        .platform
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
                    List.of(dev.steward.model.AccountFeature.READ),
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
                    Instant.now(),
                    null)));
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
    assertThat(office.account.id()).isNotEqualTo(other.id());
  }
}
