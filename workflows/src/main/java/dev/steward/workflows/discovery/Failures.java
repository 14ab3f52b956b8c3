package dev.steward.workflows.discovery;

import dev.steward.model.Coverage;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;

/** Reads what became of a question from the failure that ended it. */
public final class Failures {
  /** The {@link ApplicationFailure} types that activities raise about AWS. */
  public static final String THROTTLED = "Throttled";

  public static final String EXPIRED = "CredentialsExpired";
  public static final String UNAVAILABLE = "AwsUnavailable";
  public static final String REJECTED = "AwsRejected";

  private Failures() {}

  public static Coverage coverage(ActivityFailure failure) {
    Throwable cause = failure.getCause();
    // A time-out carries the last failure, which says why.
    if (cause != null && cause.getCause() instanceof ApplicationFailure last) cause = last;
    return cause instanceof ApplicationFailure known && known.getType().equals(THROTTLED)
        ? Coverage.THROTTLED
        : Coverage.FAILED;
  }

  public static String detail(ActivityFailure failure) {
    return switch (coverage(failure)) {
      case THROTTLED -> "AWS throttled the calls for too long";
      default -> "AWS did not answer in time";
    };
  }
}
