package dev.steward.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.model.Account;
import dev.steward.model.CostDay;
import dev.steward.model.Coverage;
import dev.steward.model.DiscoveryId;
import dev.steward.model.Fact;
import dev.steward.model.Finding;
import dev.steward.model.FindingId;
import dev.steward.model.Json;
import dev.steward.model.Listing;
import dev.steward.model.Money;
import dev.steward.model.Scan;
import dev.steward.model.ScanId;
import dev.steward.storage.Tables;
import dev.steward.testing.ApiClient;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What has no price is shown without one, and every sum says how many it leaves out. */
final class UnpricedTest {
  private static final int PRICED = 20;
  private final WithoutTemporal platform = new WithoutTemporal();
  private final ApiClient user = platform.as("test");
  private final Account account =
      platform.account(platform.organization("test"), "222233334444", PRICED);

  @AfterEach
  void stop() {
    platform.close();
  }

  private Finding finding(String check, String id) {
    return new Finding(
        new FindingId(id),
        account.organization(),
        account.id(),
        new ScanId("scn_test00"),
        check,
        "ec2_instance",
        "us-east-1",
        "i-" + id,
        null,
        Finding.State.OPEN,
        null,
        Finding.Confidence.HIGH,
        Map.of("instance_type", Fact.of("c5n.large")),
        "2026-11",
        1,
        Instant.now(),
        Instant.now(),
        null,
        null,
        null,
        null);
  }

  private Listing line(String kind, int resources, Money cost, @Nullable Integer unpriced) {
    return new Listing(
        account.id(),
        new DiscoveryId("dsc_test00"),
        "us-east-1",
        kind,
        Coverage.ANSWERED,
        1,
        resources,
        cost,
        null,
        null,
        Instant.now(),
        unpriced);
  }

  private void put(Listing... lines) {
    platform
        .platform
        .store()
        .write(t -> {
          for (int i = 0; i < 3; i++)
            t.put(Tables.FINDINGS, finding("idle_instance", "fnd_unpriced" + i));
          t.put(Tables.FINDINGS, finding("unattached_volume", "fnd_unpriced9"));
          for (Listing line : lines) t.put(Tables.LISTINGS, line);
          return t.put(
              Tables.COST_DAYS,
              new CostDay(
                  account.id(),
                  account.organization(),
                  LocalDate.of(2026, 11, 1),
                  Money.usd(10),
                  Map.of(),
                  Map.of(),
                  5));
        });
  }

  @Test
  void isCountedBesideEverySum() {
    put(line("ec2_instance", 4, Money.ZERO, 4), line("elastic_ip", 2, Money.usd(3.65), 1));
    JsonNode dashboard = user.get("/client/dashboard").ok();
    assertThat(dashboard.at("/open_findings").asInt()).isEqualTo(PRICED + 4);
    assertThat(dashboard.at("/unpriced/potential_saving").asInt()).isEqualTo(4);
    assertThat(dashboard.at("/unpriced/monthly_cost").asInt()).isEqualTo(5);
    assertThat(dashboard.at("/monthly_cost").asDouble()).isEqualTo(13.65);
    assertThat(dashboard.at("/waste_by_check").has("idle_instance")).isFalse();
    assertThat(dashboard.at("/waste_by_check/unattached_volume").asDouble()).isPositive();
    assertThat(dashboard.at("/unpriced_by_check/idle_instance").asInt()).isEqualTo(3);
    assertThat(dashboard.at("/unpriced_by_check/unattached_volume").asInt()).isEqualTo(1);
    for (JsonNode sums :
        List.of(
            user.get("/client/summary").ok(),
            user.get("/client/accounts").ok().get(0),
            user.get("/client/accounts/222233334444").ok().path("account"))) {
      assertThat(sums.at("/unpriced/potential_saving").asInt()).isEqualTo(4);
      assertThat(sums.at("/unpriced/monthly_cost").asInt()).isEqualTo(5);
    }
    JsonNode costs = user.get("/client/costs").ok();
    assertThat(costs.at("/by_service").has("ec2_instance")).isFalse();
    assertThat(costs.at("/unpriced/by_service/ec2_instance").asInt()).isEqualTo(4);
    assertThat(costs.at("/unpriced/by_region/us-east-1").asInt()).isEqualTo(5);
    assertThat(costs.at("/unpriced/by_account/222233334444").asInt()).isEqualTo(5);
    assertThat(costs.at("/daily/0/unpriced").asInt()).isEqualTo(5);
    assertThat(user.get("/client/costs/export").text().lines().toList())
        .contains(
            "dimension,name,usd_month,unpriced_resources,basis",
            "day,2026-11-01,10.0000,5,list_price_estimate",
            // Not known, which is not 0.
            "service,ec2_instance,,4,list_price_estimate",
            "service,elastic_ip,3.6500,1,list_price_estimate",
            "service,ebs_volume,10.0000,0,list_price_estimate");
  }

  @Test
  void comesLastHoweverFindingsAreSortedAndOnceInTheirPages() {
    put();
    for (String sort : List.of("-saving", "saving")) {
      List<String> seen = new ArrayList<>();
      List<String> savings = new ArrayList<>();
      String after = "";
      do {
        JsonNode page = user.get("/waste/findings?limit=3&sort=" + sort + after).ok();
        page.path("items").forEach(f -> seen.add(f.path("id").asText()));
        page.path("items").forEach(f -> savings.add(f.path("saving").toString()));
        after = page.path("next").isNull() ? "" : "&after=" + page.path("next").asText();
      } while (!after.isEmpty());
      assertThat(seen).as(sort).doesNotHaveDuplicates().hasSize(PRICED + 4);
      assertThat(savings.subList(PRICED, PRICED + 4)).as(sort).containsOnly("null");
      assertThat(savings.subList(0, PRICED)).as(sort).doesNotContain("null");
    }
    // It is not known to save nothing, either.
    assertThat(user.get("/waste/findings?min_saving=0&limit=100").ok().path("items"))
        .hasSize(PRICED);
    JsonNode one = user.get("/waste/findings/fnd_unpriced0").ok();
    assertThat(one.path("saving").isNull()).isTrue();
    assertThat(one.at("/evidence/instance_type").asText()).isEqualTo("c5n.large");
  }

  @Test
  void isNotCountedAsNoneInRowsFromBeforeItWasCounted() {
    put(line("ec2_instance", 4, Money.usd(7), null));
    assertThat(user.get("/client/summary").ok().at("/unpriced/monthly_cost").isNull()).isTrue();
    assertThat(user.get("/client/costs").ok().path("unpriced").isNull()).isTrue();
    assertThat(user.get("/client/costs/export").text().lines())
        .contains("service,ec2_instance,7.0000,,list_price_estimate");
  }

  @Test
  void readsRowsThatWereWrittenBefore() {
    assertThat(
            old(finding("idle_instance", "fnd_unpriced7"), Finding.class, "saving", "12.5")
                .saving())
        .isEqualTo(Money.usd(12.5));
    assertThat(old(line("ec2_instance", 1, Money.usd(7), 3), Listing.class, "", "").unpriced())
        .isNull();
    Scan scan =
        Json.read(
            """
            {"id":"scn_test00","organization":"%s","account":"%s","status":"COMPLETED",
             "progress":100,"metrics":[],"saving":1.5,"started_at":"2026-11-01T00:00:00Z","checks":
             [{"check":"x","waste":1,"fine":0,"unknown":0,"unknown_reasons":[],"saving":1.5}]}
            """
                .formatted(account.organization().value(), account.id().value())
                .getBytes(StandardCharsets.UTF_8),
            Scan.class);
    assertThat(scan.saving()).isEqualTo(Money.usd(1.5));
    assertThat(scan.unpriced()).isZero();
    assertThat(scan.checks().getFirst().unpriced()).isZero();
  }

  /** As the row was before: without the new field, and with a saving. */
  private static <T> T old(T row, Class<T> type, String field, String value) {
    var tree = (com.fasterxml.jackson.databind.node.ObjectNode) Json.MAPPER.valueToTree(row);
    tree.remove("unpriced");
    if (!field.isEmpty()) tree.put(field, new java.math.BigDecimal(value));
    return Json.read(Json.bytes(tree), type);
  }
}
