package dev.steward.workflows.lab;

import dev.steward.workflows.Calls;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;

public final class WatchImpl implements Watch {
  private static final int LOOKS = 100;

  private final WatchActivities ml;
  private final Input input;
  private boolean nudged;

  @WorkflowInit
  public WatchImpl(Input input) {
    this.input = input;
    ml = Calls.forecasts(WatchActivities.class, "watch " + input.model());
  }

  @Override
  public void watch(Input same) {
    for (int look = 0; look < LOOKS; look++) {
      // Before the look, so that what comes during it makes for another one.
      nudged = false;
      if (!ml.look(input)) return;
      Workflow.await(Duration.ofDays(1), () -> nudged);
    }
    Workflow.newContinueAsNewStub(Watch.class).watch(input);
  }

  @Override
  public void nudge() {
    nudged = true;
  }
}
