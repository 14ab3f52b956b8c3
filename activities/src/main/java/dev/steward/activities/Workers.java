package dev.steward.activities;

import dev.steward.activities.discovery.AwsListingActivities;
import dev.steward.activities.discovery.Inventory;
import dev.steward.activities.discovery.StoreDiscoveryActivities;
import dev.steward.activities.discovery.StoreDueActivities;
import dev.steward.activities.governance.AwsActionActivities;
import dev.steward.activities.governance.StoreApprovalActivities;
import dev.steward.activities.governance.StoreChangeActivities;
import dev.steward.activities.lab.BatchForecasts;
import dev.steward.activities.lab.ForecastTraining;
import dev.steward.activities.lab.ModelWatching;
import dev.steward.activities.lab.StoreLabActivities;
import dev.steward.activities.notifications.SendingActivities;
import dev.steward.activities.onboarding.AwsConnectionActivities;
import dev.steward.activities.onboarding.StoreOnboardingActivities;
import dev.steward.activities.onboarding.TemporalScheduleActivities;
import dev.steward.activities.waste.AwsMetricActivities;
import dev.steward.activities.waste.StoreWasteActivities;
import dev.steward.activities.waste.UsageLook;
import dev.steward.aws.AwsAccess;
import dev.steward.aws.AwsFailureInterceptor;
import dev.steward.domain.data.DataSets;
import dev.steward.domain.governance.desk.Desks;
import dev.steward.domain.governance.desk.TemporalDoor;
import dev.steward.domain.lab.Promotions;
import dev.steward.domain.lab.Searches;
import dev.steward.domain.lab.Trainings;
import dev.steward.domain.serve.Champions;
import dev.steward.domain.serve.Forecasts;
import dev.steward.domain.serve.Predictions;
import dev.steward.domain.serve.Watching;
import dev.steward.estate.PriceBook;
import dev.steward.model.Ids;
import dev.steward.model.job.TaskQueues;
import dev.steward.storage.Blobs;
import dev.steward.storage.Store;
import dev.steward.storage.Work;
import dev.steward.workflows.Entrance;
import dev.steward.workflows.ForeignPayloadException;
import dev.steward.workflows.UnknownWorkflow;
import dev.steward.workflows.Workflows;
import io.temporal.client.WorkflowClient;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import io.temporal.worker.WorkflowImplementationOptions;
import java.time.Duration;
import java.time.InstantSource;

/** Registers every workflow and activity on its task queue. */
public final class Workers {
  /** Predictions and looks at served models at the same time. */
  private static final int FORECASTS = 2;

  private Workers() {}

  public static WorkerFactory create(
      WorkflowClient client,
      ScheduleClient schedules,
      Store store,
      AwsAccess aws,
      Desks desks,
      TemporalDoor door,
      Lab lab,
      SendingActivities sending) {
    Work work = desks.office().work();
    Ids ids = desks.office().ids();
    InstantSource clock = desks.office().clock();
    WorkerFactory factory =
        WorkerFactory.newInstance(
            client,
            WorkerFactoryOptions.newBuilder()
                .setWorkerInterceptors(new AwsFailureInterceptor(), new Entrance())
                .setUsingVirtualWorkflowThreads(true)
                .setMaxWorkflowThreadCount(2_000)
                .build());
    PriceBook prices = desks.office().prices();
    Inventory inventory = new Inventory(store, prices, clock);

    BatchForecasts batches =
        new BatchForecasts(store, lab.blobs(), lab.dataSets(), lab.forecasts(), lab.predictions());
    Worker workflows =
        factory.newWorker(
            TaskQueues.WORKFLOWS,
            WorkerOptions.newBuilder()
                .setLocalActivityWorkerOnly(true)
                .setMaxConcurrentWorkflowTaskExecutionSize(32)
                .setMaxConcurrentLocalActivityExecutionSize(64)
                .setUsingVirtualThreads(true)
                .build());
    // What is not ours ends a run, where it would be looked at again for ever.
    workflows.registerWorkflowImplementationTypes(
        WorkflowImplementationOptions.newBuilder()
            .setFailWorkflowExceptionTypes(ForeignPayloadException.class)
            .build(),
        Workflows.ALL.toArray(Class<?>[]::new));
    workflows.registerWorkflowImplementationTypes(UnknownWorkflow.class);
    workflows.registerActivitiesImplementations(
        new StoreOnboardingActivities(store, aws, work, ids, clock),
        new StoreDiscoveryActivities(
            store, inventory, work, clock, aws.settings().homeRegion(), door),
        new StoreDueActivities(store, work),
        new StoreWasteActivities(store, prices, lab.champions(), clock),
        new StoreApprovalActivities(store, desks.approvals(), door),
        new StoreChangeActivities(store, desks.changes(), desks.steps(), door),
        new StoreLabActivities(
            store, lab.blobs(), lab.trainings(), lab.searches(), lab.promotions()),
        batches,
        sending);

    // Everything on both: a task that an older version asked for lies on the queue of its time.
    Object[] calls = {
      new AwsConnectionActivities(store, aws, ids),
      new TemporalScheduleActivities(client, schedules),
      new AwsListingActivities(store, aws, inventory),
      new AwsMetricActivities(store, aws),
      new UsageLook(store, lab.champions(), clock),
      new AwsActionActivities(store, aws, clock, desks.steps(), door)
    };
    factory
        .newWorker(TaskQueues.AWS, onVirtualThreads(64))
        .registerActivitiesImplementations(calls);
    // Many, for a change that waits for a snapshot holds one for minutes and does nothing with it.
    factory
        .newWorker(TaskQueues.INTERACTIVE, onVirtualThreads(256))
        .registerActivitiesImplementations(calls);

    factory
        .newWorker(TaskQueues.NOTIFY, onVirtualThreads(16))
        .registerActivitiesImplementations(sending);

    Object[] learning = {
      new ForecastTraining(store, lab.blobs(), lab.dataSets(), lab.trainings(), clock),
      new ModelWatching(lab.watching()),
      batches
    };
    // A training uses every core by itself.
    factory
        .newWorker(TaskQueues.ML, onPlatformThreads(lab.atOnce()))
        .registerActivitiesImplementations(learning);
    factory
        .newWorker(TaskQueues.FORECASTS, onPlatformThreads(FORECASTS))
        .registerActivitiesImplementations(learning);
    return factory;
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

  /**
   * What trainings need.
   *
   * @param atOnce how many run at the same time
   */
  public record Lab(
      Blobs blobs,
      DataSets dataSets,
      Trainings trainings,
      Searches searches,
      Promotions promotions,
      Forecasts forecasts,
      Champions champions,
      Predictions predictions,
      Watching watching,
      int atOnce) {}
}
