package dev.steward.workflows.lab;

import dev.steward.model.job.Jobs.PredictionRef;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** What a batch of forecasts writes when it cannot be computed. A local activity. */
@ActivityInterface
public interface PredictionRecords {
  record Unpredictable(PredictionRef input, String why) {}

  @ActivityMethod(name = "PredictionFailed")
  PredictionWorkflow.Outcome failed(Unpredictable unpredictable);
}
