package dev.steward.workflows.lab;

import dev.steward.model.job.Jobs.PredictionRef;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Forecasts every series of a data set. */
@WorkflowInterface
public interface PredictionWorkflow {

  record Outcome(String status) {}

  @WorkflowMethod(name = "Prediction")
  Outcome predict(PredictionRef input);
}
