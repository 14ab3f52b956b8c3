package dev.steward.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.model.Delivery;
import dev.steward.model.DeliveryId;
import dev.steward.model.Forgotten;
import dev.steward.model.Ids;
import dev.steward.model.NotificationTarget.Topic;
import dev.steward.model.TargetId;
import dev.steward.storage.ClockLog;
import dev.steward.storage.Keep;
import dev.steward.storage.Retention;
import dev.steward.storage.Retention.Limit;
import dev.steward.storage.Store;
import dev.steward.storage.Table;
import dev.steward.storage.Tables;
import dev.steward.testing.ApiClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What callers notice of what is forgotten, and operators set. */
final class ForgettingTest {
  private final WithoutTemporal platform =
      new WithoutTemporal(Map.of("keep.idempotency-keys", "3", "notify.allow-private", "true"));
  private final Store store = platform.platform.store();

  @AfterEach
  void stop() {
    platform.close();
  }

  private static ApiClient.Answer once(ApiClient user, String key) {
    return user.send(
        "POST",
        "/onboarding/create",
        "{\"name\":\"x\",\"environment\":\"test\"}",
        Map.of("Content-Type", "application/json", "Idempotency-Key", key));
  }

  @Test
  void aKeyIsNeverForgottenForALaterOne() {
    ApiClient user = platform.as("test");
    JsonNode first = once(user, "k1").ok();
    once(user, "k2").ok();
    once(user, "k3").ok();
    int onboardings = store.state().rows(Tables.ONBOARDINGS).size();
    assertThat(once(user, "k4").status()).isEqualTo(429);
    assertThat(store.state().rows(Tables.ONBOARDINGS).size()).isEqualTo(onboardings);
    assertThat(once(user, "k1").ok()).isEqualTo(first);
    // One user's keys are no other's.
    assertThat(once(platform.as("client"), "k4").status()).isEqualTo(201);
  }

  @Test
  void aCursorToWhatWasForgottenSaysSo() {
    ApiClient user = platform.as("test");
    String target = target(user);
    Instant now = Instant.now();
    for (int i = 0; i < 6; i++) delivery(target, Delivery.Status.SENT, now.minusSeconds(i));
    String path = "/governance/notifications/deliveries?limit=";
    String second = "&after=" + user.get(path + 2).ok().path("next").asText();
    String fourth = "&after=" + user.get(path + 4).ok().path("next").asText();
    assertThat(user.get(path + 2 + fourth).ok().path("items")).hasSize(2);
    forgetAllDeliveriesBut(3);
    ApiClient.Answer refused = user.get(path + 2 + fourth);
    assertThat(refused.status()).isEqualTo(410);
    assertThat(refused.json().path("type").asText()).isEqualTo("urn:steward:problem:forgotten");
    // A cursor to what is there is good, and so is beginning again.
    assertThat(user.get(path + 2 + second).ok().path("items")).hasSize(1);
    assertThat(user.get(path + 9).ok().path("items")).hasSize(3);
    assertThat(user.get(path + "2&after=AAAA").status()).isEqualTo(422);
    assertThat(
            platform
                .anybody
                .get("/openapi.json")
                .ok()
                .at("/paths/~1governance~1notifications~1deliveries/get/responses")
                .has("410"))
        .isTrue();
    assertThat(platform.admin().get("/metrics").text())
        .contains("steward_forgotten_rows_total{table=\"deliveries\"} 3");
  }

  @Test
  void aCursorToARowThatOnlyChangedGoesOn() {
    ApiClient user = platform.as("test");
    String target = target(user);
    Instant old = Instant.now().minus(Duration.ofDays(1));
    for (int i = 0; i < 3; i++) delivery(target, Delivery.Status.WAITING, old.minusSeconds(i));
    store.write(t -> {
      String owner = platform.organization("test").value();
      Instant newest =
          t.find(Tables.FORGOTTEN, Forgotten.key("deliveries", owner))
              .map(Forgotten::newest)
              .orElse(old);
      return t.put(Tables.FORGOTTEN, new Forgotten("deliveries", owner, 0, newest).and(0, old));
    });
    String path = "/governance/notifications/deliveries?status=waiting&limit=1";
    JsonNode first = user.get(path).ok();
    String id = first.at("/items/0/id").asText();
    String after = path + "&after=" + first.path("next").asText();
    store.write(t -> {
      Delivery waiting = t.find(Tables.DELIVERIES, id).orElseThrow();
      return t.put(
          Tables.DELIVERIES,
          delivery(waiting.id(), target, Delivery.Status.SENT, waiting.createdAt()));
    });
    assertThat(user.get(after).ok().path("items")).hasSize(1);
    store.<Boolean>write(t -> t.remove(Tables.DELIVERIES, id));
    assertThat(user.get(after).status()).isEqualTo(410);
  }

  private static String target(ApiClient user) {
    return user.post(
            "/governance/notifications",
            Map.of("channel", "webhook", "address", "http://127.0.0.1:1/hook"))
        .ok()
        .path("id")
        .asText();
  }

  private void delivery(String target, Delivery.Status status, Instant at) {
    Delivery made = delivery(DeliveryId.from(Ids.random()), target, status, at);
    store.write(t -> t.put(Tables.DELIVERIES, made));
  }

  private Delivery delivery(DeliveryId id, String target, Delivery.Status status, Instant at) {
    return new Delivery(
        id,
        platform.organization("test"),
        new TargetId(target),
        Topic.REQUEST,
        "apr_1",
        "title",
        "text",
        status,
        1,
        null,
        at,
        at,
        0);
  }

  private void forgetAllDeliveriesBut(int most) {
    Limit wide = new Limit(Duration.ofDays(90), 1_000_000);
    new Retention(
            store,
            new ClockLog(store, InstantSource.system(), System::nanoTime),
            (table, keep) ->
                table == Tables.DELIVERIES ? new Limit(Duration.ofDays(90), most) : wide)
        .sweep();
  }

  @Test
  void thePlatformItselfForgets() {
    assertThat(store.await(s -> s.rows(Tables.CLOCK).last(), Duration.ofMinutes(2))).isPresent();
  }

  @Test
  void aLogOfTheLocalServerIsPutAsideWhenItIsLarge() throws IOException {
    Path folder = platform.folder();
    Path log = folder.resolve("server.log");
    Files.writeString(log, "small");
    assertThat(LocalTemporal.log(folder)).isEqualTo(log).exists();
    Files.write(log, new byte[21 << 20]);
    assertThat(LocalTemporal.log(folder)).doesNotExist();
    assertThat(folder.resolve("server.log.1")).hasSize(21 << 20);
  }

  @Test
  void aPassThatRanOutDoesNotComeBackWithTheWallClock() {
    Instant[] wall = {Instant.parse("2026-03-01T00:00:00Z")};
    long[] nanos = {Long.MAX_VALUE - 5};
    InstantSource counted = new CountedClock(() -> wall[0], () -> nanos[0]);
    AdminToken token = AdminToken.renewed(platform.folder());
    String pass = token.pass(counted.instant().plus(Duration.ofHours(12)));
    assertThat(token.isPass(pass, counted.instant())).isTrue();
    nanos[0] += Duration.ofHours(13).toNanos();
    wall[0] = wall[0].minus(Duration.ofDays(1));
    assertThat(token.isPass(pass, counted.instant())).isFalse();
  }

  @Test
  void limitsThatMakeNoSenseAreToldAtOnce() {
    assertThatThrownBy(() ->
            Settings.load(
                Path.of("none"),
                Map.of(),
                Map.of(
                    "keep.idempotency-hours",
                    "0",
                    "keep.event-days",
                    "4000",
                    "keep.deliveries",
                    "many",
                    "keep.cost-days",
                    "-1")))
        .isInstanceOfSatisfying(
            Settings.InvalidException.class, e -> assertThat(e.errors()).hasSize(4));
  }

  @Test
  void theDocumentationSaysOfEveryTableWhatBoundsIt() throws IOException {
    String page = Files.readString(Path.of("../docs/operations.md"));
    String bounds = page.substring(page.indexOf("## What bounds the store"));
    Map<String, List<String>> tables = new LinkedHashMap<>();
    for (Table<?> table : Tables.ALL)
      tables
          .computeIfAbsent(table.bounds(), words -> new ArrayList<>())
          .add("`" + table.name() + "`");
    List<String> lines = new ArrayList<>(List.of("| tables | what bounds them |", "| --- | --- |"));
    tables.forEach(
        (words, names) -> lines.add("| " + String.join(", ", names) + " | " + words + " |"));
    assertThat(bounds.lines().filter(l -> l.startsWith("|")).limit(lines.size()))
        .containsExactlyElementsOf(lines);
  }

  @Test
  void everyLimitOfATableIsASetting() {
    assertThat(
            Tables.ALL.stream()
                .map(Table::keep)
                .filter(Keep.Forgotten.class::isInstance)
                .map(Keep.Forgotten.class::cast)
                .flatMap(keep -> Stream.of(keep.age(), keep.most()))
                .filter(Objects::nonNull))
        .containsExactlyInAnyOrderElementsOf(
            Setting.ALL.stream()
                .map(Setting::key)
                .filter(key -> key.startsWith("keep.") && !key.equals("keep.idempotency-keys"))
                .toList());
  }
}
