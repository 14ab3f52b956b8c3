package dev.steward.ml.lab;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.steward.ml.forecast.Backtest;
import dev.steward.ml.score.PairedBootstrap;
import dev.steward.model.Artifact;
import dev.steward.model.Json;
import dev.steward.model.LabProblem;
import dev.steward.model.RunId;
import dev.steward.storage.Blobs;
import dev.steward.storage.State;
import dev.steward.storage.Tables;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How well several methods forecast the same origins: the artefact {@code scores.json} of a run.
 * The cases are in the order of the data set's series, so that runs on the same data set, with as
 * many origins, can be compared case by case.
 *
 * @param problem which says by which error methods are compared: the middle's for a forecast, all
 *     quantiles' for a peak, whose upper ones are what is decided by
 * @param methods by name; {@code model} is the run's own
 */
public record Scoreboard(
    LabProblem problem, int season, int horizon, int origins, Map<String, Backtest> methods) {
  public static final String FILE = "scores.json";
  public static final String MODEL = "model";

  public Scoreboard {
    // Files from before there were several problems have none.
    problem = Objects.requireNonNullElse(problem, LabProblem.FORECAST);
    methods = new LinkedHashMap<>(methods);
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
    PairedBootstrap.Result result = PairedBootstrap.of(model, rule, PairedBootstrap.DRAWS, 1);
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

  /** What methods are compared by, one a case. */
  public double[] errors(Backtest scores) {
    return problem == LabProblem.RIGHTSIZING ? scores.pinball() : scores.mase();
  }

  /** Its name, as metrics of runs have it. */
  public String errorName() {
    return problem == LabProblem.RIGHTSIZING ? "pinball" : "mase";
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
