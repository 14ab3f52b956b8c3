package dev.steward.activities.aws;

import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/** What a failed call means, whichever protocol it came by. */
public enum AwsError {
  /** The caller lacks a permission. */
  DENIED,
  /** The credentials are wrong or were deleted. */
  BAD_CREDENTIALS,
  /** The session has ended; a new one will do. */
  EXPIRED,
  /** Too many calls; later will do. */
  THROTTLED,
  /** No answer, or a server error; later will do. */
  UNAVAILABLE,
  /** AWS does not accept the request; asking again will not help. */
  REJECTED;

  private static final Set<String> BAD =
      Set.of(
          "InvalidClientTokenId",
          "AuthFailure",
          "UnrecognizedClientException",
          "SignatureDoesNotMatch",
          "InvalidAccessKeyId",
          "InvalidSignatureException");
  private static final Set<String> OVER =
      Set.of("ExpiredToken", "ExpiredTokenException", "RequestExpired");
  private static final Set<String> SLOW =
      Set.of(
          "RequestLimitExceeded",
          "SlowDown",
          "Throttling",
          "ThrottlingException",
          "TooManyRequestsException",
          "RequestThrottled",
          // A volume takes one modification in six hours; another state is under way.
          "VolumeModificationRateExceeded",
          "IncorrectModificationState",
          "SnapshotCreationPerVolumeRateExceeded",
          "InvalidDBInstanceState",
          "InvalidDBInstanceStateFault",
          "InvalidDBSnapshotState");

  public static AwsError of(Throwable thrown) {
    if (!(thrown instanceof SdkServiceException service)) return UNAVAILABLE;
    String code = code(service);
    if (OVER.contains(code)) return EXPIRED;
    if (BAD.contains(code)) return BAD_CREDENTIALS;
    if (SLOW.contains(code) || service.isThrottlingException()) return THROTTLED;
    if (service.statusCode() >= 500) return UNAVAILABLE;
    return service.statusCode() == 403
            || code.startsWith("AccessDenied")
            || code.equals("UnauthorizedOperation")
        ? DENIED
        : REJECTED;
  }

  /** Whether the error says that what was asked for does not exist. */
  public static boolean isAbsent(Throwable thrown) {
    String code = code(thrown);
    return code.contains("NotFound")
        || code.startsWith("NoSuch")
        || code.equals("InvalidAMIID.Unavailable");
  }

  /** The error's name, with nothing of the message: that may quote the request. */
  public static String code(Throwable thrown) {
    if (thrown instanceof AwsServiceException aws && aws.awsErrorDetails() != null) {
      String code = aws.awsErrorDetails().errorCode();
      if (code != null) return code;
    }
    return thrown instanceof SdkServiceException service
        ? "HTTP " + service.statusCode()
        : "no answer";
  }
}
