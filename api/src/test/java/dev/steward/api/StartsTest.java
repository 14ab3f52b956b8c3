package dev.steward.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.model.DataSetId;
import dev.steward.model.Ids;
import dev.steward.model.OrganizationId;
import dev.steward.model.Prediction;
import dev.steward.model.PredictionId;
import dev.steward.model.Problem;
import dev.steward.model.Role;
import dev.steward.model.RunStatus;
import dev.steward.model.job.Jobs;
import dev.steward.storage.Tables;
import dev.steward.testing.ApiClient;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a row starts is accepted, found, waited for and done once. */
final class StartsTest {
  record Made(String id, RunStatus status) {}

  @TempDir private static Path folder;
  private static final Ids IDS = Ids.random();

  @SuppressWarnings("NullAway.Init")
  private static Served served;

  @SuppressWarnings("NullAway.Init")
  private static ApiClient ann;

  private static final Starts<Prediction> WORK =
      Starts.of(
              Jobs.PREDICTION,
              Tables.PREDICTIONS,
              "/works/{id}",
              (begun, now) -> now.status().isOver())
          .refusing(done -> {
            if (done.status() == RunStatus.FAILED)
              throw Problem.of(Problem.Type.CONFLICT, "it found something wrong");
          });

  @BeforeAll
  static void start() {
    served =
        new Served(
            folder,
            List.of(
                Operation.client("POST", "/works", "test", "Work")
                    .gives(Made.class)
                    .starts(
                        WORK,
                        (call, t) ->
                            t.put(
                                Tables.PREDICTIONS,
                                work(
                                    PredictionId.from(IDS), call.organization(), RunStatus.QUEUED)),
                        (own, work) -> new Made(work.id().value(), work.status()))));
  }

  @BeforeEach
  void begin() {
    ann = served.as(served.user(Role.CLIENT));
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  private static Prediction work(PredictionId id, OrganizationId whose, RunStatus status) {
    return new Prediction(
        id,
        whose,
        DataSetId.from(IDS),
        7,
        status,
        0,
        1,
        Map.of(),
        null,
        null,
        "ann",
        Instant.now(),
        null);
  }

  private static ApiClient.Answer begin(String key, String prefer) {
    return ann.send(
        "POST",
        "/works",
        null,
        prefer.isEmpty()
            ? Map.of("Idempotency-Key", key)
            : Map.of("Idempotency-Key", key, "Prefer", prefer));
  }

  private static void end(String id, RunStatus status) {
    served.store.write(t -> {
      Prediction begun = t.find(Tables.PREDICTIONS, id).orElseThrow();
      return t.put(Tables.PREDICTIONS, work(begun.id(), begun.organization(), status));
    });
  }

  private static String id(ApiClient.Answer answer) {
    return answer.json().path("id").asText();
  }

  @Test
  void nobodyWaitsForWhatWasTakenAway() {
    CompletableFuture<ApiClient.Answer> waiting =
        CompletableFuture.supplyAsync(() -> begin("gone", "wait=60"));
    String id =
        served
            .store
            .await(
                state ->
                    state.rows(Tables.PREDICTIONS).stream()
                        .filter(p -> p.status() == RunStatus.QUEUED)
                        .map(p -> p.id().value())
                        .reduce((first, last) -> last),
                java.time.Duration.ofMinutes(1))
            .orElseThrow();
    long began = System.nanoTime();
    served.store.write(t -> t.remove(Tables.PREDICTIONS, id));
    assertThat(waiting.join().status()).isEqualTo(202);
    // Who asks again with the key does not wait either.
    assertThat(begin("gone", "wait=60").status()).isEqualTo(202);
    assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began)).isLessThan(55);
  }

  @Test
  void isAcceptedAtOnceAndSaysWhereItIsFound() {
    ApiClient.Answer answer = begin("a", "");
    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.json().path("status").asText()).isEqualTo("queued");
    assertThat(answer.headers().firstValue("Location")).contains("/works/" + id(answer));
  }

  @Test
  void whoAsksAgainWithTheKeyHearsOfTheSameWork() {
    ApiClient.Answer first = begin("b", "");
    ApiClient.Answer again = begin("b", "");
    assertThat(again.status()).isEqualTo(202);
    assertThat(again.text()).isEqualTo(first.text());
    assertThat(again.headers().firstValue("Location"))
        .isEqualTo(first.headers().firstValue("Location"));
    end(id(first), RunStatus.COMPLETED);
    // Who is willing to wait is told what came of it.
    ApiClient.Answer over = begin("b", "wait=60");
    assertThat(over.status()).isEqualTo(200);
    assertThat(over.json().path("status").asText()).isEqualTo("completed");
    assertThat(begin("b", "").text()).isEqualTo(first.text());
  }

  @Test
  void whoWaitsIsAnsweredWhenItIsOver() throws Exception {
    CompletableFuture<ApiClient.Answer> waiting =
        CompletableFuture.supplyAsync(() -> begin("c", "respond-async, wait=60"));
    String id = id(begun("c"));
    end(id, RunStatus.COMPLETED);
    assertThat(waiting.get(2, TimeUnit.MINUTES).status()).isEqualTo(200);
    assertThat(id(waiting.get())).isEqualTo(id);
  }

  @Test
  void whatItFoundWrongIsTheAnswerOfWhoWaits() throws Exception {
    CompletableFuture<ApiClient.Answer> waiting =
        CompletableFuture.supplyAsync(() -> begin("d", "wait=60"));
    end(id(begun("d")), RunStatus.FAILED);
    assertThat(waiting.get(2, TimeUnit.MINUTES).status()).isEqualTo(409);
    assertThat(begin("d", "").status()).isEqualTo(202);
  }

  /** The answer to a key whose first request is still waiting. */
  private static ApiClient.Answer begun(String key) {
    var kept =
        served.store.await(
            state ->
                state.rows(Tables.IDEMPOTENT).stream()
                    .filter(one -> one.key().endsWith("/" + key))
                    .findFirst(),
            java.time.Duration.ofMinutes(2));
    assertThat(kept).isPresent();
    return Objects.requireNonNull(begin(key, ""));
  }
}
