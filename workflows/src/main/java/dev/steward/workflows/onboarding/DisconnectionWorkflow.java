package dev.steward.workflows.onboarding;

import dev.steward.model.job.Jobs.AccountRef;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * After the cascade has removed an account: stops what runs, drops schedules, destroys credentials,
 * deletes what is left.
 */
@WorkflowInterface
public interface DisconnectionWorkflow {
  @WorkflowMethod(name = "Disconnection")
  void disconnect(AccountRef account);
}
