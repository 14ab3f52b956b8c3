package dev.steward.workflows;

import dev.steward.model.job.TaskQueues;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A Temporal in this process whose time can be skipped, with every workflow of ours on it. */
final class WorkflowLab implements AutoCloseable {
  /** Set to make new histories: see docs/operations.md on replay. */
  private static final boolean RECORD = Boolean.getBoolean("histories.record");

  final FakeWorld world = new FakeWorld();
  final TestWorkflowEnvironment temporal;

  WorkflowLab() {
    this(600);
  }

  /**
   * @param cache how many workflows stay in memory; 0 replays each at every step
   */
  WorkflowLab(int cache) {
    temporal = environment(cache);
    Worker workflows = temporal.newWorker(TaskQueues.WORKFLOWS);
    workflows.registerWorkflowImplementationTypes(Workflows.ALL.toArray(Class<?>[]::new));
    workflows.registerActivitiesImplementations(world.activities());
    // Cancellation is learnt from heart-beats; here they need not be rare.
    WorkerOptions quick =
        WorkerOptions.newBuilder().setMaxHeartbeatThrottleInterval(Duration.ofMillis(50)).build();
    for (String queue : List.of(TaskQueues.AWS, TaskQueues.INTERACTIVE))
      temporal.newWorker(queue, quick).registerActivitiesImplementations(world.activities());
    for (String queue : List.of(TaskQueues.ML, TaskQueues.FORECASTS))
      temporal.newWorker(queue, quick).registerActivitiesImplementations(world.lab);
    temporal.newWorker(TaskQueues.NOTIFY).registerActivitiesImplementations(world.activities());
    temporal.start();
  }

  /** Not started yet, and without workers. */
  static TestWorkflowEnvironment environment(int cache) {
    TestEnvironmentOptions.Builder options =
        TestEnvironmentOptions.newBuilder()
            .setWorkerFactoryOptions(
                WorkerFactoryOptions.newBuilder().setWorkflowCacheSize(cache).build())
            .setWorkflowClientOptions(
                WorkflowClientOptions.newBuilder()
                    .setDataConverter(Messages.converter(List.of()))
                    .build());
    Attributes.ALL.forEach(a ->
        options.registerSearchAttribute(a.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD));
    return TestWorkflowEnvironment.newInstance(options.build());
  }

  <T> T workflow(Class<T> type, String id) {
    return temporal
        .getWorkflowClient()
        .newWorkflowStub(
            type,
            WorkflowOptions.newBuilder()
                .setWorkflowId(id)
                .setTaskQueue(TaskQueues.WORKFLOWS)
                .build());
  }

  /**
   * Keeps the history as a fixture for the replay gate, when that was asked for. One that is there
   * stays as it is: it is of the time when it was made.
   */
  void keepHistory(String workflowId, String type, String scenario) {
    if (!RECORD) return;
    try {
      Path file = Path.of("src/test/resources/histories", type, scenario + ".json");
      Path folder = file.getParent();
      if (Files.exists(file)) return;
      if (folder != null) Files.createDirectories(folder);
      Files.writeString(
          file,
          temporal.getWorkflowClient().fetchHistory(workflowId).toJson(true),
          StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    temporal.close();
  }
}
