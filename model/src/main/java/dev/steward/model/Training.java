package dev.steward.model;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A run of ours that learns: what was asked for, and how far it is.
 *
 * @param problem what it learns to tell
 * @param model the registered model whose next version it becomes
 * @param settings what differs from the usual
 * @param origins how many horizons are held back to look how well they are forecast
 * @param trial of a search, which registers the best of all
 * @param stopping somebody asked it to stop; it keeps what it learnt
 * @param checkpoint the blob to go on from; null before the first epoch
 */
@Copied
public record Training(
    RunId run,
    OrganizationId organization,
    DataSetId dataSet,
    LabProblem problem,
    String model,
    Map<String, Double> settings,
    int origins,
    boolean trial,
    boolean stopping,
    Progress progress,
    @Nullable String checkpoint) {
  /**
   * How far it is.
   *
   * @param loss of the last epoch, in seasonal steps; null before it
   * @param seconds of work so far
   */
  public record Progress(
      int epoch, int epochs, @Nullable Double loss, double seconds, @Nullable Instant at) {
    /** What the rest will take if it goes on as so far; null before the first epoch. */
    public @Nullable Double secondsLeft() {
      return epoch == 0 ? null : seconds / epoch * (epochs - epoch);
    }
  }

  public Training {
    // Rows from before there were several problems have none.
    problem = Objects.requireNonNullElse(problem, LabProblem.FORECAST);
    settings = Map.copyOf(settings);
  }

  public Training at(Progress now, @Nullable String state) {
    return TrainingBuilder.builder(this).progress(now).checkpoint(state).build();
  }

  public Training stop() {
    return TrainingBuilder.builder(this).stopping(true).build();
  }
}
