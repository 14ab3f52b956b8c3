package dev.steward.workflows;

import io.temporal.api.enums.v1.RetryState;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptorBase;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;

/**
 * Lets no run begin under a name that is not the one of its business, so that a sealed input that
 * was copied starts nothing beside the run it belongs to; and makes an activity's answer that is
 * not ours a failed activity, which every workflow can deal with.
 */
public final class Entrance extends WorkerInterceptorBase {
  public static final String FOREIGN = "Foreign";

  @Override
  public WorkflowInboundCallsInterceptor interceptWorkflow(WorkflowInboundCallsInterceptor next) {
    return new WorkflowInboundCallsInterceptorBase(next) {
      @Override
      public void init(WorkflowOutboundCallsInterceptor outbound) {
        super.init(new Answers(outbound));
      }

      @Override
      public WorkflowOutput execute(WorkflowInput input) {
        String id = Workflow.getInfo().getWorkflowId();
        Object[] arguments = input.getArguments();
        if (arguments.length != 1 || !WorkflowIds.fits(arguments[0], id))
          throw ApplicationFailure.newNonRetryableFailure(
              "this input belongs to another run", FOREIGN);
        return super.execute(input);
      }
    };
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
