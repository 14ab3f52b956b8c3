package dev.steward.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.testing.ApiClient;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** A model's life over REST, with a real Temporal: learnt, killed on the way, judged, served. */
final class LabLifeTest {
  private static final Map<String, String> UNSHADOWED =
      Map.of("without_shadow", "there is nothing to predict beside yet");

  private static final Map<String, Object> SMALL =
      Map.of(
          "window", 28, "horizon", 7, "hidden", 16, "blocks", 1, "members", 2, "epochs", 4, "batch",
          64, "seed", 3);

  /** Weeks that look alike, each series at its own height. */
  private static String csv(int series, int days) {
    SplittableRandom random = new SplittableRandom(5);
    StringBuilder text = new StringBuilder("id");
    for (int day = 1; day <= days; day++) text.append(",v").append(day);
    for (int s = 0; s < series; s++) {
      text.append("\naccount-").append(s);
      double height = 10 + 90 * random.nextDouble();
      for (int day = 0; day < days; day++)
        text.append(',')
            .append(
                String.format(
                    Locale.ROOT,
                    "%.3f",
                    height
                        * (1
                            + 0.4 * Math.sin(day * 2 * Math.PI / 7)
                            + 0.05 * random.nextDouble())));
    }
    return text.append('\n').toString();
  }

  private static String upload(ApiClient client, String name, String csv) {
    return client
        .send(
            "POST",
            "/lab/datasets?frequency=daily&name=" + name,
            csv,
            Map.of("Content-Type", "text/csv"))
        .ok()
        .path("id")
        .asText();
  }

  private static String train(ApiClient client, String dataSet, Map<String, Object> settings) {
    ApiClient.Answer answer =
        client.post("/lab/trainings", Map.of("data_set", dataSet, "settings", settings));
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    return answer.json().path("id").asText();
  }

  private static JsonNode await(ApiClient client, String run, Predicate<JsonNode> wanted) {
    return PlatformProcess.await(client, "/lab/runs/" + run, wanted);
  }

  private static boolean over(JsonNode run) {
    return List.of("finished", "failed", "killed").contains(run.at("/run/status").asText());
  }

  private static String model(JsonNode run) {
    for (JsonNode file : run.path("artifacts"))
      if (file.path("path").asText().equals("model.bin")) return file.path("sha256").asText();
    throw new AssertionError("no model among " + run.path("artifacts"));
  }

  @Test
  void aModelIsLearntJudgedApprovedServedAndTakenBack() throws Exception {
    try (PlatformProcess platform =
        new PlatformProcess(URI.create("http://127.0.0.1:1"), Map.of()).start()) {
      ApiClient client = platform.anybody().as("client", "client");
      ApiClient approver = platform.anybody().as("approver", "approver");
      String dataSet = upload(client, "costs", csv(20, 200));

      // Killed on the way, and at the same bits as one that was not.
      Map<String, Object> longer = new java.util.HashMap<>(SMALL);
      longer.put("epochs", 15);
      longer.put("hidden", 96);
      longer.put("dropout", 0.2);
      String undisturbed = train(client, dataSet, longer);
      String expected = model(await(client, undisturbed, LabLifeTest::over));
      String disturbed = train(client, dataSet, longer);
      for (int epoch : new int[] {5, 40}) {
        await(client, disturbed, r -> r.at("/run/progress/epoch").asInt() >= epoch);
        platform.kill();
        platform.start();
      }
      JsonNode resumed = await(client, disturbed, LabLifeTest::over);
      assertThat(resumed.at("/run/status").asText()).as(resumed.toString()).isEqualTo("finished");
      assertThat(model(resumed)).isEqualTo(expected);
      JsonNode losses = client.get("/lab/runs/" + disturbed + "/metrics?key=loss&limit=500").ok();
      List<Long> steps = new ArrayList<>();
      losses.path("items").forEach(p -> steps.add(p.path("step").asLong()));
      assertThat(steps).hasSize(60).doesNotHaveDuplicates().isSorted();

      // Judged beside the rules and beside another seed.
      Map<String, Object> other = new java.util.HashMap<>(longer);
      other.put("seed", 99);
      other.put("epochs", 5);
      String third = train(client, dataSet, other);
      await(client, third, LabLifeTest::over);
      JsonNode compared =
          client.get("/lab/compare?runs=" + disturbed + "," + undisturbed + "," + third).ok();
      assertThat(compared.path("pairs")).hasSize(3);
      assertThat(compared.at("/pairs/0/difference").asDouble()).isZero();
      assertThat(compared.at("/pairs/0/better").asText()).isEqualTo("tie");
      assertThat(compared.path("params").has("seed")).isTrue();
      JsonNode board = client.get("/lab/leaderboard?data_set=" + dataSet).ok().path("items");
      assertThat(board.findValuesAsText("method"))
          .contains("quantile mlp", "baseline seasonal naive 7", "baseline theta");
      assertThat(board.get(0).path("mase").asDouble())
          .isLessThanOrEqualTo(board.get(1).path("mase").asDouble());

      // Stopped, it keeps what it learnt.
      Map<String, Object> endless = new java.util.HashMap<>(SMALL);
      endless.put("epochs", 1000);
      String stopped = train(client, dataSet, endless);
      await(client, stopped, r -> r.at("/run/progress/epoch").asInt() >= 2);
      assertThat(client.post("/lab/runs/" + stopped + "/cancel", null).status()).isEqualTo(202);
      JsonNode killed = await(client, stopped, LabLifeTest::over);
      assertThat(killed.at("/run/status").asText()).isEqualTo("killed");
      assertThat(model(killed)).hasSize(64);
      assertThat(client.post("/lab/runs/" + stopped + "/cancel", null).status()).isEqualTo(409);

      // Nine candidates, three of them longer, one of these whole; the best is registered.
      String search =
          client
              .post(
                  "/lab/searches",
                  Map.of(
                      "data_set",
                      dataSet,
                      "model",
                      "searched",
                      "trials",
                      9,
                      "settings",
                      Map.of(
                          "window", 28, "horizon", 7, "blocks", 1, "members", 1, "epochs", 9,
                          "batch", 64),
                      "space",
                      Map.of(
                          "hidden", Map.of("min", 4, "max", 32),
                          "learning_rate", Map.of("min", 1e-4, "max", 1e-2, "log", true))))
              .json()
              .path("id")
              .asText();
      await(client, search, r -> r.path("children").size() >= 2);
      platform.kill();
      platform.start();
      JsonNode searched = await(client, search, LabLifeTest::over);
      assertThat(searched.path("children")).hasSize(9 + 3 + 1);
      assertThat(client.get("/lab/models/searched").ok().path("versions").asInt()).isEqualTo(1);
      String best = searched.at("/run/tags/steward.best").asText();
      assertThat(client.get("/lab/runs/" + best).ok().at("/run/params/epochs").asText())
          .isEqualTo("9");

      // Without a champion a rule answers and says so.
      List<Double> history = new ArrayList<>();
      for (int day = 0; day < 60; day++) history.add(50 + 10 * Math.sin(day * 2 * Math.PI / 7));
      Map<String, Object> question =
          Map.of(
              "values",
              history,
              "frequency",
              "daily",
              "horizon",
              7,
              "start",
              "2026-10-01T00:00:00Z",
              "budget",
              700,
              "explain",
              true);
      JsonNode rule = client.post("/ai/forecasts", question).ok();
      assertThat(rule.path("version").isNull()).isTrue();

      // Nobody changes what people will decide by, and nobody serves a model alone.
      for (String forged : List.of("log-metric", "log-parameter", "set-tag"))
        assertThat(
                client
                    .post(
                        "/api/2.0/mlflow/runs/" + forged,
                        Map.of(
                            "run_id",
                            undisturbed,
                            "key",
                            "mase",
                            "value",
                            forged.equals("log-metric") ? (Object) 0.1 : "x"))
                    .json()
                    .path("message")
                    .asText())
            .contains("only its own training");
      assertThat(
              client
                  .send(
                      "PUT",
                      "/api/2.0/mlflow-artifacts/artifacts/" + undisturbed + "/model.bin",
                      "other",
                      Map.of())
                  .status())
          .isEqualTo(400);
      String version = "/lab/models/forecast-daily/versions/1";
      JsonNode asked = client.post(version + "/promote", UNSHADOWED).json();
      assertThat(client.post(version + "/promote", UNSHADOWED).status()).isEqualTo(409);
      String approval = "/approvals/" + asked.path("approval").asText();
      Map<String, String> decision =
          Map.of(
              "comment", "the numbers are good", "plan_hash", asked.path("evidence_hash").asText());
      assertThat(client.post(approval + "/approve", decision).status()).isEqualTo(403);
      assertThat(approver.get(approval).ok().toString()).contains("mase=");
      assertThat(
              approver
                  .post(approval + "/approve", Map.of("comment", "", "plan_hash", "0".repeat(64)))
                  .status())
          .isEqualTo(409);
      assertThat(approver.post(approval + "/approve", decision).status()).isEqualTo(200);
      String promotion = "/lab/promotions/" + asked.path("id").asText();
      PlatformProcess.await(client, promotion, p -> p.path("status").asText().equals("promoted"));
      assertThat(client.get("/lab/models/forecast-daily").ok().at("/aliases/champion").asInt())
          .isEqualTo(1);

      JsonNode served = client.post("/ai/forecasts", question).ok();
      assertThat(served.path("model").asText()).isEqualTo("forecast-daily");
      assertThat(served.path("version").asInt()).isEqualTo(1);
      assertThat(served.path("steps")).hasSize(7);
      assertThat(served.path("explanation")).hasSize(4);
      for (int step = 0; step < 7; step++)
        assertThat(served.at("/steps/" + step + "/median").asDouble())
            .isCloseTo(
                50 + 10 * Math.sin((60 + step) * 2 * Math.PI / 7),
                org.assertj.core.data.Offset.offset(6.0));
      JsonNode tooShort =
          client
              .post("/ai/forecasts", Map.of("values", history.subList(0, 10), "frequency", "daily"))
              .ok();
      assertThat(tooShort.path("refusal").asText()).contains("10 steps; the model needs 28");
      assertThat(client.get("/ai/models").ok().get(0).path("asked").asInt()).isEqualTo(1);
      String batch =
          "/ai/predictions/"
              + client
                  .post("/ai/predictions", Map.of("data_set", dataSet, "horizon", 7))
                  .json()
                  .path("id")
                  .asText();
      JsonNode done =
          PlatformProcess.await(client, batch, p -> p.path("status").asText().equals("completed"));
      assertThat(done.at("/answered_by/forecast-daily version 1").asInt()).isEqualTo(20);
      assertThat(client.get(batch + "/content").text().lines()).hasSize(1 + 20 * 7);

      // What is served is watched from now on, and another version predicts beside it.
      String models = "/lab/models/forecast-daily";
      ApiClient.Answer tooEarly = client.post(models + "/versions/2/promote", null);
      assertThat(tooEarly.status()).isEqualTo(409);
      assertThat(tooEarly.json().path("detail").asText()).contains("make it the shadow");
      client.post(models + "/versions/2/shadow", null).ok();
      JsonNode watch =
          PlatformProcess.await(client, models + "/watch", w -> !w.path("drift").isNull());
      assertThat(watch.path("served").asInt()).isEqualTo(1);
      assertThat(watch.path("shadow").asInt()).isEqualTo(2);

      // A run that is judged now is judged beside the champion, too.
      String late = train(client, dataSet, SMALL);
      assertThat(
              await(client, late, LabLifeTest::over)
                  .at("/run/tags/steward.champion_compared")
                  .asText())
          .startsWith("champion version 1: mase");

      // The second version, and back to the first at once.
      JsonNode second =
          client.post("/lab/models/forecast-daily/versions/2/promote", UNSHADOWED).json();
      approver.post(
          "/approvals/" + second.path("approval").asText() + "/approve",
          Map.of("comment", "", "plan_hash", second.path("evidence_hash").asText()));
      PlatformProcess.await(
          client, "/lab/models/forecast-daily", m -> m.at("/aliases/champion").asInt() == 2);
      assertThat(client.post("/ai/forecasts", question).ok().path("version").asInt()).isEqualTo(2);
      assertThat(client.get(models).ok().path("aliases").has("shadow")).isFalse();
      client.post("/lab/models/forecast-daily/rollback", null).ok();
      assertThat(client.post("/ai/forecasts", question).ok().path("version").asInt()).isEqualTo(1);
      assertThat(client.post(version + "/archive", null).status()).isEqualTo(409);
      peaks(client);
    }
  }

  /**
   * The other problem, by the same workflow: judged beside its own rules, on a board of its own.
   */
  private static void peaks(ApiClient client) {
    StringBuilder csv = new StringBuilder("id,v1\n");
    for (int series = 0; series < 12; series++) {
      csv.append("i-").append(series);
      for (int hour = 0; hour < 900; hour++)
        csv.append(',')
            .append(20 + series + 10 * Math.sin(hour * Math.PI / 12) + hour * series % 7 / 2.0);
      csv.append('\n');
    }
    String set =
        client
            .send(
                "POST",
                "/lab/datasets?name=hours&frequency=hourly",
                csv.toString(),
                Map.of("Content-Type", "text/csv"))
            .ok()
            .path("id")
            .asText();
    Map<String, Object> settings =
        Map.of("window", 168, "horizon", 168, "stride", 24, "epochs", 3, "members", 1, "hidden", 8);
    String run =
        client
            .post(
                "/lab/trainings",
                Map.of("data_set", set, "problem", "rightsizing", "settings", settings))
            .json()
            .path("id")
            .asText();
    JsonNode learnt = await(client, run, LabLifeTest::over);
    assertThat(learnt.at("/run/status").asText()).as(learnt.toString()).isEqualTo("finished");
    JsonNode board =
        client.get("/lab/leaderboard?problem=rightsizing&data_set=" + set).ok().path("items");
    assertThat(board.findValuesAsText("method"))
        .containsExactlyInAnyOrder(
            "quantile mlp", "baseline calibrated peak", "baseline shipped calibrated peak");
    assertThat(board.get(0).path("series").asInt()).isEqualTo(12);
    assertThat(board.get(0).path("cases").asInt()).isEqualTo(12);
    assertThat(client.get("/lab/leaderboard?data_set=" + set).ok().path("items")).isEmpty();
    assertThat(client.get("/lab/models/rightsizing-hourly").ok().path("versions").asInt())
        .isEqualTo(1);
  }
}
