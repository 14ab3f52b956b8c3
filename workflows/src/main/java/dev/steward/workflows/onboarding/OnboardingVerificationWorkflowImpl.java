package dev.steward.workflows.onboarding;

import dev.steward.model.Check;
import dev.steward.model.Onboarding;
import dev.steward.model.Permission;
import dev.steward.model.job.Jobs;
import dev.steward.model.job.Jobs.AccountRef;
import dev.steward.model.job.Jobs.AttemptRef;
import dev.steward.workflows.Attributes;
import dev.steward.workflows.Calls;
import dev.steward.workflows.onboarding.ConnectionActivities.AssumeRequest;
import dev.steward.workflows.onboarding.ConnectionActivities.Assumption;
import dev.steward.workflows.onboarding.ConnectionActivities.Attempt;
import dev.steward.workflows.onboarding.OnboardingActivities.Begun;
import dev.steward.workflows.onboarding.OnboardingActivities.Conclusion;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

public final class OnboardingVerificationWorkflowImpl implements OnboardingVerificationWorkflow {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String TRUST_FIX =
      "add the condition StringEquals sts:ExternalId to the role's trust policy; the generated template has it";

  private final OnboardingActivities store = Calls.store(OnboardingActivities.class);
  private final List<Check> checks = new ArrayList<>();
  private List<Permission> permissions = List.of();
  private @Nullable String awsAccount;

  @Override
  public Outcome verify(AttemptRef input) {
    Begun begun = store.begin(input);
    if (!begun.proceed()) return new Outcome(Onboarding.Status.VERIFYING, null, null, "superseded");
    try {
      prove(input, begun.byKeys());
    } catch (ActivityFailure failure) {
      if (failure.getCause() instanceof CanceledFailure) throw failure;
      checks.add(
          new Check(
              "aws_answers",
              false,
              "AWS could not be asked for " + PATIENCE.toMinutes() + " minutes",
              "verify again later"));
    }
    Outcome outcome = store.conclude(new Conclusion(input, awsAccount, checks, permissions));
    Workflow.upsertTypedSearchAttributes(Attributes.STAGE.valueSet(outcome.status().name()));
    Workflow.setCurrentDetails(details(outcome));
    if (outcome.account() != null)
      Calls.aws(Jobs.VERIFICATION, ScheduleActivities.class, Duration.ofHours(1), "schedules")
          .ensure(new AccountRef(outcome.account(), input.organization()));
    return outcome;
  }

  /** Stops at the first step that fails: what comes after would only repeat its reason. */
  private void prove(AttemptRef input, boolean byKeys) {
    Assumption inside = assume(input, Attempt.WITH_EXTERNAL_ID);
    checks.add(
        byKeys
            ? new Check(
                "keys_are_valid",
                inside.allowed(),
                inside.detail(),
                inside.allowed() ? "" : "make new access keys and connect with them")
            : new Check(
                "role_can_be_assumed",
                inside.allowed(),
                inside.detail(),
                inside.allowed()
                    ? ""
                    : "deploy the generated template in the account, and give the role ARN from its outputs"));
    if (!inside.allowed()) return;
    if (!byKeys
        && !(refuses(input, Attempt.WITHOUT_EXTERNAL_ID, "refuses_without_external_id")
            && refuses(input, Attempt.WITH_WRONG_EXTERNAL_ID, "refuses_wrong_external_id"))) return;
    awsAccount = inside.awsAccount();
    permissions =
        Calls.aws(Jobs.VERIFICATION, ConnectionActivities.class, PATIENCE, "permission matrix")
            .permissions(input.onboarding());
  }

  private boolean refuses(AttemptRef input, Attempt attempt, String check) {
    Assumption open = assume(input, attempt);
    checks.add(
        new Check(
            check,
            !open.allowed(),
            open.allowed()
                ? "the role can be assumed "
                    + (attempt == Attempt.WITHOUT_EXTERNAL_ID
                        ? "without any External ID"
                        : "with a wrong External ID")
                : "refused, as it must be",
            open.allowed() ? TRUST_FIX : ""));
    return !open.allowed();
  }

  private static Assumption assume(AttemptRef input, Attempt attempt) {
    return Calls.aws(
            Jobs.VERIFICATION, ConnectionActivities.class, PATIENCE, "assume role " + attempt)
        .assume(new AssumeRequest(input.onboarding(), attempt));
  }

  private String details(Outcome outcome) {
    StringBuilder text = new StringBuilder("**" + outcome.status() + "**\n");
    for (Check check : checks)
      text.append("\n- ")
          .append(check.passed() ? "passed" : "FAILED")
          .append(": ")
          .append(check.name());
    return text.toString();
  }
}
