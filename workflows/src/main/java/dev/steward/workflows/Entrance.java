package dev.steward.workflows;

import dev.steward.model.job.Jobs;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import io.temporal.api.enums.v1.RetryState;
import io.temporal.common.converter.EncodedValues;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptorBase;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets no activity begin that no workflow has asked for, on whatever queue it lies: Temporal takes
 * such from any client. Lets no run begin under a name that is not the one of its business, so that
 * a sealed input that was copied starts nothing beside the run it belongs to; and makes an
 * activity's answer that is not ours a failed activity, which every workflow can deal with.
 */
public final class Entrance extends WorkerInterceptorBase {
  public static final String FOREIGN = "Foreign";
  private static final Logger LOG = LoggerFactory.getLogger(Entrance.class);

  /** What anybody may send without end is not written down without end. */
  private static final int TOLD = 20;

  private final AtomicInteger turnedAway = new AtomicInteger();

  @Override
  public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
    return new ActivityInboundCallsInterceptorBase(next) {
      @Override
      public void init(ActivityExecutionContext context) {
        // Before what it was given is read.
        String workflow = context.getInfo().getWorkflowId();
        if (workflow == null || workflow.isEmpty()) throw alone(context.getInfo());
        super.init(context);
      }
    };
  }

  private ApplicationFailure alone(ActivityInfo activity) {
    if (turnedAway.incrementAndGet() <= TOLD)
      LOG.warn(
          "refused: an activity {} on the queue {} that no workflow asked for",
          activity.getActivityType(),
          activity.getActivityTaskQueue());
    return ApplicationFailure.newBuilder()
        .setMessage("no workflow asked for this activity")
        .setType(FOREIGN)
        .setNonRetryable(true)
        // The SDK would log each one.
        .setCategory(ApplicationErrorCategory.BENIGN)
        .build();
  }

  @Override
  public WorkflowInboundCallsInterceptor interceptWorkflow(WorkflowInboundCallsInterceptor next) {
    return new WorkflowInboundCallsInterceptorBase(next) {
      @Override
      public void init(WorkflowOutboundCallsInterceptor outbound) {
        super.init(new Answers(outbound));
      }

      @Override
      public WorkflowOutput execute(WorkflowInput input) {
        if (!belongs(input.getArguments(), Workflow.getInfo()))
          throw ApplicationFailure.newNonRetryableFailure(
              "this input belongs to another run", FOREIGN);
        return super.execute(input);
      }
    };
  }

  private static boolean belongs(Object[] arguments, WorkflowInfo run) {
    if (arguments.length != 1) return false;
    // What UnknownWorkflow gets, which refuses by itself.
    if (arguments[0] instanceof EncodedValues) return true;
    return Jobs.named(run.getWorkflowType())
        .filter(job -> job.fits(arguments[0], run.getWorkflowId()))
        .isPresent();
  }

  private static final class Answers extends WorkflowOutboundCallsInterceptorBase {
    Answers(WorkflowOutboundCallsInterceptor next) {
      super(next);
    }

    @Override
    public <R> ActivityOutput<R> executeActivity(ActivityInput<R> input) {
      ActivityOutput<R> output = super.executeActivity(input);
      String type = input.getActivityName();
      String id = output.getActivityId();
      return new ActivityOutput<>(
          id,
          output
              .getResult()
              .handle((answer, failure) -> {
                if (failure instanceof ForeignPayloadException foreign)
                  throw new ActivityFailure(
                      "its answer is not ours",
                      0,
                      0,
                      type,
                      id,
                      RetryState.RETRY_STATE_NON_RETRYABLE_FAILURE,
                      "",
                      ApplicationFailure.newNonRetryableFailure(
                          String.valueOf(foreign.getMessage()), FOREIGN));
                if (failure != null) throw failure;
                return answer;
              }));
    }
  }
}
