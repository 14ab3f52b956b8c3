package dev.steward.aws;

import java.io.IOException;
import java.time.Duration;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.retries.api.AcquireInitialTokenRequest;
import software.amazon.awssdk.retries.api.AcquireInitialTokenResponse;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RecordSuccessRequest;
import software.amazon.awssdk.retries.api.RecordSuccessResponse;
import software.amazon.awssdk.retries.api.RefreshRetryTokenRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenResponse;
import software.amazon.awssdk.retries.api.RetryStrategy;

/**
 * How one call is tried again by itself: by the table of {@link AwsCodes}, further and further
 * apart with jitter, each attempt in its turn of the lane. So a page of many calls gets through
 * though AWS throttles a third of them, and only what failed is asked again.
 */
final class Retries implements RetryStrategy {
  private static final int ATTEMPTS = 6;
  private static final Duration BASE = Duration.ofMillis(200);
  private static final Duration SLOW_BASE = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final RetryStrategy strategy;
  private final CallLimiter.Lane lane;

  private Retries(RetryStrategy strategy, CallLimiter.Lane lane) {
    this.strategy = strategy;
    this.lane = lane;
  }

  /**
   * @param repeatable whether a call whose answer was lost may be sent again. Throttled ones always
   *     may: AWS has not begun them.
   */
  static RetryStrategy in(CallLimiter.Lane lane, boolean repeatable) {
    return new Retries(
        DefaultRetryStrategy.standardStrategyBuilder()
            .maxAttempts(ATTEMPTS)
            .retryOnException(e ->
                switch (AwsError.of(e)) {
                  case THROTTLED -> true;
                  case PASSING -> repeatable && wasSent(e);
                  case BUSY,
                      UNREACHABLE,
                      EXPIRED,
                      PERMANENT,
                      GONE,
                      DENIED,
                      BAD_CREDENTIALS,
                      UNAVAILABLE ->
                      false;
                })
            .treatAsThrottling(e -> AwsError.of(e) == AwsError.THROTTLED)
            .backoffStrategy(BackoffStrategy.exponentialDelay(BASE, LONGEST))
            .throttlingBackoffStrategy(BackoffStrategy.exponentialDelay(SLOW_BASE, LONGEST))
            // It is the lane that slows down; nothing gives up a call for what befell others.
            .circuitBreakerEnabled(false)
            .useClientDefaults(false)
            .build(),
        lane);
  }

  /** A server error or no answer, and nothing that is wrong on our side before a call is made. */
  private static boolean wasSent(Throwable thrown) {
    return thrown instanceof SdkServiceException
        || thrown instanceof ApiCallAttemptTimeoutException
        || thrown instanceof IOException
        || thrown.getCause() instanceof IOException;
  }

  @Override
  public AcquireInitialTokenResponse acquireInitialToken(AcquireInitialTokenRequest request) {
    return strategy.acquireInitialToken(request);
  }

  @Override
  public RefreshRetryTokenResponse refreshRetryToken(RefreshRetryTokenRequest request) {
    lane.failed(request.failure());
    RefreshRetryTokenResponse next = strategy.refreshRetryToken(request);
    lane.await();
    return next;
  }

  @Override
  public RecordSuccessResponse recordSuccess(RecordSuccessRequest request) {
    lane.answered();
    Pulse.step();
    return strategy.recordSuccess(request);
  }

  @Override
  public int maxAttempts() {
    return strategy.maxAttempts();
  }

  @Override
  public boolean useClientDefaults() {
    return strategy.useClientDefaults();
  }

  @Override
  public Builder<?, ?> toBuilder() {
    return strategy.toBuilder();
  }
}
