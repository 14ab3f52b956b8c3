package dev.steward.activities.aws;

import dev.steward.workflows.discovery.Failures;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.failure.ApplicationFailure;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Maps what the AWS SDK throws to failures that say whether to try again, in the one place for it.
 * Messages hold the error's name only.
 */
public final class AwsFailureInterceptor extends WorkerInterceptorBase {
  @Override
  public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
    return new ActivityInboundCallsInterceptorBase(next) {
      @Override
      public ActivityOutput execute(ActivityInput input) {
        try {
          return super.execute(input);
        } catch (SdkException thrown) {
          throw failure(thrown);
        }
      }
    };
  }

  static ApplicationFailure failure(SdkException thrown) {
    String code = "AWS: " + AwsError.code(thrown);
    return switch (AwsError.of(thrown)) {
      case THROTTLED -> ApplicationFailure.newFailure(code, Failures.THROTTLED);
      case EXPIRED -> ApplicationFailure.newFailure(code, Failures.EXPIRED);
      case UNAVAILABLE -> ApplicationFailure.newFailure(code, Failures.UNAVAILABLE);
      case DENIED, BAD_CREDENTIALS, REJECTED ->
          ApplicationFailure.newNonRetryableFailure(code, Failures.REJECTED);
    };
  }
}
