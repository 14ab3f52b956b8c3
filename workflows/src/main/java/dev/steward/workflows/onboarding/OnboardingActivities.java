package dev.steward.workflows.onboarding;

import dev.steward.model.Check;
import dev.steward.model.Permission;
import dev.steward.model.job.Jobs.AccountRef;
import dev.steward.model.job.Jobs.AttemptRef;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What onboarding writes. Local activities; each is one transaction and idempotent by the
 * onboarding's attempt.
 */
@ActivityInterface
public interface OnboardingActivities {
  /**
   * @param proceed false when the attempt was already concluded or is not the newest
   * @param byKeys whether the connection is by access keys, which has no External ID to prove
   */
  record Begun(boolean proceed, boolean byKeys) {}

  @ActivityMethod(name = "OnboardingBegin")
  Begun begin(AttemptRef input);

  /**
   * @param awsAccount null when we never got in
   */
  record Conclusion(
      AttemptRef input,
      @Nullable String awsAccount,
      List<Check> checks,
      List<Permission> permissions) {
    public Conclusion {
      checks = List.copyOf(checks);
      permissions = List.copyOf(permissions);
    }
  }

  /**
   * Claims the AWS account, or says why not; writes the verdict, the account, the first discovery
   * and the event in one transaction.
   */
  @ActivityMethod(name = "OnboardingConclude")
  OnboardingVerificationWorkflow.Outcome conclude(Conclusion conclusion);

  /**
   * Removes what the cascade left for later: chunks, secrets and blobs of an account that is gone.
   */
  @ActivityMethod(name = "OnboardingCleanUp")
  void cleanUp(AccountRef account);

  /** Nothing is left of the account, so nothing is under way any more. */
  @ActivityMethod(name = "OnboardingGone")
  void gone(AccountRef account);
}
