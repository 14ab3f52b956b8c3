package dev.steward.domain.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.lab.Promotions;
import dev.steward.domain.serve.Forecasts.Answer;
import dev.steward.ml.forecast.MlpSettings;
import dev.steward.ml.forecast.MlpTraining;
import dev.steward.ml.forecast.QuantileMlp;
import dev.steward.model.DataSet.Frequency;
import dev.steward.model.LabProblem;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ForecastsTest {
  private static final MlpSettings SMALL =
      new MlpSettings(LabProblem.FORECAST, 7, 7, 28, 7, 8, 1, 1, 1, 1, 64, 1e-2, 0, 0, 1);

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init")
  private Models models;

  @SuppressWarnings("NullAway.Init")
  private Forecasts forecasts;

  @BeforeEach
  void open() {
    models = new Models(folder, InstantSource.system());
    forecasts = new Forecasts(models.champions);
  }

  @AfterEach
  void close() {
    models.close();
  }

  private static double[] history() {
    double[] history = new double[60];
    for (int i = 0; i < history.length; i++) history[i] = 50 + 10 * Math.sin(i * 2 * Math.PI / 7);
    return history;
  }

  /** Registers what the seed learns in an epoch. */
  private void version(long seed) {
    double[] series = Arrays.copyOf(history(), 60);
    try (MlpTraining training =
            new MlpTraining(SMALL.with(Map.of("seed", (double) seed)), List.of(series));
        QuantileMlp model = learnt(training)) {
      models.version(model);
    }
  }

  private static QuantileMlp learnt(MlpTraining training) {
    training.epoch(share -> {});
    return training.model();
  }

  private void serve(int version) {
    models.store.write(t -> models.registry.point(t, models.model(), Promotions.CHAMPION, version));
  }

  private Answer ask() {
    return forecasts.forecast(Models.ORGANIZATION, Frequency.DAILY, history(), 7, false);
  }

  @Test
  void aRuleAnswersWithoutAChampion() {
    Answer answer = ask();
    assertThat(answer.version()).isZero();
    assertThat(answer.refusal()).isNull();
    assertThat(models.champions.serving(Models.ORGANIZATION)).isEmpty();
  }

  @Test
  void aChampionWhoseFileIsGoneIsNotAnError() {
    models.store.write(
        t -> models.registry.version(t, models.model(), "", null, "", Map.of(), "test"));
    serve(1);
    assertThat(ask().version()).isZero();
  }

  @Test
  void explainsByWeek() {
    version(1);
    serve(1);
    Answer answer = forecasts.forecast(Models.ORGANIZATION, Frequency.DAILY, history(), 5, true);
    assertThat(answer.forecast().values()).hasNumberOfRows(5);
    assertThat(answer.explanation()).containsOnlyKeys("week -1", "week -2", "week -3", "week -4");
    assertThat(answer.explanation().values().stream().mapToDouble(v -> v).sum())
        .isBetween(0.0, 1.001);
  }

  /** Whoever asks while champions change is answered, by one of them and not by a mixture. */
  @Test
  void championsChangeUnderLoad() throws Exception {
    version(1);
    version(2);
    double[][] expected = new double[3][];
    for (int version : new int[] {1, 2}) {
      serve(version);
      expected[version] = ask().forecast().median();
    }
    assertThat(expected[1]).isNotEqualTo(expected[2]);
    AtomicBoolean more = new AtomicBoolean(true);
    LongAdder answered = new LongAdder();
    List<Future<int[]>> clients = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int client = 0; client < 16; client++)
        clients.add(
            threads.submit(() -> {
              int[] answers = new int[3];
              while (more.get()) {
                Answer answer = ask();
                answers[answer.version()]++;
                answered.increment();
                double[] median = answer.forecast().median();
                for (int i = 0; i < median.length; i++)
                  assertThat(median[i])
                      .isCloseTo(
                          expected[answer.version()][i],
                          org.assertj.core.data.Offset.offset(
                              1e-3 + 1e-4 * Math.abs(expected[answer.version()][i])));
              }
              return answers;
            }));
      for (int swap = 0; swap < 30; swap++) {
        serve(1 + swap % 2);
        // Each champion serves some before the next one comes.
        for (long seen = answered.sum();
            answered.sum() < seen + 50 && !clients.getFirst().isDone(); ) Thread.onSpinWait();
      }
      more.set(false);
    }
    int[] answers = new int[3];
    for (Future<int[]> client : clients)
      for (int version = 0; version < 3; version++) answers[version] += client.get()[version];
    assertThat(answers[0]).isZero();
    assertThat(answers[1]).isPositive();
    assertThat(answers[2]).isPositive();
  }

  /** What is expected of a value comes from values before it only. */
  @Test
  void theChampionSaysAlongTheWayWhatItExpected() {
    double[] values = history();
    assertThat(forecasts.expected(Models.ORGANIZATION, Frequency.DAILY, values))
        .hasSize(60)
        .containsOnly(Double.NaN);
    version(1);
    serve(1);
    double[] expected = forecasts.expected(Models.ORGANIZATION, Frequency.DAILY, values);
    assertThat(Arrays.copyOf(expected, 28)).containsOnly(Double.NaN);
    assertThat(Arrays.copyOfRange(expected, 28, 60)).doesNotContain(Double.NaN);
    double[] changed = values.clone();
    for (int i = 42; i < 60; i++) changed[i] = 500;
    assertThat(Arrays.copyOf(forecasts.expected(Models.ORGANIZATION, Frequency.DAILY, changed), 49))
        .isEqualTo(Arrays.copyOf(expected, 49));
    assertThat(forecasts.expected(Models.ORGANIZATION, Frequency.DAILY, new double[0])).isEmpty();
  }
}
