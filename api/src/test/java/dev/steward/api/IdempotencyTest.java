package dev.steward.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.model.Ids;
import dev.steward.model.OrganizationId;
import dev.steward.model.Problem;
import dev.steward.model.Role;
import dev.steward.storage.ClockLog;
import dev.steward.storage.Retention;
import dev.steward.storage.Tables;
import dev.steward.testing.ApiClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent twice with the same Idempotency-Key is done once. */
final class IdempotencyTest {
  record Wish(String name) {}

  record Made(int number, String name) {}

  @TempDir private static Path folder;
  private final OrganizationId organization = OrganizationId.from(Ids.random());
  private static final AtomicInteger MADE = new AtomicInteger();
  private static volatile Runnable reading = () -> {};

  @SuppressWarnings("NullAway.Init")
  private static Served served;

  @SuppressWarnings("NullAway.Init")
  private ApiClient ann;

  @BeforeAll
  static void start() {
    served =
        new Served(
            folder,
            List.of(
                make("POST", "/things"),
                make("PUT", "/things"),
                make("POST", "/others"),
                make("POST", "/of/{whom}/things")));
  }

  private static Operation<?, ?> make(String method, String path) {
    return Operation.client(method, path, "test", "Make a thing")
        .takes(Wish.class)
        .gives(Made.class)
        .makes(path + "/{id}", made -> "thing" + made.number())
        .keeping(made -> new Made(made.number(), made.name().replace("secret", "")))
        .once(
            call -> {
              reading.run();
              return call.body();
            },
            (call, t, wish) -> {
              if (wish.name().equals("impossible"))
                throw Problem.of(Problem.Type.CONFLICT, "not while it rains");
              return new Made(MADE.incrementAndGet(), wish.name());
            });
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  @BeforeEach
  void begin() {
    MADE.set(0);
    reading = () -> {};
    ann = served.as(served.user(organization, Role.CLIENT));
  }

  private static ApiClient.Answer send(
      ApiClient as, String method, String path, String key, String name) {
    return as.send(
        method,
        path,
        "{\"name\":\"" + name + "\"}",
        Map.of("Content-Type", "application/json", "Idempotency-Key", key));
  }

  private ApiClient.Answer send(String key, String name) {
    return send(ann, "POST", "/things", key, name);
  }

  private static boolean replayed(ApiClient.Answer answer) {
    return answer.headers().firstValue("Idempotent-Replayed").isPresent();
  }

  @Test
  void theSameKeyWithTheSameBodyIsAnsweredAsBefore() {
    ApiClient.Answer first = send("k", "a");
    ApiClient.Answer second = send("k", "a");
    assertThat(first.status()).isEqualTo(201);
    assertThat(second.status()).isEqualTo(201);
    assertThat(second.text()).isEqualTo(first.text()).isEqualTo("{\"number\":1,\"name\":\"a\"}");
    assertThat(second.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(replayed(first)).isFalse();
    assertThat(replayed(second)).isTrue();
    assertThat(MADE).hasValue(1);
  }

  @Test
  void theSameKeyWithAnotherBodyIsAConflictAndDoesNothing() {
    ApiClient.Answer first = send("k", "a");
    ApiClient.Answer other = send("k", "b");
    assertThat(other.status()).isEqualTo(409);
    assertThat(other.json().path("detail").asText()).contains("Idempotency-Key");
    assertThat(MADE).hasValue(1);
    assertThat(send("k", "a").text()).isEqualTo(first.text());
  }

  @Test
  void whereItIsFoundIsToldAgain() {
    assertThat(send("k", "a").headers().firstValue("Location")).contains("/things/thing1");
    assertThat(send("k", "a").headers().firstValue("Location")).contains("/things/thing1");
  }

  @Test
  void aSecretInAnAnswerIsToldOnceAndNotKept() {
    assertThat(send("k", "my secret").text()).contains("my secret");
    assertThat(send("k", "my secret").text()).doesNotContain("secret");
    assertThat(served.store.state().rows(Tables.IDEMPOTENT).stream())
        .noneMatch(kept -> kept.body().contains("secret"));
  }

  @Test
  void theSameOperationByAnotherPathIsTheSame() {
    assertThat(send(ann, "POST", "/of/ann/things", "k", "a").status()).isEqualTo(201);
    assertThat(replayed(send(ann, "POST", "/api/v1/of/ann/things", "k", "a"))).isTrue();
    assertThat(replayed(send(ann, "POST", "/of/%61nn/things", "k", "a"))).isTrue();
    assertThat(replayed(send(ann, "POST", "/of/bob/things", "k", "a"))).isFalse();
    assertThat(MADE).hasValue(2);
  }

  @Test
  void withoutAKeyItIsDoneEachTime() {
    for (int i = 1; i <= 2; i++)
      assertThat(ann.post("/things", Map.of("name", "a")).json().path("number").asInt())
          .isEqualTo(i);
    assertThat(served.store.state().rows(Tables.IDEMPOTENT).stream())
        .noneMatch(kept -> kept.owner().startsWith(organization + "/"));
  }

  @Test
  void aKeyIsOneUsersForOneOperation() {
    ApiClient colleague = served.as(served.user(organization, Role.CLIENT));
    ApiClient stranger = served.as(served.user(Role.CLIENT));
    assertThat(
            List.of(
                send(ann, "POST", "/things", "k", "a"),
                send(colleague, "POST", "/things", "k", "b"),
                send(stranger, "POST", "/things", "k", "c"),
                send(ann, "PUT", "/things", "k", "d"),
                send(ann, "POST", "/others", "k", "e")))
        .extracting(answer -> answer.json().path("name").asText())
        .containsExactly("a", "b", "c", "d", "e");
    assertThat(replayed(send(stranger, "POST", "/things", "k", "c"))).isTrue();
  }

  /** Both have found that nothing was done yet before either does it. */
  @Test
  void ofTwoAtOnceOneIsDoneAndBothAreAnsweredThat() throws Exception {
    CyclicBarrier both = new CyclicBarrier(2);
    reading = () -> meet(both);
    CompletableFuture<ApiClient.Answer> one = CompletableFuture.supplyAsync(() -> send("k", "a"));
    ApiClient.Answer two = send("k", "a");
    assertThat(one.get(2, TimeUnit.MINUTES).text()).isEqualTo(two.text());
    assertThat(MADE).hasValue(1);
    assertThat(List.of(replayed(one.get()), replayed(two))).containsExactlyInAnyOrder(true, false);
  }

  @Test
  void ofTwoBodiesAtOnceOneIsDoneAndTheOtherRefused() throws Exception {
    CyclicBarrier both = new CyclicBarrier(2);
    reading = () -> meet(both);
    CompletableFuture<ApiClient.Answer> one = CompletableFuture.supplyAsync(() -> send("k", "a"));
    ApiClient.Answer two = send("k", "b");
    assertThat(List.of(one.get(2, TimeUnit.MINUTES).status(), two.status()))
        .containsExactlyInAnyOrder(201, 409);
    assertThat(MADE).hasValue(1);
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await(2, TimeUnit.MINUTES);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whatWasRefusedKeepsNoKey() {
    assertThat(send("k", "impossible").status()).isEqualTo(409);
    assertThat(send("k", "a").status()).isEqualTo(201);
    assertThat(MADE).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 201})
  void aKeyHasOneToTwoHundredCharacters(int length) {
    ApiClient.Answer answer = send("k".repeat(length), "a");
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().at("/violations/0/field").asText()).isEqualTo("Idempotency-Key");
    assertThat(MADE).hasValue(0);
    assertThat(send("k".repeat(200), "a").status()).isEqualTo(201);
  }

  @Test
  void whoHasTooManyKeysIsRefusedAndKeepsThoseThatWere() {
    for (int i = 0; i < Served.KEYS; i++) assertThat(send("k" + i, "a").status()).isEqualTo(201);
    assertThat(send("more", "a").status()).isEqualTo(429);
    assertThat(MADE).hasValue(Served.KEYS);
    assertThat(replayed(send("k0", "a"))).isTrue();
    assertThat(send(served.as(served.user(Role.CLIENT)), "POST", "/things", "more", "a").status())
        .isEqualTo(201);
  }

  @Test
  void whatIsSettledWaitsForNoWrite() throws Exception {
    for (int i = 0; i < Served.KEYS; i++) send("k" + i, "a");
    CountDownLatch asked = new CountDownLatch(1);
    Thread writing = Thread.startVirtualThread(() -> served.store.paused(() -> patiently(asked)));
    try {
      CompletableFuture<Integer> refused =
          CompletableFuture.supplyAsync(() -> send("more", "a").status());
      CompletableFuture<Boolean> repeated =
          CompletableFuture.supplyAsync(() -> replayed(send("k0", "a")));
      assertThat(refused.get(2, TimeUnit.MINUTES)).isEqualTo(429);
      assertThat(repeated.get(2, TimeUnit.MINUTES)).isTrue();
    } finally {
      asked.countDown();
      writing.join();
    }
  }

  private static void patiently(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aKeyThatIsForgottenIsNewAgain() {
    AtomicLong hours = new AtomicLong();
    Instant begin = Instant.now();
    ClockLog clock =
        new ClockLog(
            served.store,
            () -> begin.plus(Duration.ofHours(hours.get())),
            () -> Duration.ofHours(hours.get()).toNanos());
    Retention retention =
        new Retention(
            served.store,
            clock,
            (table, keep) -> new Retention.Limit(Duration.ofDays(1), Integer.MAX_VALUE));
    clock.note();
    send("k", "a");
    pass(23, hours, clock, retention);
    assertThat(send("k", "b").status()).isEqualTo(409);
    pass(8, hours, clock, retention);
    assertThat(send("k", "b").json().path("number").asInt()).isEqualTo(2);
  }

  private static void pass(int time, AtomicLong hours, ClockLog clock, Retention retention) {
    for (int i = 0; i < time; i++) {
      hours.incrementAndGet();
      clock.note();
    }
    retention.sweep();
  }
}
