package dev.steward.aws;

import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.sts.model.StsException;

/**
 * What a failed call means, whichever protocol it came by. Which code is which stands in {@link
 * AwsCodes}; whether to try again, whether to slow down and what the coverage record says follow
 * from it.
 */
public enum AwsError {
  /** No answer, or a server error; later will do. */
  PASSING,
  /** Too many calls; later and slower will do. The only one that slows us down. */
  THROTTLED,
  /**
   * The resource is on its way to another state, as AWS documents; later will do, within bounds.
   */
  BUSY,
  /** The name of the endpoint is not known: a region that is not there, or our own name service. */
  UNREACHABLE,
  /** The session has ended; a new one will do. */
  EXPIRED,
  /** AWS does not accept the request; asking again will not help. */
  PERMANENT,
  /** What was asked for does not exist. */
  GONE,
  /** The caller lacks a permission. */
  DENIED,
  /** The credentials are wrong or were deleted, or are not known in a region that is disabled. */
  BAD_CREDENTIALS,
  /** The region is not enabled, or the service is not in it or not subscribed to. */
  UNAVAILABLE;

  /** Named where no answer came. */
  static final String NO_ANSWER = "no answer";

  static final String NO_ENDPOINT = "endpoint unknown";

  public static AwsError of(Throwable thrown) {
    if (thrown instanceof SamePage.Again) return PERMANENT;
    if (!(thrown instanceof SdkServiceException service))
      return isUnknownHost(thrown) ? UNREACHABLE : PASSING;
    return AwsCodes.meaning(code(service), service.statusCode());
  }

  /** What a code alone says, as a resource that lacks details names it. */
  public static AwsError named(String code) {
    return AwsCodes.meaning(code, 0);
  }

  /** Whether the error says that what was asked for does not exist. */
  public static boolean isAbsent(Throwable thrown) {
    return of(thrown) == GONE;
  }

  /**
   * Whether one of the codes, separated by commas, says that a permission is missing.
   *
   * @param codes as a resource that lacks details names them
   */
  public static boolean isDenied(@Nullable String codes) {
    return codes != null && Arrays.stream(codes.split(",", -1)).anyMatch(c -> named(c) == DENIED);
  }

  /** Whether it is STS that refuses, so that nothing was asked of the service yet. */
  public static boolean isOfSts(Throwable thrown) {
    return thrown instanceof StsException;
  }

  /** Whether the same call may be answered when it is sent again. */
  public boolean passes() {
    return switch (this) {
      case PASSING, THROTTLED, BUSY, UNREACHABLE, EXPIRED -> true;
      case PERMANENT, GONE, DENIED, BAD_CREDENTIALS, UNAVAILABLE -> false;
    };
  }

  /** The error's name, with nothing of the message: that may quote the request. */
  public static String code(Throwable thrown) {
    if (thrown instanceof AwsServiceException aws && aws.awsErrorDetails() != null) {
      String code = aws.awsErrorDetails().errorCode();
      if (code != null && !code.isEmpty()) return code;
    }
    if (thrown instanceof SdkServiceException service) return "HTTP " + service.statusCode();
    if (thrown instanceof SamePage.Again) return SamePage.WHAT;
    return isUnknownHost(thrown) ? NO_ENDPOINT : NO_ANSWER;
  }

  private static boolean isUnknownHost(Throwable thrown) {
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < 10; depth++, cause = cause.getCause())
      if (cause instanceof UnknownHostException) return true;
    return false;
  }
}
