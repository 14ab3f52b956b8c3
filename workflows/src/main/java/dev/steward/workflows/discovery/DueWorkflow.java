package dev.steward.workflows.discovery;

import dev.steward.model.job.Jobs.DueRef;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * What a schedule starts: it asks for the work as a user would, so that a running one is joined and
 * never doubled.
 */
@WorkflowInterface
public interface DueWorkflow {
  @WorkflowMethod(name = "Due")
  void request(DueRef input);

  /** Writes the intent, unless the account is gone or the work is under way. */
  @ActivityInterface
  interface Activities {
    @ActivityMethod(name = "DueRequest")
    void request(DueRef input);
  }
}
