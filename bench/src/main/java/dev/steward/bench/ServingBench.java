package dev.steward.bench;

import dev.steward.domain.serve.Batcher;
import dev.steward.ml.forecast.QuantileForecast;
import dev.steward.ml.forecast.QuantileMlp;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A trained model that answers: many forecasts at once, and many callers at once. */
final class ServingBench {
  private static final int FORECASTS = 1_000;
  private static final int CLIENTS = 32;
  private static final int EACH = 40;
  private static final int ROUNDS = 5;

  private ServingBench() {}

  static void run(QuantileMlp model, List<double[]> histories) throws Exception {
    List<double[]> thousand = new ArrayList<>();
    for (int i = 0; i < FORECASTS; i++) thousand.add(histories.get(i % histories.size()));
    double[] batch = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      long began = System.nanoTime();
      for (int from = 0; from < FORECASTS; from += 100)
        model.forecast(thousand.subList(from, from + 100));
      batch[round] = (System.nanoTime() - began) / 1e6;
    }
    System.out.printf(
        Locale.ROOT,
        "  %d forecasts of %d steps: %s%n",
        FORECASTS,
        model.settings().horizon(),
        new Measurements(batch).shown("ms"));
    double[] single = new double[ROUNDS];
    double[] shared = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      single[round] = clients(new Batcher("single", model.widened(model.widening()), 1), histories);
      shared[round] = clients(new Batcher("shared", model.widened(model.widening())), histories);
    }
    System.out.printf(
        Locale.ROOT,
        "  %d clients with %d questions each: alone %s, in company %s; %s%n",
        CLIENTS,
        EACH,
        new Measurements(single).shown("ms"),
        new Measurements(shared).shown("ms"),
        Measurements.ratios(single, shared).shown("times as many a second"));
  }

  private static double clients(Batcher batcher, List<double[]> histories) throws Exception {
    try (batcher;
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      long began = System.nanoTime();
      List<Future<?>> running = new ArrayList<>();
      for (int c = 0; c < CLIENTS; c++) {
        double[] history = histories.get(c % histories.size());
        running.add(
            clients.submit(() -> {
              for (int i = 0; i < EACH; i++) {
                List<QuantileForecast> answer =
                    Objects.requireNonNull(batcher.ask(List.of(history))).join();
                if (answer.size() != 1) throw new IllegalStateException("lost an answer");
              }
            }));
      }
      for (Future<?> one : running) one.get();
      return (System.nanoTime() - began) / 1e6;
    }
  }
}
