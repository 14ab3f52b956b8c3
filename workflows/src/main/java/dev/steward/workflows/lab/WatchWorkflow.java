package dev.steward.workflows.lab;

import dev.steward.model.job.Jobs.WatchRef;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Looks every day how a model that is served does, as long as it is. */
@WorkflowInterface
public interface WatchWorkflow {

  @WorkflowMethod(name = "Watch")
  void watch(WatchRef input);

  /** Look again. */
  @SignalMethod(name = "nudge")
  void nudge();
}
