package dev.steward.api.lab;

import static dev.steward.api.Operation.client;

import dev.steward.api.Invocation;
import dev.steward.api.Nothing;
import dev.steward.api.Operation;
import dev.steward.api.QueryParameter;
import dev.steward.domain.lab.Scoreboard;
import dev.steward.ml.score.PairedBootstrap;
import dev.steward.model.Run;
import dev.steward.storage.Blobs;
import dev.steward.storage.Own;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import java.util.ArrayList;
import java.util.Arrays;
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

  private static final QueryParameter<List<String>> RUNS =
      QueryParameter.several("runs", 2, MOST).needed();

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
   * @param test paired bootstrap (10,000 draws), or for a single series diebold-mariano
   * @param low and {@code high} of its 95 % interval
   * @param p two-sided; {@code adjusted} for all pairs of this answer (Holm)
   * @param better the run, or {@code tie}
   */
  record PairView(
      String first,
      String second,
      int cases,
      String test,
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

  public List<Operation<?, ?>> operations() {
    return List.of(
        client(
                "GET",
                "/lab/compare",
                "lab",
                "Runs side by side: runs=a,b; which is better, and how sure that is")
            .reads(RUNS)
            .gives(Comparison.class)
            .refuses(404)
            .answers(this::compare));
  }

  private Comparison compare(Invocation<Nothing> request) {
    List<String> ids = request.get(RUNS);
    Own own = request.own();
    List<Run> runs = ids.stream().map(id -> own.get(Tables.RUNS, id)).toList();
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
    return new Comparison(ids, metrics, params, pairs(runs, refused), refused);
  }

  private List<PairView> pairs(List<Run> runs, List<String> refused) {
    List<PairView> pairs = new ArrayList<>();
    List<Optional<Scoreboard>> boards = runs.stream().map(this::board).toList();
    for (int i = 0; i < runs.size(); i++)
      for (int j = i + 1; j < runs.size(); j++) {
        Run first = runs.get(i);
        Run second = runs.get(j);
        Optional<Scoreboard> a = boards.get(i);
        Optional<Scoreboard> b = boards.get(j);
        String names = first.id() + " and " + second.id();
        if (a.isEmpty() || b.isEmpty()) refused.add(names + ": one has no scores a case");
        else if (!cases(first).equals(cases(second)))
          refused.add(names + ": they were judged on other data, horizons or origins");
        else
          pairs.add(
              pair(
                  first.id().value(),
                  a.get(),
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

  private static PairView pair(String first, Scoreboard board, String second, double[] other) {
    PairedBootstrap.Result result = board.difference(board.errors(Scoreboard.MODEL), other);
    return new PairView(
        first,
        second,
        result.cases(),
        board.testName(),
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
        pair.test(),
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
}
