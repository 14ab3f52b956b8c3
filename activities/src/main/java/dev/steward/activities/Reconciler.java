package dev.steward.activities;

import dev.steward.activities.onboarding.TemporalScheduleActivities;
import dev.steward.domain.jobs.OpenWork;
import dev.steward.domain.jobs.OpenWork.Needed;
import dev.steward.domain.work.Work;
import dev.steward.storage.State;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.client.WorkflowClient;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that whatever the store calls under way has a workflow that runs, and each account its
 * schedules: Temporal's database may be lost, or be older than the store, or the other way round.
 * The store is what is true. May be done at any time, and again and again.
 */
public final class Reconciler {
  private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

  private final Store store;
  private final Work work;
  private final WorkflowClient client;
  private final TemporalScheduleActivities schedules;
  private final InstantSource clock;

  public Reconciler(
      Store store,
      Work work,
      WorkflowClient client,
      TemporalScheduleActivities schedules,
      InstantSource clock) {
    this.store = store;
    this.work = work;
    this.client = client;
    this.schedules = schedules;
    this.clock = clock;
  }

  /**
   * Asks for what is missing.
   *
   * @return how many workflows were asked for
   * @throws StatusRuntimeException while Temporal cannot be asked
   */
  public int reconcile() {
    State state = store.state();
    List<Needed<?, ?>> missing = new ArrayList<>();
    for (Needed<?, ?> needed : OpenWork.needed(state, clock.instant()))
      if (!isAsked(state, needed) && !runs(needed.workflowId())) missing.add(needed);
    int asked = 0;
    for (Needed<?, ?> needed : missing) if (ask(needed)) asked++;
    if (asked > 0) LOG.info("asked again for {} workflows that the store waits for", asked);
    schedules.ensureAll(store);
    return asked;
  }

  private static boolean isAsked(State state, Needed<?, ?> needed) {
    return state
        .rows(Tables.INTENTS)
        .where("workflow", needed.workflowId())
        .anyMatch(i -> !i.workflowType().isEmpty());
  }

  /** What ended while Temporal was asked is not begun again: the store has the last word. */
  private boolean ask(Needed<?, ?> needed) {
    return store.<Boolean>write(
        t -> !isAsked(t.state(), needed) && needed.ask(t, work, clock.instant()));
  }

  private boolean runs(String workflowId) {
    try {
      WorkflowExecutionStatus status =
          client
              .getWorkflowServiceStubs()
              .blockingStub()
              .describeWorkflowExecution(
                  DescribeWorkflowExecutionRequest.newBuilder()
                      .setNamespace(client.getOptions().getNamespace())
                      .setExecution(WorkflowExecution.newBuilder().setWorkflowId(workflowId))
                      .build())
              .getWorkflowExecutionInfo()
              .getStatus();
      return switch (status) {
        case WORKFLOW_EXECUTION_STATUS_COMPLETED,
            WORKFLOW_EXECUTION_STATUS_FAILED,
            WORKFLOW_EXECUTION_STATUS_CANCELED,
            WORKFLOW_EXECUTION_STATUS_TERMINATED,
            WORKFLOW_EXECUTION_STATUS_TIMED_OUT ->
            false;
        // Whatever else there is or will be, as paused, is no end.
        default -> true;
      };
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.NOT_FOUND) return false;
      throw e;
    }
  }
}
