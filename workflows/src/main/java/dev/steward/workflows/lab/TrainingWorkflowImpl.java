package dev.steward.workflows.lab;

import dev.steward.model.job.Jobs;
import dev.steward.model.job.Jobs.RunRef;
import dev.steward.workflows.Attributes;
import dev.steward.workflows.Calls;
import dev.steward.workflows.lab.TrainingActivities.Learnt;
import dev.steward.workflows.lab.TrainingRecords.End;
import dev.steward.workflows.lab.TrainingRecords.Failure;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Workflow;

public final class TrainingWorkflowImpl implements TrainingWorkflow {
  /** Cancelled before it was picked up, or in a way that it could not answer. */
  private static final Learnt UNHEARD = new Learnt(true, "");

  private final TrainingRecords store = Calls.store(TrainingRecords.class);

  @Override
  public Outcome train(RunRef input) {
    if (!store.begin(input)) return new Outcome("KILLED", 0, "it was over before it began");
    TrainingActivities ml = Calls.ml(Jobs.TRAINING, TrainingActivities.class, "run " + input.run());
    Outcome outcome = learn(input, ml);
    Workflow.upsertTypedSearchAttributes(Attributes.STAGE.valueSet(outcome.status()));
    Workflow.setCurrentDetails(outcome.summary());
    return outcome;
  }

  private Outcome learn(RunRef input, TrainingActivities ml) {
    Learnt learnt;
    try {
      learnt = ml.learn(input);
    } catch (CanceledFailure cancelled) {
      learnt = UNHEARD;
    } catch (ActivityFailure failure) {
      if (!(failure.getCause() instanceof CanceledFailure)) return failed(input, failure);
      learnt = UNHEARD;
    }
    Learnt end = learnt;
    return Calls.evenIfCancelled(() -> store.finish(new End(input, end)));
  }

  private Outcome failed(RunRef input, ActivityFailure failure) {
    String why =
        failure.getCause() instanceof ApplicationFailure known
            ? known.getOriginalMessage()
            : "it failed";
    return Calls.evenIfCancelled(() -> store.failed(new Failure(input, why)));
  }
}
