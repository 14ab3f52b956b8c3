package dev.steward.domain.lab;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.steward.ml.forecast.Backtest;
import dev.steward.ml.score.DieboldMariano;
import dev.steward.ml.score.PairedBootstrap;
import dev.steward.model.Artifact;
import dev.steward.model.Json;
import dev.steward.model.LabProblem;
import dev.steward.model.RunId;
import dev.steward.storage.Blobs;
import dev.steward.storage.State;
import dev.steward.storage.Tables;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How well several methods forecast the same origins: the artefact {@code scores.json} of a run.
 * The cases are in the order of the data set's series, so that runs on the same data set, with as
 * many origins, can be compared case by case.
 *
 * @param problem which says by which error methods are compared: the middle's for a forecast, all
 *     quantiles' for a peak, whose upper ones are what is decided by
 * @param methods by name; {@code model} is the run's own
 * @param groups the cases of groups of series, by the group's name
 * @param series how many were learnt from
 * @param test how the model that came of it did on the newest steps, which nothing was chosen by;
 *     null if the data set keeps none for that
 * @param peakMegabytes resident in the process that learnt; null where it is not told
 */
public record Scoreboard(
    LabProblem problem,
    int season,
    int horizon,
    int origins,
    Map<String, Backtest> methods,
    Map<String, int[]> groups,
    int series,
    @Nullable Long peakMegabytes,
    @Nullable Backtest test) {
  public static final String FILE = "scores.json";
  public static final String MODEL = "model";

  /** Before the version of what was served when this run was judged. */
  public static final String CHAMPION = "champion version ";

  public Scoreboard {
    // Files from before there were several problems have none.
    problem = Objects.requireNonNullElse(problem, LabProblem.FORECAST);
    methods = new LinkedHashMap<>(methods);
    groups = groups == null ? Map.of() : new LinkedHashMap<>(groups);
  }

  /** The best method that is not learnt, by its mean error. */
  @JsonIgnore
  public String bestBaseline() {
    return methods.entrySet().stream()
        .filter(m -> m.getKey().startsWith("baseline "))
        .min((a, b) ->
            Double.compare(
                Backtest.mean(errors(a.getValue())), Backtest.mean(errors(b.getValue()))))
        .map(Map.Entry::getKey)
        .orElse(MODEL);
  }

  /**
   * Whether the first of two lists of errors, a case each, is less: by the paired bootstrap, or for
   * a single series, whose origins depend on each other, by Diebold and Mariano.
   */
  public PairedBootstrap.Result difference(double[] first, double[] second) {
    return series == 1
        ? DieboldMariano.of(first, second, 1)
        : PairedBootstrap.of(first, second, PairedBootstrap.DRAWS, 1);
  }

  /** The name of that test. */
  public String testName() {
    return series == 1 ? "diebold-mariano" : "paired bootstrap";
  }

  /** What a run's scores are; empty while there are none. */
  public static Optional<Scoreboard> of(State state, Blobs blobs, RunId run) {
    return state
        .find(Tables.ARTIFACTS, Artifact.key(run, FILE))
        .flatMap(a -> blobs.get(a.sha256()))
        .map(bytes -> Json.read(bytes, Scoreboard.class));
  }

  /**
   * The model beside the best baseline.
   *
   * @param better {@code model}, the baseline, or {@code tie}
   */
  record Comparison(
      String baseline, PairedBootstrap.Result result, String better, String summary) {}

  Comparison compare() {
    String baseline = bestBaseline();
    double[] model = errors(MODEL);
    double[] rule = errors(baseline);
    PairedBootstrap.Result result = difference(model, rule);
    String better = result.tie() ? "tie" : result.difference() < 0 ? MODEL : baseline;
    return new Comparison(
        baseline,
        result,
        better,
        String.format(
            Locale.ROOT,
            "%s %.3f beside %.3f of %s: %s",
            errorName().toUpperCase(Locale.ROOT),
            Backtest.mean(model),
            Backtest.mean(rule),
            baseline,
            result.tie()
                ? "a tie"
                : better.equals(MODEL) ? "better" : "worse; the rule should be served"));
  }

  /** The same with what the last judgement came to. */
  public Scoreboard tested(@Nullable Backtest last) {
    return new Scoreboard(
        problem, season, horizon, origins, methods, groups, series, peakMegabytes, last);
  }

  /** What methods are compared by, one a case. */
  public double[] errors(Backtest scores) {
    return problem == LabProblem.RIGHTSIZING ? scores.pinball() : scores.mase();
  }

  /** Its name, as metrics of runs have it. */
  public String errorName() {
    return problem == LabProblem.RIGHTSIZING ? "pinball" : "mase";
  }

  /** What was served when this run was judged; empty if nothing was that tells the same. */
  @JsonIgnore
  public Optional<String> champion() {
    return methods.keySet().stream().filter(m -> m.startsWith(CHAMPION)).findFirst();
  }

  /**
   * Whether people should be asked to serve it: no rule is as good, and what is served not better.
   */
  boolean isWorthAsking(Comparison comparison) {
    return comparison.better().equals(MODEL)
        && champion().stream()
            .map(name -> difference(errors(MODEL), errors(name)))
            .noneMatch(d -> !d.tie() && d.difference() > 0);
  }

  /** The model beside what was served then, in words; empty if nothing was. */
  Optional<String> besideChampion() {
    return champion()
        .map(name -> {
          PairedBootstrap.Result result = difference(errors(MODEL), errors(name));
          return String.format(
              Locale.ROOT,
              "%s: %s %+.3f (%.3f to %.3f), %s",
              name,
              errorName(),
              result.difference(),
              result.low(),
              result.high(),
              result.tie() ? "a tie" : result.difference() < 0 ? "better" : "worse");
        });
  }

  /**
   * Groups of series for which the model is worse than what was served then, or than the best rule:
   * with an error that chance does not explain, adjusted for the number of groups (Holm).
   */
  List<String> groupsMadeWorse() {
    String other = champion().orElse(bestBaseline());
    double[] model = errors(MODEL);
    double[] beside = errors(other);
    List<String> names = List.copyOf(groups.keySet());
    List<PairedBootstrap.Result> results =
        names.stream()
            .map(name -> {
              int[] cases = groups.getOrDefault(name, new int[0]);
              return PairedBootstrap.of(
                  pick(model, cases), pick(beside, cases), PairedBootstrap.DRAWS, 1);
            })
            .toList();
    double[] adjusted =
        PairedBootstrap.holm(results.stream().mapToDouble(PairedBootstrap.Result::p).toArray());
    List<String> worse = new ArrayList<>();
    for (int i = 0; i < adjusted.length; i++)
      if (adjusted[i] < 0.05 && results.get(i).difference() > 0)
        worse.add(
            String.format(Locale.ROOT, "%s %+.3f", names.get(i), results.get(i).difference()));
    return worse;
  }

  private static double[] pick(double[] values, int[] cases) {
    return Arrays.stream(cases).mapToDouble(i -> values[i]).toArray();
  }

  /**
   * What methods are compared by, one a case.
   *
   * @throws IllegalArgumentException if the method was not judged
   */
  public double[] errors(String method) {
    Backtest scores = methods.get(method);
    if (scores == null) throw new IllegalArgumentException("there are no scores of " + method);
    return errors(scores);
  }
}
