package dev.steward.workflows.lab;

import dev.steward.model.job.Jobs.RunRef;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** The computation of a training. Task queue {@code ml}. */
@ActivityInterface
public interface TrainingActivities {
  /**
   * @param stopped somebody asked for it
   * @param engine what computed it
   */
  record Learnt(boolean stopped, String engine) {}

  /**
   * Learns, an epoch after the other, from the last state that was kept; keeps the model and its
   * scores as files of the run. Heart-beats.
   */
  @ActivityMethod(name = "TrainingLearn")
  Learnt learn(RunRef input);
}
