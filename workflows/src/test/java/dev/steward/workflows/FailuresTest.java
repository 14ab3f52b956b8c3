package dev.steward.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.model.Coverage;
import dev.steward.workflows.discovery.Failures;
import io.temporal.api.enums.v1.RetryState;
import io.temporal.api.enums.v1.TimeoutType;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.failure.v1.TimeoutFailureInfo;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the coverage record says of a question that failed. */
final class FailuresTest {
  private static ActivityFailure ended(Throwable cause) {
    return new ActivityFailure(
        "ended", 1, 2, "ListResources", "1", RetryState.RETRY_STATE_TIMEOUT, "worker", cause);
  }

  /** As the server says it. */
  private static Throwable timeout(TimeoutType type, @Nullable ApplicationFailure last) {
    Failure.Builder failure =
        Failure.newBuilder()
            .setMessage("too long")
            .setTimeoutFailureInfo(TimeoutFailureInfo.newBuilder().setTimeoutType(type));
    if (last != null)
      failure.setCause(DefaultDataConverter.STANDARD_INSTANCE.exceptionToFailure(last));
    return DefaultDataConverter.STANDARD_INSTANCE.failureToException(failure.build());
  }

  @ParameterizedTest
  @CsvSource({
    "Throttled, THROTTLED, throttled for too long; AWS: TheCode",
    "AwsUnavailable, FAILED, AWS did not answer in time; AWS: TheCode",
    "AwsUnreachable, FAILED, AWS did not answer in time; AWS: TheCode",
    "CredentialsExpired, FAILED, no session lasted; AWS: TheCode",
    "AwsRejected, FAILED, AWS: TheCode",
    "AwsBusy, FAILED, AWS: TheCode",
    "AwsGone, FAILED, AWS: TheCode",
    "AwsDenied, DENIED, AWS: TheCode",
    "AwsNotThere, UNAVAILABLE, AWS: TheCode"
  })
  void theCodeIsWhatTheCoverageSays(String type, Coverage coverage, String detail) {
    ApplicationFailure last = ApplicationFailure.newFailure("AWS: TheCode", type);
    for (ActivityFailure failure :
        new ActivityFailure[] {
          ended(last), ended(timeout(TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_CLOSE, last))
        }) {
      assertThat(Failures.coverage(failure)).isEqualTo(coverage);
      assertThat(Failures.detail(failure)).isEqualTo(detail);
    }
  }

  @Test
  void withoutAnAnswerItSaysSo() {
    ActivityFailure silent = ended(timeout(TimeoutType.TIMEOUT_TYPE_HEARTBEAT, null));
    assertThat(Failures.coverage(silent)).isEqualTo(Coverage.FAILED);
    assertThat(Failures.detail(silent)).isEqualTo("AWS did not answer in time");
  }

  @Test
  void whatIsNotOfAwsIsNotToldInItsOwnWords() {
    ActivityFailure bug =
        ended(ApplicationFailure.newFailure("key AKIA… is broken", "java.lang.IllegalState"));
    assertThat(Failures.detail(bug)).isEqualTo("it failed: java.lang.IllegalState");
  }
}
