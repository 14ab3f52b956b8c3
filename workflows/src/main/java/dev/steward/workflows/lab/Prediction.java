package dev.steward.workflows.lab;

import dev.steward.model.OrganizationId;
import dev.steward.model.PredictionId;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Forecasts every series of a data set. */
@WorkflowInterface
public interface Prediction {
  record Input(PredictionId prediction, OrganizationId organization) {}

  record Outcome(String status) {}

  @WorkflowMethod(name = "Prediction")
  Outcome predict(Input input);
}
