package dev.steward.api.lab;

import static dev.steward.api.Operation.client;

import dev.steward.api.HttpJson;
import dev.steward.api.Invocation;
import dev.steward.api.Operation;
import dev.steward.api.QueryParameter;
import dev.steward.api.Sorts;
import dev.steward.domain.lab.Scoreboard;
import dev.steward.ml.forecast.Backtest;
import dev.steward.ml.score.PairedBootstrap;
import dev.steward.model.DataSet;
import dev.steward.model.LabProblem;
import dev.steward.model.Run;
import dev.steward.storage.Blobs;
import dev.steward.storage.Own;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All that was tried on a data set for a problem, and the rules beside it. */
public final class LeaderboardOperations {
  private static final QueryParameter<String> DATA_SET =
      QueryParameter.text("data_set").needed().means("its id");
  private static final QueryParameter<LabProblem> PROBLEM =
      QueryParameter.constant("problem", LabProblem.class).otherwise(LabProblem.FORECAST);
  private static final Sorts<Ranked> SORTS =
      Sorts.<Ranked>of(Ranked::rank)
          .number("rank", Ranked::rank)
          .text("method", r -> r.entry().method());

  private final Store store;
  private final Blobs blobs;

  public LeaderboardOperations(Store store, Blobs blobs) {
    this.store = store;
    this.blobs = blobs;
  }

  /**
   * A row of a leaderboard.
   *
   * @param run null for a rule, which is not trained
   * @param error what rows are ordered by: mase for a forecast, pinball for rightsizing
   * @param deltaToBaseline of that error, to the best rule on the same cases, with the 95 %
   *     interval of {@code test}
   * @param testError the same error on the data set's newest steps, which nothing was chosen by;
   *     null if it keeps none
   * @param peakMegabytes resident at most in the process that learnt
   * @param seeds how many seeds were tried with all else the same; {@code seedLow} and {@code
   *     seedHigh} are the best and the worst of their errors
   * @param tie whether it cannot be told from the row above it
   * @param tunedOn what its settings and intervals were chosen on
   */
  record BoardRow(
      int rank,
      String method,
      @Nullable String run,
      Run.Status status,
      @Nullable Double error,
      @Nullable Double mase,
      @Nullable Double smape,
      @Nullable Double msis,
      @Nullable Double coverage,
      @Nullable Double pinball,
      int series,
      int origins,
      int cases,
      @Nullable String test,
      @Nullable Double deltaToBaseline,
      @Nullable Double deltaLow,
      @Nullable Double deltaHigh,
      @Nullable Double testError,
      @Nullable Double trainSeconds,
      @Nullable Long peakMegabytes,
      @Nullable String seed,
      int seeds,
      @Nullable Double seedLow,
      @Nullable Double seedHigh,
      boolean tie,
      String tunedOn) {}

  public List<Operation<?, ?>> operations() {
    return List.of(
        client(
                "GET",
                "/lab/leaderboard",
                "lab",
                "Every run on a data set (data_set=…, problem=forecast or rightsizing) and the rules beside them, the best first")
            .reads(DATA_SET, PROBLEM)
            .refuses(404)
            .list(BoardRow.class, SORTS)
            // The tests are drawn for the rows of the page only.
            .paged(
                this::leaderboard,
                (own, r) -> row((int) r.rank(), r.entry(), r.above(), r.seeds())));
  }

  /**
   * A row before it is shown.
   *
   * @param run null for a rule
   * @param board null for a run that failed or was stopped
   * @param method of the board
   * @param error NaN comes last, as what has no scores does
   */
  private record Entry(@Nullable Run run, @Nullable Scoreboard board, String method, double error) {
    static Entry unscored(Run run) {
      return new Entry(run, null, Scoreboard.MODEL, Double.NaN);
    }

    static Entry of(@Nullable Run run, Scoreboard board, String method) {
      return new Entry(run, board, method, Backtest.mean(board.errors(method)));
    }

    @Nullable Backtest scores() {
      return board == null ? null : board.methods().get(method);
    }
  }

  private record Ranked(
      long rank, Entry entry, @Nullable Entry above, Map<String, List<Entry>> seeds) {}

  private Stream<Ranked> leaderboard(Own own, Invocation<?> call) {
    String problem = HttpJson.name(call.get(PROBLEM));
    DataSet set = own.get(Tables.DATA_SETS, call.get(DATA_SET));
    List<Run> runs =
        own.all(Tables.RUNS)
            .filter(r -> set.digest().equals(r.params().get("data_set_digest")))
            .filter(r -> problem.equals(r.params().get("problem")))
            .filter(r -> !r.deleted())
            .toList();
    List<Entry> sorted = entries(runs);
    sorted.sort(Comparator.comparingDouble(Entry::error));
    Map<String, List<Entry>> seeds = seeds(sorted);
    return IntStream.range(0, sorted.size())
        .mapToObj(i -> new Ranked(i + 1, sorted.get(i), i == 0 ? null : sorted.get(i - 1), seeds));
  }

  /** Every run, and each rule once for all runs that were judged alike. */
  private List<Entry> entries(List<Run> runs) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (Run run : runs) {
      Optional<Scoreboard> found = Scoreboard.of(store.state(), blobs, run.id());
      if (found.isEmpty()) {
        // Runs that failed or were stopped stay visible.
        entries.put(run.id().value(), Entry.unscored(run));
        continue;
      }
      Scoreboard board = found.get();
      for (String method : board.methods().keySet()) {
        if (method.startsWith(Scoreboard.CHAMPION)) continue;
        if (method.equals(Scoreboard.MODEL))
          entries.put(run.id().value(), Entry.of(run, board, method));
        else
          entries.computeIfAbsent(
              method + " " + board.horizon() + "x" + board.origins(),
              rule -> Entry.of(null, board, method));
      }
    }
    return new ArrayList<>(entries.values());
  }

  /** Runs that differ by their seed only. */
  private static Map<String, List<Entry>> seeds(List<Entry> entries) {
    Map<String, List<Entry>> seeds = new HashMap<>();
    for (Entry entry : entries) {
      Run run = entry.run();
      if (run != null && entry.board() != null)
        seeds.computeIfAbsent(butSeed(run), k -> new ArrayList<>()).add(entry);
    }
    return seeds;
  }

  private static String butSeed(Run run) {
    Map<String, String> params = new TreeMap<>(run.params());
    params.remove("seed");
    params.remove("data_set");
    return params.toString();
  }

  private static BoardRow row(
      int rank, Entry entry, @Nullable Entry above, Map<String, List<Entry>> seeds) {
    Run run = entry.run();
    Scoreboard board = entry.board();
    Backtest scores = entry.scores();
    PairedBootstrap.Result delta =
        board == null
            ? null
            : board.difference(board.errors(entry.method()), board.errors(board.bestBaseline()));
    List<Entry> alike = run == null ? List.of() : seeds.getOrDefault(butSeed(run), List.of());
    return new BoardRow(
        rank,
        run == null ? entry.method() : run.params().getOrDefault("model", ""),
        run == null ? null : run.id().value(),
        run == null ? Run.Status.FINISHED : run.status(),
        board == null ? null : finite(entry.error()),
        scores == null ? null : finite(Backtest.mean(scores.mase())),
        scores == null ? null : finite(Backtest.mean(scores.smape())),
        scores == null ? null : finite(Backtest.mean(scores.msis())),
        scores == null ? null : finite(Backtest.mean(scores.coverage())),
        scores == null ? null : finite(Backtest.mean(scores.pinball())),
        board == null ? 0 : board.series(),
        board == null ? 0 : board.origins(),
        scores == null ? 0 : scores.mase().length,
        board == null ? null : board.testName(),
        delta == null ? null : finite(delta.difference()),
        delta == null ? null : finite(delta.low()),
        delta == null ? null : finite(delta.high()),
        run == null || board == null || board.test() == null
            ? null
            : finite(Backtest.mean(board.errors(board.test()))),
        run == null || !run.metrics().containsKey("train_seconds")
            ? null
            : run.metrics().get("train_seconds").value(),
        run == null || board == null ? null : board.peakMegabytes(),
        run == null ? null : run.params().get("seed"),
        alike.size(),
        alike.size() < 2 ? null : alike.getFirst().error(),
        alike.size() < 2 ? null : alike.getLast().error(),
        isTie(entry, above),
        run == null ? "nothing" : run.tags().getOrDefault("steward.tuned_on", ""));
  }

  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }

  private static boolean isTie(Entry entry, @Nullable Entry above) {
    Scoreboard mine = entry.board();
    Scoreboard other = above == null ? null : above.board();
    if (mine == null || above == null || other == null) return false;
    double[] errors = mine.errors(entry.method());
    double[] beside = other.errors(above.method());
    return errors.length == beside.length && mine.difference(errors, beside).tie();
  }
}
