package dev.steward.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.testing.ApiClient;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/** How quick the lab is with 30,000 runs in an experiment and 50,000 inputs in a run, over REST. */
final class LabBench implements Main.Benchmark {
  private static final int RUNS = 30_000;
  private static final int INPUTS = 50_000;
  private static final int AT_ONCE = 16;
  private static final int ROUNDS = 15;
  private static final String API = "/api/2.0/mlflow/";

  @Override
  public void run() throws Exception {
    Path folder = Files.createTempDirectory("steward-bench");
    // Nothing of it asks AWS.
    try (Launched platform = Launched.before(URI.create("http://127.0.0.1:1"), folder)) {
      ApiClient client = platform.as("client");
      String experiment =
          client
              .post(API + "experiments/create", Map.of("name", "many"))
              .ok()
              .path("experiment_id")
              .asText();
      long before = platform.heap();
      long began = System.nanoTime();
      logged(platform, experiment);
      double seconds = (System.nanoTime() - began) / 1e9;
      System.out.printf(
          Locale.ROOT,
          "%,d runs with 4 metrics, 3 parameters and 2 tags each: %.1f s to log, %.0f MB of heap%n",
          RUNS,
          seconds,
          (platform.heap() - before) / 1e6);
      searched(client, "the newest 100", experiment, "", List.of(), RUNS);
      searched(
          client,
          "filtered by metric and parameter, ordered by metric",
          experiment,
          "metrics.loss < 0.5 and params.model = 'mlp-3'",
          List.of("metrics.mase ASC"),
          RUNS);
      String one =
          client
              .post(API + "runs/create", Map.of("experiment_id", experiment))
              .ok()
              .at("/run/info/run_id")
              .asText();
      inputs(client, one);
      time(
          String.format(Locale.ROOT, "a run with %,d inputs, of which 5,000 are shown", INPUTS),
          () -> client.get(API + "runs/get?run_id=" + one).ok());
      time(
          "the newest 100 with that run among them",
          () -> search(client, experiment, "", List.of()));
    }
    Measurements.delete(folder);
  }

  private static void logged(Launched platform, String experiment) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<?>> parts = new ArrayList<>();
      for (int part = 0; part < AT_ONCE; part++) {
        int first = part;
        parts.add(
            threads.submit(() -> {
              ApiClient client = platform.as("client");
              for (int i = first; i < RUNS; i += AT_ONCE) log(client, experiment, i);
            }));
      }
      for (Future<?> part : parts) part.get();
    }
  }

  private static void log(ApiClient client, String experiment, int number) {
    String run =
        client
            .post(API + "runs/create", Map.of("experiment_id", experiment))
            .ok()
            .at("/run/info/run_id")
            .asText();
    List<Map<String, Object>> metrics = new ArrayList<>();
    for (String key : List.of("loss", "mase", "smape", "seconds"))
      metrics.add(
          Map.of("key", key, "value", (number * 7919 % 1000) / 1000.0, "timestamp", 1L, "step", 1));
    client
        .post(
            API + "runs/log-batch",
            Map.of(
                "run_id",
                run,
                "metrics",
                metrics,
                "params",
                List.of(
                    Map.of("key", "model", "value", "mlp-" + number % 10),
                    Map.of("key", "window", "value", "336"),
                    Map.of("key", "seed", "value", String.valueOf(number))),
                "tags",
                List.of(
                    Map.of("key", "team", "value", "finops"),
                    Map.of("key", "kind", "value", "trial"))))
        .ok();
  }

  private static void inputs(ApiClient client, String run) {
    for (int from = 0; from < INPUTS; from += 1_000) {
      List<Map<String, Object>> datasets = new ArrayList<>();
      for (int i = from; i < from + 1_000; i++)
        datasets.add(
            Map.of(
                "tags",
                List.of(),
                "dataset",
                Map.of(
                    "name",
                    "costs-" + i,
                    "digest",
                    "d" + i,
                    "source_type",
                    "local",
                    "source",
                    "{}")));
      client.post(API + "runs/log-inputs", Map.of("run_id", run, "datasets", datasets)).ok();
    }
  }

  private static JsonNode search(
      ApiClient client, String experiment, String filter, List<String> order) {
    return client
        .post(
            API + "runs/search",
            Map.of(
                "experiment_ids",
                List.of(experiment),
                "filter",
                filter,
                "order_by",
                order,
                "max_results",
                100))
        .ok();
  }

  private static void searched(
      ApiClient client,
      String what,
      String experiment,
      String filter,
      List<String> order,
      int among) {
    time(
        String.format(Locale.ROOT, "%s, of %,d", what, among),
        () -> {
          JsonNode found = search(client, experiment, filter, order);
          if (found.path("runs").size() != 100)
            throw new IllegalStateException("found " + found.path("runs").size());
          return found;
        });
  }

  private static void time(String what, Supplier<JsonNode> question) {
    double[] millis = new double[ROUNDS];
    for (int round = -3; round < ROUNDS; round++) {
      long began = System.nanoTime();
      if (question.get().isEmpty()) throw new IllegalStateException("an empty answer");
      if (round >= 0) millis[round] = (System.nanoTime() - began) / 1e6;
    }
    System.out.println("  " + what + ": " + new Measurements(millis).shown("ms"));
  }
}
