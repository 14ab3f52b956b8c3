package dev.steward.workflows.onboarding;

import dev.steward.model.OnboardingId;
import dev.steward.model.Permission;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What verification asks of AWS. Only reads, so repeating a call does no harm. Task queue {@code
 * aws}.
 */
@ActivityInterface
public interface ConnectionActivities {
  /** How the role is tried. */
  enum Attempt {
    WITH_EXTERNAL_ID,
    WITHOUT_EXTERNAL_ID,
    WITH_WRONG_EXTERNAL_ID
  }

  record AssumeRequest(OnboardingId onboarding, Attempt attempt) {}

  /**
   * @param allowed whether AWS let us in
   * @param awsAccount the account we then were in
   * @param detail what AWS said, without secrets
   */
  record Assumption(boolean allowed, @Nullable String awsAccount, String detail) {}

  /**
   * Tries to get in, by role or by the sealed keys. A refusal is an outcome; throttling and outages
   * are failures and retried.
   */
  @ActivityMethod(name = "ConnectionAssume")
  Assumption assume(AssumeRequest request);

  /** Tries one cheap call for each kind of the catalogue. Heart-beats. */
  @ActivityMethod(name = "ConnectionPermissions")
  List<Permission> permissions(OnboardingId onboarding);
}
