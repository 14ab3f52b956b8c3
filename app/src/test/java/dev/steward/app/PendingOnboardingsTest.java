package dev.steward.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.model.Json;
import dev.steward.model.Onboarding;
import dev.steward.model.OnboardingBuilder;
import dev.steward.storage.ClockLog;
import dev.steward.storage.Retention;
import dev.steward.storage.Retention.Limit;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.testing.ApiClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Accounts that somebody has begun to connect, before anything is proven. */
final class PendingOnboardingsTest {
  private static final Map<String, String> KEYS =
      Map.of(
          "access_key",
          "AKIAIOSFODNN7EXAMPLE",
          "secret_key",
          "not a secret that anybody has.....",
          "region",
          "eu-central-1");

  private final WithoutTemporal platform = new WithoutTemporal();
  private final Store store = platform.platform.store();
  private final ApiClient user = platform.as("test");

  @AfterEach
  void stop() {
    platform.close();
  }

  private String begun(String name) {
    return user.post("/onboarding/create", Map.of("account_name", name)).ok().path("id").asText();
  }

  private String byKeys() {
    return user.send(
            "POST",
            "/onboarding/connect/credentials",
            Json.text(KEYS),
            Map.of("Content-Type", "application/json", "Prefer", "wait=0"))
        .ok()
        .path("id")
        .asText();
  }

  @Test
  void areListedWithTheirAge() {
    platform.account(platform.organization("test"), "222233334444", 1);
    String first = begun("first");
    String second = begun("second");
    age(first, Duration.ofDays(3));
    JsonNode items = user.get("/onboarding?status=created").ok().path("items");
    assertThat(items.findValuesAsText("id")).containsExactly(second, first);
    assertThat(items.get(1).path("account_name").asText()).isEqualTo("first");
    assertThat(items.get(1).path("age_days").asInt()).isEqualTo(3);
    Instant expires = Instant.parse(items.get(1).path("expires_at").asText());
    assertThat(Duration.between(Instant.now(), expires).toHours()).isBetween(94L, 96L);
    JsonNode page = user.get("/onboarding?limit=1").ok();
    assertThat(user.get("/onboarding?after=" + page.path("next").asText()).ok().path("items"))
        .hasSize(2);
    assertThat(user.get("/onboarding?status=connected").ok().at("/items/0/expires_at").isNull())
        .isTrue();
    assertThat(user.get("/onboarding?status=nosuch").status()).isEqualTo(422);
    assertThat(platform.stranger().get("/onboarding").ok().path("items")).isEmpty();
  }

  @Test
  void areAmongTheAccountsAsPending() {
    String id = begun("shop");
    String keys = byKeys();
    JsonNode accounts = user.get("/client/accounts").ok();
    assertThat(accounts.findValuesAsText("id")).containsExactlyInAnyOrder(id, keys);
    for (JsonNode account : accounts) {
      assertThat(account.path("status").asText()).isEqualTo("pending");
      assertThat(account.path("account_id").isNull()).isTrue();
      assertThat(account.path("connected_at").isNull()).isTrue();
      // What nobody has counted is not nothing.
      assertThat(account.at("/unpriced/monthly_cost").isNull()).isTrue();
      assertThat(account.path("connection_method").asText())
          .isEqualTo(account.path("id").asText().equals(id) ? "role" : "access_keys");
    }
    JsonNode detail = user.get("/client/accounts/" + id).ok();
    assertThat(detail.at("/account/account_name").asText()).isEqualTo("shop");
    assertThat(detail.path("onboarding").asText()).isEqualTo(id);
    JsonNode dashboard = user.get("/client/dashboard").ok();
    assertThat(dashboard.path("status").asText()).isEqualTo("setup_required");
    assertThat(dashboard.at("/accounts_by_status/pending").asInt()).isEqualTo(2);
    // They are nobody's account yet.
    assertThat(user.get("/client/summary").ok().path("accounts").asInt()).isZero();
    assertThat(user.delete("/client/accounts/" + id).status()).isEqualTo(404);
    assertThat(platform.stranger().get("/client/accounts/" + id).status()).isEqualTo(404);
  }

  @Test
  void haveADiscoveryThatIsNotStarted() {
    JsonNode discovery = user.get("/onboarding/" + begun("x") + "/discovery").ok();
    assertThat(discovery.path("status").asText()).isEqualTo("not_started");
    assertThat(discovery.path("account").isNull()).isTrue();
    assertThat(discovery.path("started_at").isNull()).isTrue();
  }

  @Test
  void areWithdrawnWithTheKeysTheyHold() {
    String id = begun("x");
    String keys = byKeys();
    ApiClient stranger = platform.stranger();
    int secrets = store.state().rows(Tables.SECRETS).size();
    for (String one : List.of(id, keys)) {
      assertThat(stranger.delete("/onboarding/" + one).status()).isEqualTo(404);
      assertThat(user.delete("/onboarding/" + one).status()).isEqualTo(204);
      assertThat(user.get("/onboarding/" + one).status()).isEqualTo(404);
      assertThat(user.delete("/onboarding/" + one).status()).isEqualTo(404);
    }
    assertThat(store.state().rows(Tables.SECRETS).size()).isEqualTo(secrets - 1);
    assertThat(user.get("/client/accounts").ok()).isEmpty();
    assertThat(store.state().rows(Tables.EVENTS).stream().map(e -> e.type()))
        .contains("onboarding.withdrawn");
  }

  @Test
  void whatHasConnectedAnAccountIsNotWithdrawn() {
    String onboarding =
        platform.account(platform.organization("test"), "222233334444", 1).onboarding().value();
    assertThat(user.delete("/onboarding/" + onboarding).status()).isEqualTo(409);
    user.delete("/client/accounts/222233334444").ok();
    assertThat(user.delete("/onboarding/" + onboarding).status()).isEqualTo(409);
    assertThat(user.get("/onboarding/" + onboarding).ok().path("status").asText())
        .isEqualTo("disconnected");
    assertThat(user.get("/client/accounts").ok()).isEmpty();
  }

  @Test
  void areForgottenAfterAWeekUnlessTheyAreTriedAgain() {
    String connected =
        platform.account(platform.organization("test"), "222233334444", 1).onboarding().value();
    String old = begun("old");
    String tried = begun("tried");
    String young = begun("young");
    String verifying = byKeys();
    for (String one : List.of(connected, old, tried, verifying)) age(one, Duration.ofDays(8));
    age(young, Duration.ofDays(6));
    store.write(t -> {
      Onboarding o = t.find(Tables.ONBOARDINGS, tried).orElseThrow();
      return t.put(
          Tables.ONBOARDINGS,
          o.failed(Onboarding.Failure.NOT_PROVEN, "no role", List.of(), List.of(), Instant.now()));
    });
    // The platform has run for eight days, as far as its log of the clock knows.
    Instant now = Instant.now();
    AtomicLong nanos = new AtomicLong();
    ClockLog clock =
        new ClockLog(store, () -> now.minus(Duration.ofDays(7)).plusNanos(nanos.get()), nanos::get);
    store.write(t -> t.remove(Tables.CLOCK, t.rows(Tables.CLOCK).last().orElseThrow().key()));
    for (int hours = 0; hours < 7 * 24 + 6; hours += 6) {
      clock.note();
      nanos.addAndGet(Duration.ofHours(6).toNanos());
    }
    new Retention(
            store,
            clock,
            (table, keep) ->
                new Limit(Duration.ofDays(table == Tables.ONBOARDINGS ? 7 : 90), 1_000_000))
        .sweep();
    assertThat(user.get("/onboarding").ok().path("items").findValuesAsText("id"))
        .containsExactlyInAnyOrder(connected, tried, young, verifying);
  }

  private void age(String id, Duration age) {
    store.write(t -> {
      Onboarding o = t.find(Tables.ONBOARDINGS, id).orElseThrow();
      return t.put(
          Tables.ONBOARDINGS,
          OnboardingBuilder.builder(o)
              .createdAt(InstantSource.system().instant().minus(age))
              .build());
    });
  }
}
