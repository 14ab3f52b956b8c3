package dev.steward.workflows.onboarding;

import dev.steward.model.job.Jobs;
import dev.steward.model.job.Jobs.AccountRef;
import dev.steward.workflows.Calls;
import io.temporal.workflow.Workflow;
import java.time.Duration;

public final class DisconnectionWorkflowImpl implements DisconnectionWorkflow {
  private final OnboardingActivities store = Calls.store(OnboardingActivities.class);

  @Override
  public void disconnect(AccountRef account) {
    // Credentials go first: whatever still runs can do nothing more.
    store.cleanUp(account);
    Calls.aws(
            Jobs.DISCONNECTION,
            ScheduleActivities.class,
            Duration.ofDays(7),
            "stop runs, drop schedules")
        .drop(account);
    store.cleanUp(account);
    // Histories from before disconnections were rows of the store end here.
    if (Workflow.getVersion("gone", Workflow.DEFAULT_VERSION, 1) == 1) store.gone(account);
  }
}
