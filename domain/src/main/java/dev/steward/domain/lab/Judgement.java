package dev.steward.domain.lab;

import dev.steward.domain.lab.Scoreboard.Comparison;
import dev.steward.ml.forecast.Backtest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the scores of a run come to. Its tests draw ten thousand times over every case, so it is
 * made before the transaction that writes it down, and once.
 *
 * @param metrics of the run, by name
 * @param worthAsking whether people should be asked to serve what was learnt
 */
public record Judgement(
    Comparison comparison,
    Map<String, Double> metrics,
    Map<String, String> tags,
    boolean worthAsking) {
  public static Judgement of(Scoreboard board) {
    Comparison comparison = board.compare();
    return new Judgement(
        comparison,
        metrics(board, comparison),
        tags(board, comparison),
        board.isWorthAsking(comparison));
  }

  private static Map<String, Double> metrics(Scoreboard board, Comparison comparison) {
    Map<String, Double> metrics = new TreeMap<>();
    board
        .methods()
        .forEach((name, scores) -> {
          if (!name.startsWith(Scoreboard.CHAMPION))
            put(metrics, name.equals(Scoreboard.MODEL) ? "" : name.replace(' ', '_') + ".", scores);
        });
    Backtest test = board.test();
    if (test != null) put(metrics, "test.", test);
    metrics.put("cases", (double) comparison.result().cases());
    metrics.put("delta_to_baseline", comparison.result().difference());
    metrics.put("delta_low", comparison.result().low());
    metrics.put("delta_high", comparison.result().high());
    metrics.put("p", comparison.result().p());
    Long megabytes = board.peakMegabytes();
    if (megabytes != null) metrics.put("peak_megabytes", (double) megabytes);
    return metrics;
  }

  private static void put(Map<String, Double> metrics, String prefix, Backtest scores) {
    scores.means().forEach((name, value) -> metrics.put(prefix + name, value));
  }

  private static Map<String, String> tags(Scoreboard board, Comparison comparison) {
    Map<String, String> tags = new TreeMap<>();
    tags.put("steward.baseline", comparison.baseline());
    tags.put("steward.better", comparison.better());
    tags.put("steward.tuned_on", "the held back horizons only");
    board.besideChampion().ifPresent(text -> tags.put("steward.champion_compared", text));
    if (board.groups().isEmpty()) return tags;
    List<String> worse = board.groupsMadeWorse();
    tags.put(
        "steward.groups_worse",
        worse.isEmpty()
            ? String.format(Locale.ROOT, "none of %d groups", board.groups().size())
            : String.join(", ", worse));
    return tags;
  }
}
