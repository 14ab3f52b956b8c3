package dev.steward.aws;

import static dev.steward.aws.AwsError.BAD_CREDENTIALS;
import static dev.steward.aws.AwsError.BUSY;
import static dev.steward.aws.AwsError.DENIED;
import static dev.steward.aws.AwsError.EXPIRED;
import static dev.steward.aws.AwsError.GONE;
import static dev.steward.aws.AwsError.PASSING;
import static dev.steward.aws.AwsError.PERMANENT;
import static dev.steward.aws.AwsError.THROTTLED;
import static dev.steward.aws.AwsError.UNAVAILABLE;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The error codes that AWS's API references name for the operations we call, and what each means.
 * Sources: the page "Common errors" of each API, "Error codes for the Amazon EC2 API", "Error
 * responses" of S3, and the errors of each operation.
 */
final class AwsCodes {
  /** How long a state of passage is waited for where the row does not say otherwise. */
  private static final Patience SOON = new Patience(15, Duration.ofMinutes(1));

  /** An endpoint that nobody knows may be a lapse of the name service; for a minute. */
  private static final Patience NAMES = new Patience(7, Duration.ofMinutes(1));

  /**
   * How often a call is sent again that met a state of passage.
   *
   * @param attempts at most
   * @param pause at most, between two of them
   */
  record Patience(int attempts, Duration pause) {}

  private record Row(AwsError meaning, List<String> codes) {
    static Row of(AwsError meaning, String... codes) {
      return new Row(meaning, List.of(codes));
    }
  }

  private static final List<Row> TABLE =
      List.of(
          Row.of(
              THROTTLED,
              // EC2
              "RequestLimitExceeded",
              "EC2ThrottledException",
              // S3
              "SlowDown",
              "RequestBandwidthExceeded",
              "BandwidthLimitExceeded",
              // common to query and JSON protocols
              "Throttling",
              "ThrottlingException",
              "ThrottledException",
              "ThrottlingFault",
              "RequestThrottled",
              "RequestThrottledException",
              "TooManyRequests",
              "TooManyRequestsException",
              "PriorRequestNotComplete",
              "TransactionInProgressException",
              // DynamoDB, Cost Explorer
              "ProvisionedThroughputExceededException"),
          Row.of(
              PASSING,
              "InternalError",
              "InternalFailure",
              "InternalServerError",
              "InternalServiceError",
              "InternalServiceFault",
              "InternalServiceException",
              "ServiceException",
              "ServerInternal",
              "ServiceUnavailable",
              "ServiceUnavailableException",
              "Unavailable",
              "RequestTimeout",
              "RequestTimeoutException",
              "RequestTimedOut",
              // Both are made anew with the next call: our clock against theirs.
              "RequestTimeTooSkewed",
              "RequestInTheFuture",
              "OperationAborted",
              "ConcurrentModification",
              "ConcurrentModificationException",
              // CloudWatch Logs: several requests change the same group.
              "OperationAbortedException",
              "IDPCommunicationError"),
          Row.of(
              BUSY,
              // EC2: the resource is in a state of passage.
              "IncorrectInstanceState",
              "IncorrectState",
              "IncorrectModificationState",
              "VolumeModificationRateExceeded",
              "SnapshotCreationPerVolumeRateExceeded",
              "ConcurrentSnapshotLimitExceeded",
              "ConcurrentCreateImageNoSnapshotLimitExceeded",
              "PendingSnapshotLimitExceeded",
              "InsufficientInstanceCapacity",
              "InsufficientAddressCapacity",
              // RDS: a backup or a modification is under way, for minutes as a rule.
              "InvalidDBInstanceState",
              "InvalidDBInstanceStateFault",
              "InvalidDBSnapshotState",
              "InvalidDBSnapshotStateFault",
              "InvalidDBClusterStateFault",
              "InsufficientDBInstanceCapacity",
              "InsufficientDBInstanceCapacityFault",
              // DynamoDB, Lambda
              "ResourceInUseException",
              "ResourceConflictException",
              "ResourceNotReadyException"),
          Row.of(EXPIRED, "ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired"),
          // EC2 calls an expired session so; for a request that lay too long a new one will do,
          // too.
          Row.of(EXPIRED, "RequestExpired"),
          Row.of(
              BAD_CREDENTIALS,
              "AuthFailure",
              "InvalidAccessKeyId",
              "InvalidClientTokenId",
              "InvalidToken",
              "InvalidSignatureException",
              "SignatureDoesNotMatch",
              "UnrecognizedClientException",
              "MissingAuthenticationToken",
              "MissingAuthenticationTokenException",
              "IncompleteSignature",
              "IncompleteSignatureException",
              "NotSignedUp",
              "Blocked",
              "PendingVerification"),
          Row.of(
              DENIED,
              "AccessDenied",
              "AccessDeniedException",
              "AccessDeniedFault",
              "AccessDeniedForDependency",
              "AllAccessDisabled",
              "AccountProblem",
              "AuthorizationError",
              "Forbidden",
              "KMSAccessDeniedException",
              "KMS.AccessDeniedException",
              "NotAuthorized",
              "NotAuthorizedException",
              "RequestUnauthorized",
              "UnauthorizedOperation",
              "UnauthorizedAccess",
              "UnauthorizedException"),
          Row.of(
              UNAVAILABLE,
              "OptInRequired",
              "RegionDisabledException",
              "RegionDisabled",
              "SubscriptionRequiredException",
              "UnsupportedRegion",
              "UnknownEndpoint",
              "EndpointNotFound",
              "InvalidRegion",
              "IllegalLocationConstraintException",
              "NotImplemented"),
          Row.of(
              GONE,
              "NoSuchBucket",
              "NoSuchKey",
              "NoSuchTagSet",
              "NoSuchLifecycleConfiguration",
              "NoSuchEntity",
              "ResourceNotFoundException",
              "ResourceNotFoundFault",
              "TableNotFoundException",
              "LoadBalancerNotFound",
              "TargetGroupNotFound",
              "ListenerNotFound",
              "DBInstanceNotFound",
              "DBInstanceNotFoundFault",
              "DBSnapshotNotFound",
              "DBSnapshotNotFoundFault",
              "NatGatewayNotFound",
              "InvalidInstanceID.NotFound",
              "InvalidVolume.NotFound",
              "InvalidSnapshot.NotFound",
              "InvalidAMIID.NotFound",
              "InvalidAMIID.Unavailable",
              "InvalidAllocationID.NotFound",
              "InvalidAssociationID.NotFound",
              "InvalidNetworkInterfaceID.NotFound"),
          Row.of(
              PERMANENT,
              "DryRunOperation",
              "InvalidAction",
              "InvalidParameter",
              "InvalidParameterException",
              "InvalidParameterValue",
              "InvalidParameterValueException",
              "InvalidParameterCombination",
              "MissingParameter",
              "MissingAction",
              "MalformedQueryString",
              "SerializationException",
              "ValidationError",
              "ValidationException",
              "UnknownOperationException",
              "UnsupportedOperation",
              "OperationNotPermitted",
              "OperationNotPermittedException",
              "OperationNotPermittedFault",
              "DependencyViolation",
              "ResourceInUse",
              "VolumeInUse",
              "InvalidSnapshot.InUse",
              "BucketAlreadyExists",
              "BucketNotEmpty",
              "InvalidNextToken",
              "InvalidNextTokenException",
              "InvalidPaginationToken",
              // Quotas do not grow by waiting.
              "InstanceLimitExceeded",
              "VolumeLimitExceeded",
              "SnapshotLimitExceeded",
              "AddressLimitExceeded",
              "SnapshotQuotaExceeded",
              "StorageQuotaExceeded",
              "DBInstanceAutomatedBackupQuotaExceeded",
              "DBInstanceAlreadyExists",
              "DBSnapshotAlreadyExists",
              "LimitExceededException",
              "InvalidState",
              "IncorrectStateException",
              "PermanentRedirect",
              "AuthorizationHeaderMalformed",
              "IdempotentParameterMismatch",
              // STS: our session policy; Cost Explorer: nobody has switched it on.
              "PackedPolicyTooLarge",
              "MalformedPolicyDocument",
              "DataUnavailableException"));

  private static final Map<String, AwsError> MEANINGS = new HashMap<>();

  static {
    for (Row row : TABLE)
      for (String code : row.codes())
        if (MEANINGS.put(code, row.meaning()) != null)
          throw new IllegalStateException(code + " stands twice in the table");
  }

  /**
   * Patience of another length. A volume takes one modification in six hours (EC2 user guide,
   * "Modify an EBS volume"); a snapshot of the same volume one in fifteen seconds.
   */
  private static final Map<String, Patience> PATIENCE =
      Map.of(
          "VolumeModificationRateExceeded",
          new Patience(45, Duration.ofMinutes(10)),
          "IncorrectModificationState",
          new Patience(45, Duration.ofMinutes(10)),
          "InvalidDBInstanceState",
          new Patience(30, Duration.ofMinutes(1)),
          "InvalidDBInstanceStateFault",
          new Patience(30, Duration.ofMinutes(1)),
          AwsError.NO_ENDPOINT,
          NAMES);

  private AwsCodes() {}

  /**
   * What a code means. One that is not in the table is judged by how it is called and by its HTTP
   * status; where both say nothing, asking again will not help.
   */
  static AwsError meaning(String said, int status) {
    // EC2 writes some codes with the side that is at fault before them.
    String code = said.replaceFirst("^(Client|Server)\\.", "");
    AwsError known = MEANINGS.get(code);
    if (known != null) return known;
    if (code.startsWith("AccessDenied")) return DENIED;
    if (code.endsWith(".NotFound")
        || code.endsWith("NotFound")
        || code.endsWith("NotFoundFault")
        || code.endsWith("NotFoundException")
        || code.startsWith("NoSuch")) return GONE;
    if (code.contains("Throttl")) return THROTTLED;
    return byStatus(status);
  }

  private static AwsError byStatus(int status) {
    if (status >= 500 || status == 408) return PASSING;
    return switch (status) {
      case 401, 403 -> DENIED;
      case 404, 410 -> GONE;
      case 429 -> THROTTLED;
      default -> PERMANENT;
    };
  }

  static Patience patience(String code) {
    return PATIENCE.getOrDefault(code, SOON);
  }
}
