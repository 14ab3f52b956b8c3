package dev.steward.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.model.Account;
import dev.steward.storage.Tables;
import dev.steward.testing.ApiClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ClientTest {
  private final WithoutTemporal platform = new WithoutTemporal();
  private final ApiClient user = platform.as("test");

  @SuppressWarnings("NullAway.Init")
  private Account account;

  @BeforeEach
  void connect() {
    account = platform.account(platform.organization("test"), "222233334444", 60);
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  @Test
  void showsAccountsByAnyOfTheirIds() {
    JsonNode list = user.get("/client/accounts").ok();
    assertThat(list.isArray()).isTrue();
    assertThat(list.get(0).path("account_id").asText()).isEqualTo("222233334444");
    assertThat(list.get(0).path("connection_method").asText()).isEqualTo("role");
    assertThat(list.get(0).path("resources").asInt()).isEqualTo(60);
    assertThat(list.get(0).at("/coverage/denied").asInt()).isEqualTo(1);
    for (String id : List.of(account.id().value(), "222233334444", account.onboarding().value()))
      assertThat(user.get("/client/accounts/" + id).ok().at("/account/id").asText())
          .isEqualTo(account.id().value());
  }

  @Test
  void pagesThroughEverythingOnce() {
    TreeSet<String> seen = new TreeSet<>();
    List<Double> savings = new ArrayList<>();
    String after = "";
    do {
      JsonNode page = user.get("/waste/findings?limit=7" + after).ok();
      page.path("items").forEach(f -> assertThat(seen.add(f.path("id").asText())).isTrue());
      page.path("items").forEach(f -> savings.add(f.path("saving").asDouble()));
      after = page.path("next").isNull() ? "" : "&after=" + page.path("next").asText();
    } while (!after.isEmpty());
    assertThat(seen).hasSize(60);
    assertThat(savings).isSortedAccordingTo(java.util.Comparator.reverseOrder());
    assertThat(user.get("/waste/findings?min_saving=6&limit=100").ok().path("items")).hasSize(8);
  }

  @Test
  void filtersResourcesAndWritesThemAsCsv() {
    assertThat(
            user.get(
                    "/client/accounts/222233334444/resources?kind=ebs_volume&tag=team:a1&limit=100")
                .ok()
                .path("items"))
        .hasSize(30);
    assertThat(
            user.get("/client/accounts/222233334444/resources?region=eu-west-1").ok().path("items"))
        .isEmpty();
    String csv = user.get("/client/accounts/222233334444/resources?format=csv").text();
    assertThat(csv.lines()).hasSize(61);
    assertThat(csv).contains("'=cmd").doesNotContain(",=cmd");
  }

  @Test
  void changesOnlyWhatIsGiven() {
    JsonNode changed =
        user.patch(
                "/client/accounts/222233334444",
                Map.of("name", "shop", "regions", List.of("eu-west-1")))
            .ok();
    assertThat(changed.at("/account/name").asText()).isEqualTo("shop");
    assertThat(changed.at("/account/environment").asText()).isEqualTo("production");
    assertThat(
            user.patch("/client/accounts/222233334444", Map.of("regions", List.of("Mars")))
                .status())
        .isEqualTo(422);
  }

  @Test
  void showsGapsOnTheDashboardRatherThanNothing() {
    JsonNode dashboard = user.get("/client/dashboard").ok();
    assertThat(dashboard.path("setup_required").asBoolean()).isFalse();
    assertThat(dashboard.at("/coverage_gaps/0/coverage").asText()).isEqualTo("denied");
    assertThat(dashboard.at("/coverage_gaps/0/region").asText()).isEqualTo("eu-west-1");
    assertThat(user.get("/client/summary").ok().path("open_findings").asInt()).isEqualTo(60);
    assertThat(user.get("/client/costs").ok().at("/by_service/ebs_volume").asDouble())
        .isEqualTo(10);
    assertThat(user.get("/client/costs/export").text()).contains("list_price_estimate");
  }

  @Test
  void takesEverythingWithADisconnectedAccount() {
    Account other = platform.account(platform.organization("test"), "555566667777", 3);
    JsonNode gone = user.delete("/client/accounts/222233334444").ok();
    assertThat(gone.path("status").asText()).isEqualTo("disconnected");
    assertThat(gone.at("/deleted/resources").asInt()).isEqualTo(60);
    assertThat(gone.at("/deleted/findings").asInt()).isEqualTo(60);
    assertThat(user.get("/client/accounts/222233334444").status()).isEqualTo(404);
    assertThat(user.delete("/client/accounts/222233334444").status()).isEqualTo(404);
    var state = platform.platform.store().state();
    assertThat(state.rows(Tables.CHUNKS).startingWith(account.id().value())).isEmpty();
    assertThat(state.rows(Tables.LISTINGS).startingWith(account.id().value())).isEmpty();
    assertThat(state.rows(Tables.INTENTS).stream().map(i -> i.workflowType()))
        .containsExactly("Disconnection");
    assertThat(user.get("/client/accounts/" + other.id()).ok().at("/account/findings").asInt())
        .isEqualTo(3);
  }

  @Test
  void asksWhetherWhatWasSaidBeforeADisconnectionStillHolds() {
    String number = "777788889999";
    Account first = platform.account(platform.organization("test"), number, 3);
    List<String> findings = new ArrayList<>();
    user.get("/waste/findings?account=" + number)
        .ok()
        .path("items")
        .forEach(f -> findings.add(f.path("id").asText()));
    user.post("/waste/findings/" + findings.get(0) + "/dismiss", Map.of("reason", "ours")).ok();
    user.post(
            "/waste/findings/" + findings.get(1) + "/exempt",
            Map.of("reason", "audit", "until", Instant.now().plus(Duration.ofDays(30)).toString()))
        .ok();
    JsonNode gone = user.delete("/client/accounts/" + first.id()).ok();
    assertThat(gone.at("/deleted/kept").toString())
        .isEqualTo("{\"dismissals\":1,\"exemptions\":1}");
    assertThat(user.get("/governance/exemptions").ok().toString())
        .doesNotContain(first.id().value());

    // Another organization that connects the same account gets nothing of it.
    ApiClient stranger = platform.stranger();
    Account theirs = platform.account(platform.organization("stranger"), number, 0);
    assertThat(stranger.get("/client/accounts/" + theirs.id()).ok().toString())
        .contains("\"kept_judgements\":null");
    assertThat(
            stranger
                .post("/client/accounts/" + theirs.id() + "/judgements", Map.of("restore", true))
                .status())
        .isEqualTo(404);
    stranger.delete("/client/accounts/" + theirs.id()).ok();

    Account again = platform.account(platform.organization("test"), number, 0);
    String judgements = "/client/accounts/" + again.id() + "/judgements";
    assertThat(
            user.get("/client/accounts/" + again.id())
                .ok()
                .at("/kept_judgements/dismissals")
                .asInt())
        .isEqualTo(1);
    assertThat(user.get("/waste/findings?account=" + number).ok().path("items")).isEmpty();
    JsonNode page = user.get(judgements + "?limit=1").ok();
    assertThat(page.at("/items/0/reason").asText()).isEqualTo("ours");
    assertThat(
            user.get(judgements + "?limit=1&after=" + page.path("next").asText())
                .ok()
                .at("/items/0/reason")
                .asText())
        .isEqualTo("audit");
    assertThat(user.post(judgements, Map.of()).status()).isEqualTo(422);
    JsonNode restored = user.post(judgements, Map.of("restore", true)).ok();
    assertThat(restored.path("dismissals").asInt() + restored.path("exemptions").asInt())
        .isEqualTo(2);
    JsonNode dismissed =
        user.get("/waste/findings?state=dismissed&account=" + number).ok().path("items");
    assertThat(dismissed).hasSize(1);
    assertThat(dismissed.at("/0/judgement/reason").asText()).isEqualTo("ours");
    assertThat(user.get("/governance/exemptions").ok().toString()).contains(again.id().value());
    assertThat(user.post(judgements, Map.of("restore", false)).status()).isEqualTo(404);
    user.delete("/client/accounts/" + again.id()).ok();
    Account third = platform.account(platform.organization("test"), number, 0);
    judgements = "/client/accounts/" + third.id() + "/judgements";
    user.post(judgements, Map.of("restore", false)).ok();
    assertThat(user.get(judgements).ok().path("items")).isEmpty();
    assertThat(user.get("/waste/findings?account=" + number).ok().path("items")).isEmpty();
    user.delete("/client/accounts/" + third.id()).ok();
  }

  @Test
  void acceptsWorkWhileTemporalIsDownAndDoesItOnce() {
    Map<String, String> once = Map.of("Content-Type", "application/json", "Idempotency-Key", "k1");
    ApiClient.Answer first =
        user.send("POST", "/waste/scans", "{\"account\":\"222233334444\"}", once);
    ApiClient.Answer second =
        user.send("POST", "/waste/scans", "{\"account\":\"222233334444\"}", once);
    assertThat(first.status()).isEqualTo(202);
    assertThat(first.headers().firstValue("Location"))
        .contains("/waste/scans/" + first.json().path("id").asText());
    assertThat(second.text()).isEqualTo(first.text());
    assertThat(
            user.send("POST", "/waste/scans", "{\"account\":\"" + account.id() + "\"}", once)
                .status())
        .isEqualTo(409);
    assertThat(user.post("/waste/scans", null).json().path("id"))
        .isEqualTo(first.json().path("id"));
    assertThat(platform.platform.store().state().rows(Tables.INTENTS).size()).isEqualTo(1);
  }

  @Test
  void tellsEverySettingOfEveryCheck() {
    JsonNode kinds = user.get("/waste/kinds").ok();
    assertThat(kinds).hasSizeGreaterThanOrEqualTo(12);
    assertThat(kinds.findValuesAsText("kind"))
        .contains("idle_instance", "gp2_volume", "bucket_without_lifecycle");
    // What a check finds is advice where nothing can be planned.
    for (JsonNode kind : kinds) assertThat(kind.path("actions").isArray()).isTrue();
    assertThat(kinds.findValues("actions")).anyMatch(actions -> !actions.isEmpty());
  }

  @Test
  void saysThatTemporalIsDown() {
    ApiClient.Answer health = platform.as("admin").get("/admin/health");
    assertThat(health.status()).isEqualTo(200);
    assertThat(health.json().at("/components/temporal/status").asText()).isEqualTo("degraded");
    assertThat(health.json().path("durable").asBoolean()).isTrue();
    assertThat(
            platform
                .as("admin")
                .get("/admin/health/store")
                .ok()
                .at("/components/store/status")
                .asText())
        .isEqualTo("up");
    assertThat(platform.as("admin").get("/admin/health/soul").status()).isEqualTo(404);
  }
}
