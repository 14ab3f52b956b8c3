package dev.steward.bench.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Short writes: exemptions, data sets, runs, sessions that end. */
final class Desk {
  private static final Duration UNTIL = Duration.ofDays(30);
  private static final String MLFLOW = "/api/2.0/mlflow/";
  private final Victims victims;
  private final Promises promises;
  private final Caller settled;
  private final AtomicInteger number = new AtomicInteger();

  /**
   * @param settled asks when everything is over
   */
  Desk(Victims victims, Promises promises, Caller settled) {
    this.victims = victims;
    this.promises = promises;
    this.settled = settled;
  }

  /** An exemption, which must be there once, however often it was sent. */
  void exempts(Caller caller) {
    String resource = "vol-chaos" + number.incrementAndGet();
    String until = Instant.now().plus(UNTIL).truncatedTo(ChronoUnit.SECONDS).toString();
    caller.post(
        "/governance/exemptions", Map.of("resource", resource, "reason", "chaos", "until", until));
    promises.given("exemption", () -> times(exemptions(), resource, 1));
  }

  private static String times(Map<String, Integer> all, String key, int wanted) {
    int found = all.getOrDefault(key, 0);
    return found == wanted ? "" : key + " is there " + found + " times";
  }

  private volatile Map<String, Integer> exemptions = Map.of();

  /** All of them, read once. */
  private Map<String, Integer> exemptions() {
    if (exemptions.isEmpty()) {
      Map<String, Integer> found = new HashMap<>();
      for (JsonNode one : settled.pages("/governance/exemptions"))
        found.merge(one.path("resource").asText(), 1, Integer::sum);
      exemptions = Map.copyOf(found);
    }
    return exemptions;
  }

  /** A data set, which comes back as it was. */
  void uploads(Caller caller) {
    String csv = "id,v1,v2,v3\na," + number.incrementAndGet() + ",2,3\n";
    Map<String, String> headers = Map.of("Content-Type", "text/csv");
    JsonNode made =
        caller
            .send(() ->
                caller
                    .client()
                    .send("POST", "/lab/datasets?name=chaos&frequency=daily", csv, headers))
            .ok();
    String digest = made.path("digest").asText();
    String path = "/lab/datasets/" + made.path("id").asText();
    promises.given(
        "data set",
        () ->
            settled.get(path).path("digest").asText().equals(digest)
                    && settled.send("GET", path + "/content", null).status() == 200
                ? ""
                : path + " is another or cannot be read");
  }

  /** A run and a batch of points; sent again, a point stays one. */
  void logs(Caller caller) {
    String name = "chaos-" + number.incrementAndGet();
    var made = caller.send("POST", MLFLOW + "experiments/create", Map.of("name", name));
    // MLflow's call cannot be repeated: a try whose answer was lost has made it already.
    String experiment =
        made.status() == 400
            ? caller
                .get(MLFLOW + "experiments/get-by-name?experiment_name=" + name)
                .at("/experiment/experiment_id")
                .asText()
            : made.ok().path("experiment_id").asText();
    String run =
        caller
            .post(MLFLOW + "runs/create", Map.of("experiment_id", experiment))
            .at("/run/info/run_id")
            .asText();
    for (int i = 0; i < 2; i++)
      caller.post(
          MLFLOW + "runs/log-batch",
          Map.of(
              "run_id",
              run,
              "metrics",
              List.of(Map.of("key", "loss", "value", 0.5, "timestamp", 1L, "step", 1)),
              "params",
              List.of(Map.of("key", "seed", "value", "7"))));
    promises.given(
        "run",
        () -> {
          int points =
              settled
                  .get(MLFLOW + "metrics/get-history?metric_key=loss&run_id=" + run)
                  .path("metrics")
                  .size();
          return points == 1 ? "" : run + " has " + points + " points";
        });
  }

  /** Somebody logs out, and that token is never good again. */
  void leaves(Caller caller) {
    String token =
        caller
            .send(() ->
                victims
                    .anybody()
                    .post("/api/auth/login", Map.of("username", "test", "password", "test")))
            .ok()
            .path("access_token")
            .asText();
    int status =
        caller
            .send(() -> victims.anybody().withToken(token).post("/api/auth/logout", null))
            .status();
    // 401 is the answer to the second try, when the first one's was lost.
    if (status == 204 || status == 401)
      promises.given(
          "log-out",
          () ->
              victims.anybody().withToken(token).get("/api/auth/verify").status() == 401
                  ? ""
                  : "a token lives again");
  }
}
