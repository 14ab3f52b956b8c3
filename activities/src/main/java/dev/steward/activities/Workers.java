package dev.steward.activities;

import dev.steward.aws.AwsFailureInterceptor;
import dev.steward.model.job.TaskQueues;
import dev.steward.workflows.Entrance;
import dev.steward.workflows.ForeignPayloadException;
import dev.steward.workflows.UnknownWorkflow;
import dev.steward.workflows.Workflows;
import io.temporal.client.WorkflowClient;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import io.temporal.worker.WorkflowImplementationOptions;
import java.time.Duration;
import java.util.List;

/** Registers every workflow and activity on its task queue. */
public final class Workers {
  /** Predictions and looks at served models at the same time. */
  private static final int FORECASTS = 2;

  private Workers() {}

  /**
   * @param trainings that run at the same time
   */
  public static WorkerFactory create(WorkflowClient client, Crew crew, int trainings) {
    WorkerFactory factory =
        WorkerFactory.newInstance(
            client,
            WorkerFactoryOptions.newBuilder()
                .setWorkerInterceptors(new AwsFailureInterceptor(), new Entrance())
                .setUsingVirtualWorkflowThreads(true)
                .setMaxWorkflowThreadCount(2_000)
                .build());
    workflows(factory.newWorker(TaskQueues.WORKFLOWS, local()), crew);
    // Everything on both: a task that an older version asked for lies on the queue of its time.
    add(factory, TaskQueues.AWS, onVirtualThreads(64), crew.calls());
    // Many, for a change that waits for a snapshot holds one for minutes and does nothing with it.
    add(factory, TaskQueues.INTERACTIVE, onVirtualThreads(256), crew.calls());
    add(factory, TaskQueues.NOTIFY, onVirtualThreads(16), crew.sending());
    // A training uses every core by itself.
    add(factory, TaskQueues.ML, onPlatformThreads(trainings), crew.learning());
    add(factory, TaskQueues.FORECASTS, onPlatformThreads(FORECASTS), crew.learning());
    return factory;
  }

  private static void workflows(Worker worker, Crew crew) {
    // What is not ours ends a run, where it would be looked at again for ever.
    worker.registerWorkflowImplementationTypes(
        WorkflowImplementationOptions.newBuilder()
            .setFailWorkflowExceptionTypes(ForeignPayloadException.class)
            .build(),
        Workflows.ALL.toArray(Class<?>[]::new));
    worker.registerWorkflowImplementationTypes(UnknownWorkflow.class);
    worker.registerActivitiesImplementations(crew.local().toArray());
  }

  private static void add(
      WorkerFactory factory, String queue, WorkerOptions options, List<Object> activities) {
    factory.newWorker(queue, options).registerActivitiesImplementations(activities.toArray());
  }

  private static WorkerOptions local() {
    return WorkerOptions.newBuilder()
        .setLocalActivityWorkerOnly(true)
        .setMaxConcurrentWorkflowTaskExecutionSize(32)
        .setMaxConcurrentLocalActivityExecutionSize(64)
        .setUsingVirtualThreads(true)
        .build();
  }

  private static WorkerOptions onVirtualThreads(int slots) {
    return WorkerOptions.newBuilder()
        .setMaxConcurrentActivityExecutionSize(slots)
        .setUsingVirtualThreadsOnActivityWorker(true)
        // So soon it is known that Temporal has given an activity to somebody else.
        .setMaxHeartbeatThrottleInterval(Duration.ofSeconds(5))
        .build();
  }

  /** Which native code expects. */
  private static WorkerOptions onPlatformThreads(int slots) {
    return WorkerOptions.newBuilder()
        .setMaxConcurrentActivityExecutionSize(slots)
        .setUsingVirtualThreadsOnActivityWorker(false)
        .build();
  }
}
