package dev.steward.workflows.lab;

import dev.steward.model.OrganizationId;
import dev.steward.model.PromotionId;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Waits until people have decided about a model, and makes it the champion if they agree. */
@WorkflowInterface
public interface Promotion {
  record Input(PromotionId promotion, OrganizationId organization) {}

  record Outcome(String status) {}

  @WorkflowMethod(name = "Promotion")
  Outcome promote(Input input);

  /** Look again. */
  @SignalMethod(name = "nudge")
  void nudge();
}
