package dev.steward.workflows.notifications;

import dev.steward.model.DeliveryId;
import dev.steward.model.OrganizationId;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Sends one notification, again and again until it is taken, or given up. */
@WorkflowInterface
public interface Delivery {
  record Input(DeliveryId delivery, OrganizationId organization) {}

  record Outcome(boolean sent) {}

  @WorkflowMethod(name = "Delivery")
  Outcome deliver(Input input);
}
