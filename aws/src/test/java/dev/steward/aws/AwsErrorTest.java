package dev.steward.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.steward.workflows.discovery.Failures;
import io.temporal.failure.ApplicationFailure;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/** What each code means, and what follows from it. */
final class AwsErrorTest {
  static SdkException error(String code, int status) {
    return AwsServiceException.builder()
        .statusCode(status)
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage("secret").build())
        .build();
  }

  private static SdkException unknownHost() {
    return SdkClientException.create(
        "Unable to execute", new UnknownHostException("ec2.xx-nowhere-9.amazonaws.com"));
  }

  @ParameterizedTest
  @CsvSource({
    "RequestLimitExceeded, 503, THROTTLED",
    "Client.RequestLimitExceeded, 503, THROTTLED",
    "SlowDown, 503, THROTTLED",
    "ThrottlingException, 400, THROTTLED",
    "ProvisionedThroughputExceededException, 400, THROTTLED",
    "SomethingThrottledToday, 400, THROTTLED",
    "UnheardOf, 429, THROTTLED",
    "InternalError, 500, PASSING",
    "UnheardOf, 502, PASSING",
    "RequestTimeout, 400, PASSING",
    "InvalidDBInstanceState, 400, BUSY",
    "IncorrectInstanceState, 400, BUSY",
    "IncorrectState, 400, BUSY",
    "VolumeModificationRateExceeded, 400, BUSY",
    "ResourceInUseException, 400, BUSY",
    "ExpiredToken, 400, EXPIRED",
    "ExpiredTokenException, 400, EXPIRED",
    "RequestExpired, 400, EXPIRED",
    "AuthFailure, 401, BAD_CREDENTIALS",
    "UnrecognizedClientException, 400, BAD_CREDENTIALS",
    "AccessDenied, 403, DENIED",
    "AccessDeniedException, 400, DENIED",
    "UnauthorizedOperation, 403, DENIED",
    "UnheardOf, 403, DENIED",
    "OptInRequired, 403, UNAVAILABLE",
    "OptInRequired, 401, UNAVAILABLE",
    "SubscriptionRequiredException, 400, UNAVAILABLE",
    "NoSuchBucket, 404, GONE",
    "ResourceNotFoundException, 400, GONE",
    "InvalidVolume.NotFound, 400, GONE",
    "DBInstanceNotFound, 404, GONE",
    "UnheardOf, 404, GONE",
    "InvalidParameterValue, 400, PERMANENT",
    "DependencyViolation, 400, PERMANENT",
    "VolumeInUse, 400, PERMANENT",
    "UnheardOf, 400, PERMANENT",
    "UnheardOf, 409, PERMANENT"
  })
  void aCodeMeans(String code, int status, AwsError meaning) {
    assertThat(AwsError.of(error(code, status))).isEqualTo(meaning);
  }

  @Test
  void noAnswerPassesAndAnUnknownEndpointDoesNotForLong() {
    assertThat(AwsError.of(SdkClientException.create("x", new ConnectException())))
        .isEqualTo(AwsError.PASSING);
    assertThat(AwsError.of(unknownHost())).isEqualTo(AwsError.UNREACHABLE);
    assertThat(AwsFailureInterceptor.failure(unknownHost(), 1).isNonRetryable()).isFalse();
    ApplicationFailure last = AwsFailureInterceptor.failure(unknownHost(), 7);
    assertThat(last.isNonRetryable()).isTrue();
    assertThat(last.getOriginalMessage()).isEqualTo("AWS: endpoint unknown, after 7 attempts");
  }

  @Test
  void aStateOfPassageIsWaitedForWithinBounds() {
    SdkException state = error("InvalidDBInstanceState", 400);
    assertThat(AwsFailureInterceptor.failure(state, 1).isNonRetryable()).isFalse();
    ApplicationFailure later = AwsFailureInterceptor.failure(state, 10);
    assertThat(later.isNonRetryable()).isFalse();
    assertThat(later.getNextRetryDelay()).isEqualTo(Duration.ofMinutes(1));
    ApplicationFailure last = AwsFailureInterceptor.failure(state, 30);
    assertThat(last.isNonRetryable()).isTrue();
    assertThat(last.getType()).isEqualTo(Failures.BUSY);
    assertThat(last.getOriginalMessage())
        .isEqualTo("AWS: InvalidDBInstanceState, after 30 attempts");
  }

  @Test
  void theUndoOfAVolumeWaitsForTheSixHoursThatAwsAsksFor() {
    ApplicationFailure failure =
        AwsFailureInterceptor.failure(error("VolumeModificationRateExceeded", 400), 40);
    assertThat(failure.isNonRetryable()).isFalse();
    assertThat(failure.getNextRetryDelay()).isEqualTo(Duration.ofMinutes(10));
  }

  @ParameterizedTest
  @CsvSource({
    "AccessDenied, 403, AwsDenied",
    "InvalidParameterValue, 400, AwsRejected",
    "NoSuchBucket, 404, AwsGone",
    "OptInRequired, 403, AwsNotThere"
  })
  void whatIsRefusedForGoodIsNotTriedAgain(String code, int status, String type) {
    ApplicationFailure failure = AwsFailureInterceptor.failure(error(code, status), 1);
    assertThat(failure.isNonRetryable()).isTrue();
    assertThat(failure.getType()).isEqualTo(type);
    assertThat(failure.getOriginalMessage()).isEqualTo("AWS: " + code);
  }

  @Test
  void onlyThrottlingSlowsALaneDown() {
    CallLimiter.Lane lane = new CallLimiter(20).lane("acc", "eu-west-1", "Ec2", Rank.BULK);
    for (String code : new String[] {"InternalError", "InvalidDBInstanceState", "AccessDenied"})
      lane.failed(error(code, 400));
    assertThat(lane.rate()).isEqualTo(20, within(1e-9));
    lane.failed(error("RequestLimitExceeded", 503));
    assertThat(lane.rate()).isEqualTo(10, within(1e-9));
    lane.answered();
    assertThat(lane.rate()).isEqualTo(11, within(1e-9));
  }
}
