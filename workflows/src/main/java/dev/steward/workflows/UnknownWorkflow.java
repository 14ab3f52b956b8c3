package dev.steward.workflows;

import io.temporal.common.converter.EncodedValues;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.DynamicWorkflow;
import io.temporal.workflow.Workflow;

/** A run of a type that there is none of ends at once, where it would be tried again for ever. */
public final class UnknownWorkflow implements DynamicWorkflow {
  @Override
  public Object execute(EncodedValues arguments) {
    throw ApplicationFailure.newNonRetryableFailure(
        "there is no workflow " + Workflow.getInfo().getWorkflowType(), Entrance.FOREIGN);
  }
}
