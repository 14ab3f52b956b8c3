package dev.steward.workflows.lab;

import dev.steward.model.job.Jobs;
import dev.steward.model.job.Jobs.PredictionRef;
import dev.steward.workflows.Attributes;
import dev.steward.workflows.Calls;
import dev.steward.workflows.lab.PredictionRecords.Unpredictable;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Workflow;

public final class PredictionWorkflowImpl implements PredictionWorkflow {
  private final PredictionRecords store = Calls.store(PredictionRecords.class);

  @Override
  public Outcome predict(PredictionRef input) {
    PredictionActivities ml =
        Calls.ml(Jobs.PREDICTION, PredictionActivities.class, "prediction " + input.prediction());
    Outcome outcome;
    try {
      outcome = ml.forecast(input);
    } catch (CanceledFailure cancelled) {
      outcome = failed(input, "cancelled");
    } catch (ActivityFailure failure) {
      outcome =
          failed(
              input,
              switch (failure.getCause()) {
                case ApplicationFailure known -> known.getOriginalMessage();
                case CanceledFailure cancelled -> "cancelled";
                case null, default -> "it failed";
              });
    }
    Workflow.upsertTypedSearchAttributes(Attributes.STAGE.valueSet(outcome.status()));
    return outcome;
  }

  private Outcome failed(PredictionRef input, String why) {
    return Calls.evenIfCancelled(() -> store.failed(new Unpredictable(input, why)));
  }
}
