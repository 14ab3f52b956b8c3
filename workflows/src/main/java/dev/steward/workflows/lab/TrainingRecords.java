package dev.steward.workflows.lab;

import dev.steward.model.job.Jobs.RunRef;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** What a training writes. Local activities; each is one transaction and may be done again. */
@ActivityInterface
public interface TrainingRecords {
  /** False when it is over already, or was stopped before it began. */
  @ActivityMethod(name = "TrainingBegin")
  boolean begin(RunRef input);

  record End(RunRef input, TrainingActivities.Learnt learnt) {}

  /** Registers the model and says how it compares. */
  @ActivityMethod(name = "TrainingFinish")
  TrainingWorkflow.Outcome finish(End end);

  record Failure(RunRef input, String why) {}

  @ActivityMethod(name = "TrainingFailed")
  TrainingWorkflow.Outcome failed(Failure failure);
}
