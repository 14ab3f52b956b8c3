package dev.steward.workflows.notifications;

import dev.steward.model.job.Jobs.DeliveryRef;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Sends one notification, again and again until it is taken, or given up. */
@WorkflowInterface
public interface DeliveryWorkflow {

  record Outcome(boolean sent) {}

  @WorkflowMethod(name = "Delivery")
  Outcome deliver(DeliveryRef input);
}
