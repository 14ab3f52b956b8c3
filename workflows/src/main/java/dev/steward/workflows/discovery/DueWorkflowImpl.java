package dev.steward.workflows.discovery;

import dev.steward.model.job.Jobs.DueRef;
import dev.steward.workflows.Calls;

public final class DueWorkflowImpl implements DueWorkflow {
  @Override
  public void request(DueRef input) {
    Calls.store(Activities.class).request(input);
  }
}
