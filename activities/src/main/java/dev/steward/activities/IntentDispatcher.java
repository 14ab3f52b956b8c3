package dev.steward.activities;

import dev.steward.model.Intent;
import dev.steward.model.job.TaskQueues;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.workflows.Attributes;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the workflow of every stored intent, and forgets the intent once Temporal has it. While
 * Temporal is down intents wait in the store; after a crash between the two steps a workflow is
 * asked for twice, and its id makes that once.
 */
public final class IntentDispatcher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(IntentDispatcher.class);
  private static final Duration SHORTEST = Duration.ofMillis(250);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final Store store;
  private final WorkflowClient client;
  private final Runnable onUnprepared;
  private final Semaphore news = new Semaphore(1);
  private final Thread thread;
  private volatile boolean closing;

  /**
   * @param onUnprepared told when the server lacks what it must have before anything is started
   */
  public IntentDispatcher(Store store, WorkflowClient client, Runnable onUnprepared) {
    this.store = store;
    this.client = client;
    this.onUnprepared = onUnprepared;
    this.thread = Thread.ofPlatform().name("intent-dispatcher").unstarted(this::run);
  }

  public IntentDispatcher start() {
    store.onPublish(state -> {
      if (state.rows(Tables.INTENTS).size() > 0) news.release();
    });
    thread.start();
    return this;
  }

  /** How many intents wait for Temporal. */
  public int waiting() {
    return store.state().rows(Tables.INTENTS).size();
  }

  private void run() {
    Duration pause = SHORTEST;
    while (!closing) {
      try {
        if (news.tryAcquire(LONGEST.toMillis(), TimeUnit.MILLISECONDS)) news.drainPermits();
        if (dispatchAll()) {
          pause = SHORTEST;
          continue;
        }
        Thread.sleep(pause);
        pause = pause.multipliedBy(2).compareTo(LONGEST) < 0 ? pause.multipliedBy(2) : LONGEST;
        news.release();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        if (!closing) LOG.warn("intents could not be dispatched; they wait", e);
      }
    }
  }

  private boolean dispatchAll() {
    boolean all = true;
    for (Intent intent : store.state().rows(Tables.INTENTS).stream().toList()) {
      if (closing) return false;
      all &= dispatch(intent);
    }
    return all;
  }

  private boolean dispatch(Intent intent) {
    try {
      if (!intent.workflowType().isEmpty()) start(intent);
      else if (!signal(intent.workflowId(), String.valueOf(intent.signal()))) return false;
      store.write(transaction -> transaction.remove(Tables.INTENTS, intent.id().value()));
      return true;
    } catch (StatusRuntimeException | WorkflowServiceException down) {
      LOG.warn("{} waits: Temporal does not take it ({})", intent.workflowId(), down.getMessage());
      if (isUnprepared(down)) onUnprepared.run();
      return false;
    }
  }

  /** A server with an empty database knows neither our namespace nor our search attributes. */
  private static boolean isUnprepared(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause())
      if (cause instanceof StatusRuntimeException status) {
        String said = String.valueOf(status.getStatus().getDescription());
        return status.getStatus().getCode() == Status.Code.NOT_FOUND && said.contains("amespace")
            || status.getStatus().getCode() == Status.Code.INVALID_ARGUMENT
                && said.contains("search attribute");
      }
    return false;
  }

  /** False while the workflow that is to be told has not been started itself. */
  private boolean signal(String workflowId, String name) {
    try {
      client.newUntypedWorkflowStub(workflowId).signal(name);
      return true;
    } catch (WorkflowNotFoundException over) {
      return store
          .state()
          .rows(Tables.INTENTS)
          .where("workflow", workflowId)
          .allMatch(i -> i.workflowType().isEmpty());
    }
  }

  private void start(Intent intent) {
    WorkflowOptions.Builder options =
        WorkflowOptions.newBuilder()
            .setWorkflowId(intent.workflowId())
            .setTaskQueue(TaskQueues.WORKFLOWS)
            .setPriority(Fairness.of(intent, store.state()))
            .setWorkflowIdConflictPolicy(
                WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
            .setWorkflowIdReusePolicy(
                WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
            .setStaticSummary(
                intent.workflowType()
                    + (intent.account() == null ? "" : " of " + intent.account()));
    if (intent.organization() != null)
      options.setTypedSearchAttributes(
          intent.account() == null
              ? io.temporal.common.SearchAttributes.newBuilder()
                  .set(Attributes.ORGANIZATION, intent.organization())
                  .build()
              : Attributes.of(intent.organization(), intent.account()));
    WorkflowStub stub = client.newUntypedWorkflowStub(intent.workflowType(), options.build());
    try {
      if (intent.signal() == null) stub.start(intent.input());
      // In one call: between two of them a workflow that was just ending would end.
      else stub.signalWithStart(intent.signal(), new Object[0], new Object[] {intent.input()});
    } catch (WorkflowExecutionAlreadyStarted joined) {
      LOG.debug("{} is under way already", intent.workflowId());
    }
  }

  @Override
  public void close() {
    closing = true;
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
