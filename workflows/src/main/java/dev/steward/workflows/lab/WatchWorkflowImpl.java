package dev.steward.workflows.lab;

import dev.steward.model.job.Jobs;
import dev.steward.model.job.Jobs.WatchRef;
import dev.steward.workflows.Calls;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;

public final class WatchWorkflowImpl implements WatchWorkflow {
  private static final int LOOKS = 100;

  private final WatchActivities ml;
  private final WatchRef input;
  private boolean nudged;

  @WorkflowInit
  public WatchWorkflowImpl(WatchRef input) {
    this.input = input;
    ml = Calls.ml(Jobs.WATCH, WatchActivities.class, "watch " + input.model());
  }

  @Override
  public void watch(WatchRef same) {
    for (int look = 0; look < LOOKS; look++) {
      // Before the look, so that what comes during it makes for another one.
      nudged = false;
      if (!ml.look(input)) return;
      Workflow.await(Duration.ofDays(1), () -> nudged);
    }
    Workflow.newContinueAsNewStub(WatchWorkflow.class).watch(input);
  }

  @Override
  public void nudge() {
    nudged = true;
  }
}
