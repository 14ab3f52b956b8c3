package dev.steward.workflows.lab;

import dev.steward.model.job.Jobs.PromotionRef;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Waits until people have decided about a model, and makes it the champion if they agree. */
@WorkflowInterface
public interface PromotionWorkflow {

  record Outcome(String status) {}

  @WorkflowMethod(name = "Promotion")
  Outcome promote(PromotionRef input);

  /** Look again. */
  @SignalMethod(name = "nudge")
  void nudge();
}
