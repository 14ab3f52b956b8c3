package dev.steward.aws;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.steward.aws.AwsCodes.Patience;
import dev.steward.workflows.discovery.Failures;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Maps what the AWS SDK throws to failures that say whether to try again, in the one place for it,
 * and keeps the {@link Pulse} of activities that beat. Messages hold the error's name only.
 */
public final class AwsFailureInterceptor extends WorkerInterceptorBase {
  /**
   * By run and activity; longer than any pause between two attempts. After a start of the process
   * the patience begins anew, and the time of the activity bounds it.
   */
  private final Cache<String, Met> met =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterAccess(Duration.ofHours(6)).build();

  @Override
  public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
    return new Calls(next);
  }

  private final class Calls extends ActivityInboundCallsInterceptorBase {
    private @Nullable ActivityExecutionContext context;

    Calls(ActivityInboundCallsInterceptor next) {
      super(next);
    }

    @Override
    public void init(ActivityExecutionContext given) {
      context = given;
      super.init(given);
    }

    @Override
    public ActivityOutput execute(ActivityInput input) {
      ActivityExecutionContext activity = context;
      if (activity == null) return run(input, new Met());
      String key = activity.getInfo().getWorkflowRunId() + "/" + activity.getInfo().getActivityId();
      Met known = Objects.requireNonNull(met.asMap().computeIfAbsent(key, _ -> new Met()));
      try {
        ActivityOutput done = counted(input, activity, known);
        met.invalidate(key);
        return done;
      } catch (ApplicationFailure failed) {
        if (failed.isNonRetryable()) met.invalidate(key);
        throw failed;
      }
    }

    private ActivityOutput counted(
        ActivityInput input, ActivityExecutionContext activity, Met known) {
      if (!beats(activity.getInfo())) return known.during(() -> run(input, known));
      try (Pulse pulse = Pulse.of(activity)) {
        return pulse.during(() -> known.during(() -> run(input, known)));
      }
    }

    private boolean beats(ActivityInfo info) {
      return !info.isLocal() && info.getHeartbeatTimeout().isPositive();
    }

    private ActivityOutput run(ActivityInput input, Met known) {
      try {
        return super.execute(input);
      } catch (SdkException thrown) {
        // Where the SDK wrapped what said that nobody waits for us any more, that is the reason.
        Pulse.check();
        ApplicationFailure failure = failure(thrown, Met.time(AwsError.code(thrown)));
        known.add(AwsError.code(thrown));
        throw failure;
      }
    }
  }

  /** Whether the activity of this thread fails with it, and is not tried again. */
  public static boolean isForGood(SdkException thrown) {
    return failure(thrown, Met.time(AwsError.code(thrown))).isNonRetryable();
  }

  /**
   * @param attempt how many of the activity's attempts have ended with this code, with this one
   */
  static ApplicationFailure failure(SdkException thrown, int attempt) {
    String code = AwsError.code(thrown);
    String message = "AWS: " + code;
    return switch (AwsError.of(thrown)) {
      case THROTTLED -> ApplicationFailure.newFailure(message, Failures.THROTTLED);
      case EXPIRED -> ApplicationFailure.newFailure(message, Failures.EXPIRED);
      case PASSING -> ApplicationFailure.newFailure(message, Failures.UNAVAILABLE);
      case BUSY -> bounded(message, Failures.BUSY, AwsCodes.patience(code), attempt);
      case UNREACHABLE -> bounded(message, Failures.UNREACHABLE, AwsCodes.patience(code), attempt);
      case UNAVAILABLE -> ApplicationFailure.newNonRetryableFailure(message, Failures.NOT_THERE);
      case DENIED, BAD_CREDENTIALS ->
          ApplicationFailure.newNonRetryableFailure(message, Failures.DENIED);
      case GONE -> ApplicationFailure.newNonRetryableFailure(message, Failures.GONE);
      case PERMANENT -> ApplicationFailure.newNonRetryableFailure(message, Failures.REJECTED);
    };
  }

  /** Met so often and no more, whatever time the activity has. */
  private static ApplicationFailure bounded(
      String message, String type, Patience patience, int attempt) {
    if (attempt >= patience.attempts())
      return ApplicationFailure.newNonRetryableFailure(
          message + ", after " + attempt + " attempts", type);
    ApplicationFailure.Builder failure =
        ApplicationFailure.newBuilder().setMessage(message).setType(type);
    // At first as close together as the options of the call say.
    if (attempt > FEW) failure.setNextRetryDelay(patience.pause());
    return failure.build();
  }

  private static final int FEW = 6;
}
