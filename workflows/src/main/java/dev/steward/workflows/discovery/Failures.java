package dev.steward.workflows.discovery;

import dev.steward.model.Coverage;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import org.jspecify.annotations.Nullable;

/** Reads what became of a question from the failure that ended it. */
public final class Failures {
  /** The {@link ApplicationFailure} types that activities raise about AWS. */
  public static final String THROTTLED = "Throttled";

  public static final String EXPIRED = "CredentialsExpired";
  public static final String UNAVAILABLE = "AwsUnavailable";
  public static final String REJECTED = "AwsRejected";
  public static final String DENIED = "AwsDenied";
  public static final String GONE = "AwsGone";
  public static final String BUSY = "AwsBusy";
  public static final String UNREACHABLE = "AwsUnreachable";

  /** The region or the service in it. */
  public static final String NOT_THERE = "AwsNotThere";

  private Failures() {}

  public static Coverage coverage(ActivityFailure failure) {
    ApplicationFailure known = known(failure);
    if (known == null) return Coverage.FAILED;
    return switch (known.getType()) {
      case THROTTLED -> Coverage.THROTTLED;
      case DENIED -> Coverage.DENIED;
      case NOT_THERE -> Coverage.UNAVAILABLE;
      default -> Coverage.FAILED;
    };
  }

  /** What happened, with the code that AWS gave for it. */
  public static String detail(ActivityFailure failure) {
    ApplicationFailure known = known(failure);
    if (known == null) return "AWS did not answer in time";
    String said = known.getOriginalMessage();
    return switch (known.getType()) {
      case THROTTLED -> "throttled for too long; " + said;
      case UNAVAILABLE, UNREACHABLE -> "AWS did not answer in time; " + said;
      case EXPIRED -> "no session lasted; " + said;
      case BUSY, REJECTED, DENIED, GONE, NOT_THERE -> said;
      // What is no answer of AWS may say more than others should read.
      default -> "it failed: " + known.getType();
    };
  }

  /** A time-out carries the last failure, which says why. */
  private static @Nullable ApplicationFailure known(ActivityFailure failure) {
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause())
      if (cause instanceof ApplicationFailure known) return known;
    return null;
  }
}
