package dev.steward.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A search for good settings: a run whose children are trainings.
 *
 * @param run the parent of all trials
 * @param candidates the settings that are tried, in this order
 * @param epochs of a whole training
 * @param budgetMinutes of training, all trials together
 * @param budgetUsd the same in dollars, at {@code usdPerHour}
 * @param trials what was begun, in this order
 * @param stopping somebody asked it to stop
 */
@Copied
public record Search(
    RunId run,
    OrganizationId organization,
    ExperimentId experiment,
    DataSetId dataSet,
    LabProblem problem,
    String model,
    Method method,
    List<Map<String, Double>> candidates,
    int origins,
    int epochs,
    double budgetMinutes,
    double budgetUsd,
    double usdPerHour,
    List<Trial> trials,
    boolean stopping) {
  /** How candidates are tried. */
  public enum Method {
    /** Each as long as the others (Bergstra and Bengio 2012). */
    RANDOM,
    /** All a little, the better third longer, and so on (Jamieson and Talwalkar 2016). */
    SUCCESSIVE_HALVING
  }

  /**
   * A candidate that is or was trained.
   *
   * @param rung from 0; only the last one trains the whole number of epochs
   */
  public record Trial(RunId run, int candidate, int rung) {}

  public Search {
    // Rows from before there were several problems have none.
    problem = Objects.requireNonNullElse(problem, LabProblem.FORECAST);
    candidates = List.copyOf(candidates);
    trials = List.copyOf(trials);
  }

  public Search began(Trial trial) {
    List<Trial> more = new ArrayList<>(trials);
    more.add(trial);
    return SearchBuilder.builder(this).trials(more).build();
  }

  public Search stop() {
    return SearchBuilder.builder(this).stopping(true).build();
  }
}
