package dev.steward.ml.lab;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.steward.ml.forecast.Backtest;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How well several methods forecast the same origins: the artefact {@code scores.json} of a run.
 * The cases are in the order of the data set's series, so that runs on the same data set, with as
 * many origins, can be compared case by case.
 *
 * @param methods by name; {@code model} is the run's own
 */
public record Scoreboard(int season, int horizon, int origins, Map<String, Backtest> methods) {
  public static final String FILE = "scores.json";
  public static final String MODEL = "model";

  public Scoreboard {
    methods = new LinkedHashMap<>(methods);
  }

  /** The best method that is not learnt, by its mean scaled error. */
  @JsonIgnore
  public String bestBaseline() {
    return methods.entrySet().stream()
        .filter(m -> m.getKey().startsWith("baseline "))
        .min((a, b) ->
            Double.compare(Backtest.mean(a.getValue().mase()), Backtest.mean(b.getValue().mase())))
        .map(Map.Entry::getKey)
        .orElse(MODEL);
  }
}
