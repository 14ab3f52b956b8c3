package dev.steward.domain.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.ml.forecast.Backtest;
import dev.steward.model.Json;
import dev.steward.model.LabProblem;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who is better, for whom it is worse, and by which test. */
final class ScoreboardTest {
  private static Backtest errors(double[] values) {
    return new Backtest(values, values, values, values, values);
  }

  private static double[] around(double mean, int cases) {
    return IntStream.range(0, cases).mapToDouble(i -> mean + 0.01 * (i % 7)).toArray();
  }

  private static Scoreboard board(int series, Map<String, double[]> methods) {
    Map<String, Backtest> scores = new LinkedHashMap<>();
    methods.forEach((name, values) -> scores.put(name, errors(values)));
    int half = scores.values().iterator().next().mase().length / 2;
    return new Scoreboard(
        LabProblem.FORECAST,
        7,
        7,
        1,
        scores,
        Map.of(
            "first", IntStream.range(0, half).toArray(),
            "second", IntStream.range(half, 2 * half).toArray()),
        series,
        null,
        null);
  }

  /** Better on the whole, and worse for half of the series: approvers have to see that. */
  @Test
  void aGroupThatPaysForTheRestIsNamed() {
    double[] model = around(0.5, 40);
    Arrays.fill(model, 20, 40, 1.2);
    Scoreboard board = board(40, Map.of("model", model, "baseline naive", around(1, 40)));
    assertThat(board.compare().better()).isEqualTo("model");
    assertThat(board.groupsMadeWorse()).hasSize(1).first().asString().startsWith("second +0.1");
    assertThat(
            board(40, Map.of("model", around(0.5, 40), "baseline naive", around(1, 40)))
                .groupsMadeWorse())
        .isEmpty();
  }

  @Test
  void whatIsServedIsTheMeasureWhereThereIsSomething() {
    Scoreboard board =
        board(
            40,
            Map.of(
                "model", around(0.5, 40),
                "baseline naive", around(1, 40),
                "champion version 3", around(0.4, 40)));
    assertThat(board.bestBaseline()).isEqualTo("baseline naive");
    assertThat(board.besideChampion()).get().asString().contains("version 3", "+0.100", "worse");
    assertThat(board.groupsMadeWorse()).hasSize(2);
    assertThat(Judgement.of(board).worthAsking()).isFalse();
    assertThat(
            Judgement.of(board(40, Map.of("model", around(1, 40), "baseline naive", around(1, 40))))
                .worthAsking())
        .isFalse();
    assertThat(
            Judgement.of(
                    board(
                        40,
                        Map.of(
                            "model",
                            around(0.5, 40),
                            "baseline naive",
                            around(1, 40),
                            "champion version 3",
                            around(0.5, 40))))
                .worthAsking())
        .isTrue();
  }

  @Test
  void aSingleSeriesIsJudgedByDieboldAndMariano() {
    double[] model = {1, 2, 3, 4, 5, 1};
    double[] rule = {2, 2, 5, 5, 5, 1};
    Map<String, double[]> methods = Map.of("model", model, "baseline", rule);
    assertThat(board(1, methods).testName()).isEqualTo("diebold-mariano");
    assertThat(board(6, methods).testName()).isEqualTo("paired bootstrap");
    assertThat(board(1, methods).difference(model, rule).tie()).isTrue();
  }

  @Test
  void scoresOfAnEarlierReleaseAreRead() {
    Scoreboard old =
        Json.read(
            "{\"season\":7,\"horizon\":7,\"origins\":1,\"methods\":{\"model\":{\"smape\":[1],\"mase\":[2],\"msis\":[3],\"coverage\":[1]}}}"
                .getBytes(java.nio.charset.StandardCharsets.UTF_8),
            Scoreboard.class);
    assertThat(old.errors("model")).containsExactly(2);
    assertThat(old.problem()).isEqualTo(LabProblem.FORECAST);
    assertThat(old.groupsMadeWorse()).isEmpty();
    assertThat(List.copyOf(old.groups().keySet())).isEmpty();
  }

  @Test
  void groupsAreQuartersAndSharedWords() {
    List<String> ids =
        IntStream.range(0, 20)
            .mapToObj(i -> "acc_" + i + " " + (i % 2 == 0 ? "ec2" : "rds") + " i-" + i)
            .toList();
    List<double[]> series = IntStream.range(0, 20).mapToObj(i -> new double[] {i, i}).toList();
    Map<String, int[]> groups = Groups.of(ids, series);
    assertThat(groups)
        .containsOnlyKeys(
            "smallest quarter", "smaller half", "larger half", "largest quarter", "ec2", "rds");
    assertThat(groups.get("smallest quarter")).containsExactly(0, 1, 2, 3, 4);
    assertThat(groups.get("rds")).hasSize(10);
  }
}
