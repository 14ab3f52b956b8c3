package dev.steward.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.testing.ApiClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The lab over HTTP while Temporal is away: what is asked for is kept, and bad input is told. */
final class LabHttpTest {
  private static final Map<String, String> CSV = Map.of("Content-Type", "text/csv");

  @SuppressWarnings("NullAway.Init")
  private static WithoutTemporal platform;

  @SuppressWarnings("NullAway.Init")
  private static ApiClient client;

  @SuppressWarnings("NullAway.Init")
  private static ApiClient stranger;

  @BeforeAll
  static void start() {
    platform = new WithoutTemporal();
    client = platform.as("test");
    stranger = platform.stranger();
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  private static ApiClient.Answer upload(String query, String body, Map<String, String> headers) {
    return client.send("POST", "/lab/datasets?" + query, body, headers);
  }

  private static String wide(int length) {
    StringBuilder text = new StringBuilder("id,v1\na");
    for (int i = 0; i < length; i++) text.append(',').append(i % 7);
    return text.append('\n').toString();
  }

  @Test
  void anUploadIsDescribedAndComesBack() {
    JsonNode made = upload("name=a&frequency=daily", "id,v1,v2,v3\na,1,,3\n", CSV).ok();
    assertThat(made.at("/profile/0/missing").asInt()).isEqualTo(1);
    assertThat(made.at("/profile/0/mean").asDouble()).isEqualTo(2);
    assertThat(made.path("digest").asText()).hasSize(64);
    String id = made.path("id").asText();
    assertThat(client.get("/lab/datasets/" + id + "/content").text())
        .isEqualTo("id,start,values\r\na,,1.0,,3.0\r\n");
    // The same series are the same bytes.
    JsonNode again = upload("name=b&frequency=daily", "id,v1,v2,v3\na,1.0,,3\n", CSV).ok();
    assertThat(again.path("digest")).isEqualTo(made.path("digest"));
    assertThat(client.get("/lab/datasets").ok().path("items").size()).isGreaterThanOrEqualTo(2);
    for (String path : List.of("/lab/datasets/" + id, "/lab/datasets/" + id + "/content"))
      assertThat(stranger.get(path).status()).isEqualTo(404);
  }

  @Test
  void parquetIsTakenAndWhatIsPoisonedIsNot() throws Exception {
    Path files = Path.of("..", "domain", "src", "test", "resources", "parquet");
    Map<String, String> type = Map.of("Content-Type", "application/vnd.apache.parquet");
    JsonNode made =
        client
            .sendBytes(
                "POST",
                "/lab/datasets?name=p&frequency=daily",
                Files.readAllBytes(files.resolve("days.parquet")),
                type)
            .ok();
    assertThat(made.at("/profile/0/length").asInt()).isEqualTo(4);
    assertThat(made.at("/profile/0/start").asText()).isEqualTo("2026-01-01T00:00:00.000Z");
    for (String poisoned : List.of("bomb", "zstd"))
      assertThat(
              client
                  .sendBytes(
                      "POST",
                      "/lab/datasets?name=p&frequency=daily",
                      Files.readAllBytes(files.resolve(poisoned + ".parquet")),
                      type)
                  .status())
          .isEqualTo(422);
    assertThat(upload("name=p&frequency=daily", "../../etc", type).status()).isEqualTo(422);
  }

  @Test
  void aBadUploadSaysAllThatIsWrong() {
    ApiClient.Answer answer = upload("", "", CSV);
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().path("violations")).hasSize(3);
    assertThat(
            upload(
                    "name=x&frequency=daily",
                    "PK\u0003\u0004",
                    Map.of("Content-Type", "application/zip"))
                .status())
        .isEqualTo(415);
    assertThat(
            upload("name=x&frequency=daily", "id,v1\na,b\n", CSV)
                .json()
                .at("/violations/0/field")
                .asText())
        .isEqualTo("line 2, column 2");
    assertThat(upload("name=x&frequency=daily", "x".repeat(65 << 20), CSV).status()).isEqualTo(413);
  }

  @Test
  void aTrainingIsTakenOnAndCanBeStoppedBeforeItBegins() {
    String set = upload("name=c&frequency=daily", wide(100), CSV).ok().path("id").asText();
    Map<String, Object> wanted =
        Map.of("data_set", set, "settings", Map.of("window", 28, "horizon", 7), "origins", 2);
    ApiClient.Answer answer = client.post("/lab/trainings", wanted);
    assertThat(answer.status()).isEqualTo(202);
    String run = answer.headers().firstValue("Location").orElseThrow();
    JsonNode seen = client.get(run).ok();
    assertThat(seen.at("/run/status").asText()).isEqualTo("scheduled");
    assertThat(seen.at("/run/progress/epochs").asInt()).isEqualTo(2 * 3 * 30);
    assertThat(seen.at("/inputs/0/source").asText()).isEqualTo(set);
    assertThat(client.post(run + "/cancel", null).json().at("/progress/stopping").asBoolean())
        .isTrue();
    String experiment = "/lab/experiments/" + seen.at("/run/experiment").asText();
    assertThat(
            client
                .get(experiment + "/runs?filter=params.problem%20%3D%20'forecast'")
                .ok()
                .path("items"))
        .isNotEmpty();
    assertThat(client.get(experiment + "/runs?filter=colour").status()).isEqualTo(422);
    client.delete(experiment).ok();
    assertThat(client.get("/lab/experiments").ok().findValuesAsText("id"))
        .doesNotContain(experiment.substring(17));
    client.post(experiment + "/restore", null).ok();
    for (String path :
        List.of(
            run,
            experiment,
            experiment + "/runs",
            run + "/metrics?key=loss",
            "/lab/leaderboard?data_set=" + set,
            "/lab/models/forecast-daily",
            "/lab/models/forecast-daily/versions"))
      assertThat(stranger.get(path).status()).as(path).isEqualTo(404);
    assertThat(stranger.post("/lab/trainings", wanted).status()).isEqualTo(404);
    assertThat(
            stranger
                .get("/lab/compare?runs=" + run.substring(10) + "," + run.substring(10) + "x")
                .status())
        .isEqualTo(404);
  }

  /** A model that no training of ours made can be no shadow, and nothing watches it. */
  @Test
  void onlyWhatIsServedIsWatched() {
    client.post("/api/2.0/mlflow/registered-models/create", Map.of("name", "forecast-hourly")).ok();
    client
        .post(
            "/api/2.0/mlflow/model-versions/create",
            Map.of("name", "forecast-hourly", "source", "s3://elsewhere"))
        .ok();
    String model = "/lab/models/forecast-hourly";
    ApiClient.Answer refused = client.post(model + "/versions/1/shadow", null);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().path("detail").asText()).contains("only a version that a training");
    assertThat(client.get(model + "/watch").status()).isEqualTo(404);
    assertThat(client.send("PUT", model + "/watch", "{\"retrain\": true}", Map.of()).status())
        .isEqualTo(409);
    assertThat(client.send("PUT", model + "/watch", "{}", Map.of()).status()).isEqualTo(422);
    // Nothing predicts beside it, and ending that is no mistake.
    assertThat(client.delete(model + "/shadow").ok().path("aliases")).isEmpty();
    for (String path : List.of(model + "/watch", model))
      assertThat(stranger.get(path).status()).isEqualTo(404);
    assertThat(stranger.post(model + "/versions/1/shadow", null).status()).isEqualTo(404);
    assertThat(stranger.delete(model + "/shadow").status()).isEqualTo(404);
    assertThat(client.get("/ai/models").ok()).isEmpty();
  }

  @Test
  void stepsForTheLastJudgementAreKept() {
    JsonNode made = upload("name=t&frequency=daily&test_steps=14", wide(420), CSV).ok();
    assertThat(made.path("test_steps").asInt()).isEqualTo(14);
    String set = made.path("id").asText();
    assertThat(client.post("/lab/trainings", Map.of("data_set", set, "origins", 1)).status())
        .isEqualTo(202);
    assertThat(
            client
                .post("/lab/trainings", Map.of("data_set", set, "origins", 3))
                .json()
                .at("/violations/0/message")
                .asText())
        .contains("and 14 for the test");
    for (String wrong : List.of("-1", "x", "50001"))
      assertThat(upload("name=t&frequency=daily&test_steps=" + wrong, "id,v\na,1\n", CSV).status())
          .isEqualTo(422);
    assertThat(client.get("/lab/leaderboard?data_set=" + set + "&problem=colour").status())
        .isEqualTo(422);
  }

  @Test
  void whatCannotBeLearntIsRefusedAtOnce() {
    String set = upload("name=d&frequency=daily", wide(30), CSV).ok().path("id").asText();
    JsonNode refused = client.post("/lab/trainings", Map.of("data_set", set)).json();
    assertThat(refused.at("/violations/0/message").asText())
        .contains("needs a series of 392 steps", "has 30");
    assertThat(
            client
                .post(
                    "/lab/trainings",
                    Map.of("data_set", set, "settings", Map.of("colour", 1, "hidden", 2.5)))
                .json()
                .path("violations"))
        .hasSize(2);
    assertThat(client.post("/lab/trainings", Map.of("data_set", set, "origins", 99)).status())
        .isEqualTo(422);
    assertThat(client.get("/lab/compare?runs=x").status()).isEqualTo(422);
  }

  @Test
  void aSnapshotIsOfTheOwnCosts() {
    assertThat(
            client
                .post("/lab/datasets/snapshot", Map.of("name", "mine", "account", "acc_none00000"))
                .status())
        .isEqualTo(404);
    assertThat(client.post("/lab/datasets/snapshot", Map.of("name", "mine")).status())
        .isEqualTo(422);
  }

  @Test
  void withoutAModelARuleAnswers() {
    List<Double> values = new ArrayList<>();
    for (int day = 0; day < 70; day++) values.add(100.0 + day % 7);
    Map<String, Object> question = new HashMap<>();
    question.put("values", values);
    question.put("frequency", "daily");
    question.put("horizon", 14);
    question.put("start", "2026-09-01T00:00:00Z");
    question.put("budget", 2_500);
    JsonNode answer = client.post("/ai/forecasts", question).ok();
    assertThat(answer.path("version").isNull()).isTrue();
    assertThat(answer.path("steps")).hasSize(14);
    assertThat(answer.at("/steps/0/at").asText()).isEqualTo("2026-11-10T00:00:00.000Z");
    assertThat(answer.at("/steps/3/median").asDouble()).isBetween(100.0, 107.0);
    assertThat(answer.at("/month/month").asText()).isEqualTo("2026-11");
    // Nine days of November are known: 924. Fifteen more pass 2,500 on the 24th.
    assertThat(answer.at("/month/so_far").asDouble()).isBetween(900.0, 950.0);
    assertThat(answer.at("/month/total").isNull()).isTrue();
  }

  @Test
  void oddSeriesAreAnsweredOrRefusedAndNeverFail() {
    List<List<Object>> odd =
        List.of(
            List.of(1),
            List.of(0, 0, 0),
            List.of(1e15, -1e15, 1e-300),
            Arrays.asList(1, null, null, 4),
            Arrays.asList((Object) null, null),
            List.of(1e16),
            List.of("x"),
            List.of());
    for (List<Object> values : odd)
      for (String path : List.of("/ai/forecasts", "/ai/anomalies")) {
        ApiClient.Answer answer =
            client.post(path, Map.of("values", values, "frequency", "hourly"));
        assertThat(answer.status()).as(path + values + answer.text()).isIn(200, 422);
        assertThat(answer.text()).doesNotContain("NaN");
      }
    assertThat(client.post("/ai/forecasts", Map.of()).json().path("violations")).hasSize(2);
    assertThat(
            client
                .post(
                    "/ai/forecasts",
                    Map.of("values", List.of(1), "frequency", "hourly", "horizon", 0, "budget", -1))
                .json()
                .path("violations"))
        .hasSize(3);
    assertThat(client.post("/ai/forecasts", Map.of("account", "acc_none00000")).status())
        .isEqualTo(404);
  }

  @Test
  void anAnomalyIsExplained() {
    List<Double> values = new ArrayList<>();
    for (int hour = 0; hour < 24 * 20; hour++)
      values.add(10 + 3 * Math.sin(hour * Math.PI / 12) + hour % 5 * 0.1);
    values.set(400, 99.0);
    JsonNode answer =
        client
            .post(
                "/ai/anomalies",
                Map.of("values", values, "frequency", "hourly", "start", "2026-11-01T00:00:00Z"))
            .ok();
    JsonNode found = answer.path("anomalies").get(answer.path("anomalies").size() - 1);
    assertThat(found.path("index").asInt()).isEqualTo(400);
    assertThat(found.path("explanation").asText()).contains("99.00 is a jump out of the");
    assertThat(found.path("at").asText()).isEqualTo("2026-11-17T16:00:00.000Z");
  }
}
