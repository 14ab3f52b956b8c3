package dev.steward.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.model.job.Jobs;
import dev.steward.model.job.TaskQueues;
import dev.steward.model.job.Urgency;
import dev.steward.workflows.Calls;
import io.temporal.activity.ActivityInterface;
import io.temporal.api.enums.v1.TaskQueueType;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.Priority;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * In which order our own server, started as the platform starts it, hands out what waits. The
 * backlog is there before anybody takes from it, by one slot, so the order is the server's.
 */
final class FairQueueTest {
  private static final int LARGE = 60;
  private static final int SMALL = 10;

  @TempDir Path folder;

  @ActivityInterface
  public interface Reading {
    void read(String account);
  }

  @WorkflowInterface
  public interface Account {
    @WorkflowMethod
    void read(String account, int questions);
  }

  public static final class AccountImpl implements Account {
    @Override
    public void read(String account, int questions) {
      List<Promise<Void>> answers = new ArrayList<>();
      for (int i = 0; i < questions; i++) {
        Reading reading = Calls.aws(Jobs.SCAN, Reading.class, Duration.ofHours(1), account);
        answers.add(Async.procedure(reading::read, account));
      }
      Promise.allOf(answers).get();
    }
  }

  @Test
  void theUrgentGoesFirstAndOrganizationsTakeTurns() throws Exception {
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    try (LocalTemporal server =
        new LocalTemporal(folder, 0, 0, true, "http://127.0.0.1:1/codec").start()) {
      WorkflowServiceStubs stubs =
          WorkflowServiceStubs.newServiceStubs(
              WorkflowServiceStubsOptions.newBuilder().setTarget(server.address()).build());
      WorkflowClient client = WorkflowClient.newInstance(stubs);
      WorkerFactory workflows = WorkerFactory.newInstance(client);
      workflows
          .newWorker(TaskQueues.WORKFLOWS)
          .registerWorkflowImplementationTypes(AccountImpl.class);
      workflows.start();
      List<WorkflowStub> runs = new ArrayList<>();
      runs.add(start(client, "large", LARGE, Urgency.BULK));
      awaitBacklog(stubs, LARGE);
      runs.add(start(client, "small", SMALL, Urgency.BULK));
      awaitBacklog(stubs, LARGE + SMALL);
      runs.add(start(client, "urgent", SMALL, Urgency.WAITED_FOR));
      awaitBacklog(stubs, LARGE + SMALL + SMALL);

      WorkerFactory readers = WorkerFactory.newInstance(client);
      readers
          .newWorker(
              TaskQueues.AWS,
              WorkerOptions.newBuilder()
                  .setMaxConcurrentActivityExecutionSize(1)
                  .setMaxConcurrentActivityTaskPollers(1)
                  .build())
          .registerActivitiesImplementations((Reading) order::add);
      readers.start();
      for (WorkflowStub run : runs) run.getResult(Void.class);
      readers.shutdownNow();
      workflows.shutdownNow();
      stubs.shutdownNow();
    }
    assertThat(order).hasSize(LARGE + SMALL + SMALL);
    // One or two were handed out by the server before it had seen all of the backlog.
    assertThat(order.subList(0, SMALL + 2).stream().filter("urgent"::equals).count())
        .isGreaterThanOrEqualTo(SMALL - 1);
    List<Integer> turns =
        IntStream.range(0, order.size()).filter(i -> order.get(i).equals("small")).boxed().toList();
    // First come, first served would have it last; in turn it is through when both have had ten.
    assertThat(turns.getLast()).isLessThan(SMALL + 2 * SMALL + 15);
    List<String> meanwhile = order.subList(turns.getFirst(), turns.getLast());
    assertThat(meanwhile).contains("large");
  }

  private static WorkflowStub start(
      WorkflowClient client, String account, int questions, Urgency urgency) {
    WorkflowStub run =
        client.newUntypedWorkflowStub(
            "Account",
            WorkflowOptions.newBuilder()
                .setWorkflowId(account)
                .setTaskQueue(TaskQueues.WORKFLOWS)
                .setPriority(
                    Priority.newBuilder()
                        .setPriorityKey(urgency.key())
                        .setFairnessKey(account)
                        .setFairnessWeight(1)
                        .build())
                .build());
    run.start(account, questions);
    return run;
  }

  private static void awaitBacklog(WorkflowServiceStubs stubs, int tasks) {
    DescribeTaskQueueRequest request =
        DescribeTaskQueueRequest.newBuilder()
            .setNamespace("default")
            .setTaskQueue(TaskQueue.newBuilder().setName(TaskQueues.AWS))
            .setTaskQueueType(TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY)
            .setReportStats(true)
            .build();
    for (int i = 0; i < 3_000; i++) {
      long waiting =
          stubs.blockingStub().describeTaskQueue(request).getStats().getApproximateBacklogCount();
      if (waiting >= tasks) return;
      PlatformProcess.pause();
    }
    throw new IllegalStateException("the backlog did not build up");
  }
}
