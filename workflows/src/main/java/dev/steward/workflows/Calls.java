package dev.steward.workflows;

import dev.steward.model.job.Job;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The options of activities, in one place. */
public final class Calls {
  /** Retried without an end: the store is in the same process and comes back with it. */
  private static final LocalActivityOptions STORE =
      LocalActivityOptions.newBuilder()
          .setStartToCloseTimeout(Duration.ofSeconds(30))
          // Without one of this and a number of attempts the SDK tries a local activity once only.
          .setScheduleToCloseTimeout(Duration.ofDays(365))
          .setRetryOptions(
              RetryOptions.newBuilder()
                  .setInitialInterval(Duration.ofMillis(200))
                  .setMaximumInterval(Duration.ofSeconds(5))
                  .build())
          .build();

  private Calls() {}

  /** Does the last thing of a workflow, whether or not that was cancelled, and answers with it. */
  public static <R> R evenIfCancelled(Supplier<R> last) {
    List<R> answer = new ArrayList<>();
    Workflow.newDetachedCancellationScope(() -> answer.add(last.get())).run();
    return answer.getFirst();
  }

  public static <A> A store(Class<A> activities) {
    return Workflow.newLocalActivityStub(activities, STORE);
  }

  /**
   * A call to AWS on the job's queue. Throttling and failures are retried, further and further
   * apart, until the time is over.
   *
   * @param summary what an operator reads in the Temporal UI
   */
  public static <A> A aws(Job<?> job, Class<A> activities, Duration patience, String summary) {
    return Workflow.newActivityStub(
        activities,
        ActivityOptions.newBuilder()
            .setTaskQueue(job.queue())
            .setScheduleToCloseTimeout(patience)
            .setStartToCloseTimeout(Duration.ofMinutes(10))
            // How long the work of a process that was killed lies still; longer than one call to
            // AWS may take.
            .setHeartbeatTimeout(Duration.ofSeconds(30))
            .setSummary(summary)
            .setRetryOptions(
                RetryOptions.newBuilder()
                    .setInitialInterval(Duration.ofSeconds(1))
                    .setBackoffCoefficient(2)
                    .setMaximumInterval(Duration.ofSeconds(60))
                    .build())
            .build());
  }

  /** Tells somebody outside: ten attempts, further and further apart, over about a day. */
  public static <A> A notify(Job<?> job, Class<A> activities) {
    return Workflow.newActivityStub(
        activities,
        ActivityOptions.newBuilder()
            .setTaskQueue(job.queue())
            .setStartToCloseTimeout(Duration.ofSeconds(60))
            .setRetryOptions(
                RetryOptions.newBuilder()
                    .setInitialInterval(Duration.ofSeconds(5))
                    .setBackoffCoefficient(4)
                    .setMaximumInterval(Duration.ofHours(6))
                    .setMaximumAttempts(10)
                    .build())
            .build());
  }

  /**
   * A long computation that keeps its state: however often it is cut off, it goes on from there. It
   * is told to stop and says what it came to.
   */
  public static <A> A ml(Job<?> job, Class<A> activities, String summary) {
    return Workflow.newActivityStub(
        activities,
        ActivityOptions.newBuilder()
            .setTaskQueue(job.queue())
            .setStartToCloseTimeout(Duration.ofDays(2))
            .setHeartbeatTimeout(Duration.ofSeconds(30))
            .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
            .setSummary(summary)
            .setRetryOptions(
                RetryOptions.newBuilder()
                    .setInitialInterval(Duration.ofSeconds(1))
                    .setMaximumInterval(Duration.ofSeconds(60))
                    .build())
            .build());
  }
}
