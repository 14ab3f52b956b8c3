package dev.steward.workflows.onboarding;

import dev.steward.model.Account;
import dev.steward.model.AccountId;
import dev.steward.model.Onboarding;
import dev.steward.model.job.Jobs.AttemptRef;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import org.jspecify.annotations.Nullable;

/**
 * Proves that a connection works and is safe: the role can be assumed with its External ID, and
 * cannot without it or with another one. Then claims the AWS account for the organization and
 * starts discovery. Runs again on demand and by schedule.
 */
@WorkflowInterface
public interface OnboardingVerificationWorkflow {

  /**
   * @param status CONNECTED, DEGRADED or FAILED
   * @param reason why it failed, for the customer
   */
  record Outcome(
      Onboarding.Status status,
      @Nullable AccountId account,
      Account.@Nullable Status accountStatus,
      @Nullable String reason) {}

  @WorkflowMethod(name = "OnboardingVerification")
  Outcome verify(AttemptRef input);
}
