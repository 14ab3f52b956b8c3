package dev.steward.api.lab;

import static dev.steward.api.Operation.client;

import dev.steward.api.Operation;
import dev.steward.api.Operation.Shape;
import dev.steward.api.PageOf;
import dev.steward.api.Reply;
import dev.steward.api.Request;
import dev.steward.ml.data.DataSets;
import dev.steward.ml.forecast.Backtest;
import dev.steward.ml.lab.Scoreboard;
import dev.steward.ml.lab.Tracking;
import dev.steward.ml.score.PairedBootstrap;
import dev.steward.model.DataSet;
import dev.steward.model.Problem;
import dev.steward.model.Run;
import dev.steward.model.Violation;
import dev.steward.storage.Blobs;
import dev.steward.storage.State;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which of several runs is better, and how sure that is. */
public final class ComparisonOperations {
  private static final int MOST = 10;

  private final Store store;
  private final Blobs blobs;

  public ComparisonOperations(Store store, Blobs blobs) {
    this.store = store;
    this.blobs = blobs;
  }

  /**
   * Two runs on the same cases.
   *
   * @param difference of the mean scaled errors, first minus second: below zero the first is better
   * @param low and {@code high} of its 95 % interval (paired bootstrap, 10,000 draws)
   * @param p two-sided; {@code adjusted} for all pairs of this answer (Holm)
   * @param better the run, or {@code tie}
   */
  record PairView(
      String first,
      String second,
      int cases,
      double difference,
      double low,
      double high,
      double p,
      double adjusted,
      String better) {}

  /**
   * @param metrics of each run, by metric and run
   * @param params that differ, by parameter and run
   * @param notComparable why pairs are missing
   */
  record Comparison(
      List<String> runs,
      Map<String, Map<String, @Nullable Double>> metrics,
      Map<String, Map<String, String>> params,
      List<PairView> pairs,
      List<String> notComparable) {}

  /**
   * A row of a leaderboard.
   *
   * @param run null for a rule, which is not trained
   * @param deltaToBaseline of the mean scaled error, to the best rule on the same cases
   * @param tie whether it cannot be told from the row above it
   * @param tunedOn what its settings and intervals were chosen on
   */
  record BoardRow(
      int rank,
      String method,
      @Nullable String run,
      Run.Status status,
      @Nullable Double mase,
      @Nullable Double smape,
      @Nullable Double msis,
      @Nullable Double coverage,
      int cases,
      @Nullable Double deltaToBaseline,
      @Nullable Double deltaLow,
      @Nullable Double deltaHigh,
      @Nullable Double trainSeconds,
      @Nullable String seed,
      boolean tie,
      String tunedOn) {}

  public List<Operation> operations() {
    return List.of(
        client(
                "GET",
                "/lab/compare",
                "lab",
                "Runs side by side: runs=a,b; which is better, and how sure that is")
            .query("runs")
            .gives(Comparison.class)
            .answers(200, 404, 422)
            .handle(this::compare),
        client(
                "GET",
                "/lab/leaderboard",
                "lab",
                "Every run on a data set and the rules beside them, the best first")
            .query("data_set", "limit", "after")
            .gives(Shape.PAGE, BoardRow.class)
            .answers(200, 404, 422)
            .handle(this::leaderboard));
  }

  private Reply compare(Request request) {
    List<String> ids =
        Arrays.stream(request.query("runs").orElse("").split(","))
            .map(String::strip)
            .filter(id -> !id.isEmpty())
            .distinct()
            .toList();
    if (ids.size() < 2 || ids.size() > MOST)
      throw Problem.invalid(
          List.of(new Violation("runs", "must name 2 to " + MOST + " runs, with commas")));
    State state = store.state();
    List<Run> runs =
        ids.stream().map(id -> Tracking.run(state, request.organization(), id)).toList();
    Map<String, Map<String, @Nullable Double>> metrics = new LinkedHashMap<>();
    Map<String, Map<String, String>> params = new LinkedHashMap<>();
    for (Run run : runs) {
      new TreeSet<>(run.metrics().keySet())
          .forEach(key -> {
            double value = Objects.requireNonNull(run.metrics().get(key)).value();
            metrics
                .computeIfAbsent(key, k -> new LinkedHashMap<>())
                .put(run.id().value(), Double.isFinite(value) ? value : null);
          });
      run.params()
          .forEach((key, value) ->
              params.computeIfAbsent(key, k -> new LinkedHashMap<>()).put(run.id().value(), value));
    }
    params
        .values()
        .removeIf(v -> v.size() == runs.size() && v.values().stream().distinct().count() == 1);
    List<String> refused = new ArrayList<>();
    return Reply.ok(new Comparison(ids, metrics, params, pairs(runs, refused), refused));
  }

  private List<PairView> pairs(List<Run> runs, List<String> refused) {
    List<PairView> pairs = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++)
      for (int j = i + 1; j < runs.size(); j++) {
        Run first = runs.get(i);
        Run second = runs.get(j);
        Optional<Scoreboard> a = board(first);
        Optional<Scoreboard> b = board(second);
        String names = first.id() + " and " + second.id();
        if (a.isEmpty() || b.isEmpty()) refused.add(names + ": one has no scores a case");
        else if (!cases(first).equals(cases(second)))
          refused.add(names + ": they were judged on other data, horizons or origins");
        else
          pairs.add(
              pair(
                  first.id().value(),
                  a.get().errors(Scoreboard.MODEL),
                  second.id().value(),
                  b.get().errors(Scoreboard.MODEL)));
      }
    double[] adjusted = PairedBootstrap.holm(pairs.stream().mapToDouble(PairView::p).toArray());
    List<PairView> done = new ArrayList<>();
    for (int i = 0; i < adjusted.length; i++) done.add(adjusted(pairs.get(i), adjusted[i]));
    return done;
  }

  /** What must be the same for two runs to have the same cases. */
  private static List<@Nullable String> cases(Run run) {
    return Arrays.asList(
        run.params().get("problem"),
        run.params().get("data_set_digest"),
        run.params().get("horizon"),
        run.params().get("window"),
        run.params().get("origins"));
  }

  private static PairView pair(String first, double[] a, String second, double[] b) {
    PairedBootstrap.Result result = PairedBootstrap.of(a, b, PairedBootstrap.DRAWS, 1);
    return new PairView(
        first,
        second,
        result.cases(),
        result.difference(),
        result.low(),
        result.high(),
        result.p(),
        result.p(),
        result.tie() ? "tie" : result.difference() < 0 ? first : second);
  }

  private static PairView adjusted(PairView pair, double p) {
    return new PairView(
        pair.first(),
        pair.second(),
        pair.cases(),
        pair.difference(),
        pair.low(),
        pair.high(),
        pair.p(),
        p,
        p < 0.05 ? pair.better() : "tie");
  }

  private Optional<Scoreboard> board(Run run) {
    return Scoreboard.of(store.state(), blobs, run.id());
  }

  private Reply leaderboard(Request request) {
    State state = store.state();
    DataSet set =
        DataSets.find(
            state,
            request.organization(),
            request
                .query("data_set")
                .orElseThrow(
                    () -> Problem.invalid(List.of(new Violation("data_set", "is required")))));
    List<Run> runs =
        state
            .rows(Tables.EXPERIMENTS)
            .where("organization", request.organization().value())
            .flatMap(e -> Tracking.runs(state, e))
            .filter(r -> set.digest().equals(r.params().get("data_set_digest")))
            .filter(r -> !r.deleted())
            .toList();
    Map<String, BoardRow> rows = new LinkedHashMap<>();
    Map<String, double[]> scores = new LinkedHashMap<>();
    for (Run run : runs) {
      Optional<Scoreboard> board = board(run);
      // Runs that failed or were stopped stay visible, without a rank by scores.
      if (board.isEmpty()) {
        rows.put(run.id().value(), row(run, run.params().getOrDefault("model", ""), null, null));
        continue;
      }
      Backtest best = board.get().methods().get(board.get().bestBaseline());
      board
          .get()
          .methods()
          .forEach((name, backtest) -> {
            boolean model = name.equals(Scoreboard.MODEL);
            String key =
                model
                    ? run.id().value()
                    : name + " " + run.params().get("horizon") + "x" + run.params().get("origins");
            scores.put(key, backtest.mase());
            rows.putIfAbsent(
                key,
                row(
                    model ? run : null,
                    model ? run.params().getOrDefault("model", "") : name,
                    backtest,
                    best));
          });
    }
    List<Map.Entry<String, BoardRow>> sorted =
        rows.entrySet().stream()
            .sorted(
                Comparator.comparing(
                    (Map.Entry<String, BoardRow> e) -> e.getValue().mase(),
                    Comparator.nullsLast(Comparator.naturalOrder())))
            .toList();
    return Reply.ok(
        PageOf.cut(request, ranked(sorted, scores).stream(), r -> "%06d".formatted(r.rank())));
  }

  private static BoardRow row(
      @Nullable Run run, String method, @Nullable Backtest scores, @Nullable Backtest baseline) {
    PairedBootstrap.Result delta =
        scores == null || baseline == null
            ? null
            : PairedBootstrap.of(scores.mase(), baseline.mase(), PairedBootstrap.DRAWS, 1);
    return new BoardRow(
        0,
        method,
        run == null ? null : run.id().value(),
        run == null ? Run.Status.FINISHED : run.status(),
        scores == null ? null : Backtest.mean(scores.mase()),
        scores == null ? null : Backtest.mean(scores.smape()),
        scores == null ? null : Backtest.mean(scores.msis()),
        scores == null ? null : Backtest.mean(scores.coverage()),
        scores == null ? 0 : scores.mase().length,
        delta == null ? null : delta.difference(),
        delta == null ? null : delta.low(),
        delta == null ? null : delta.high(),
        run == null || !run.metrics().containsKey("train_seconds")
            ? null
            : run.metrics().get("train_seconds").value(),
        run == null ? null : run.params().get("seed"),
        false,
        run == null ? "nothing" : run.tags().getOrDefault("steward.tuned_on", ""));
  }

  /** Marks a row that cannot be told from the one above it, on as many cases, as a tie. */
  private static List<BoardRow> ranked(
      List<Map.Entry<String, BoardRow>> sorted, Map<String, double[]> scores) {
    List<BoardRow> ranked = new ArrayList<>();
    for (int i = 0; i < sorted.size(); i++) {
      BoardRow row = sorted.get(i).getValue();
      double[] mine = scores.get(sorted.get(i).getKey());
      double[] above = i == 0 ? null : scores.get(sorted.get(i - 1).getKey());
      boolean tie =
          mine != null
              && above != null
              && mine.length == above.length
              && PairedBootstrap.of(mine, above, PairedBootstrap.DRAWS, 1).tie();
      ranked.add(
          new BoardRow(
              i + 1,
              row.method(),
              row.run(),
              row.status(),
              row.mase(),
              row.smape(),
              row.msis(),
              row.coverage(),
              row.cases(),
              row.deltaToBaseline(),
              row.deltaLow(),
              row.deltaHigh(),
              row.trainSeconds(),
              row.seed(),
              tie,
              row.tunedOn()));
    }
    return ranked;
  }
}
