package dev.steward.app;

import dev.steward.activities.Crew;
import dev.steward.activities.lab.BatchForecasts;
import dev.steward.activities.lab.ForecastTraining;
import dev.steward.activities.lab.ModelWatching;
import dev.steward.activities.lab.StoreLabActivities;
import dev.steward.api.Operation;
import dev.steward.api.lab.ComparisonOperations;
import dev.steward.api.lab.DataSetOperations;
import dev.steward.api.lab.LabOperations;
import dev.steward.api.lab.LeaderboardOperations;
import dev.steward.api.lab.ModelOperations;
import dev.steward.api.lab.TrainingOperations;
import dev.steward.api.lab.WatchOperations;
import dev.steward.storage.Blobs;
import dev.steward.storage.Store;
import io.temporal.client.WorkflowClient;
import io.temporal.client.schedules.ScheduleClient;
import java.util.List;

/** Data sets, trainings, and the models that come of them. */
record LabFeature(House house) implements Feature {
  @Override
  public List<Operation<?, ?>> operations() {
    Store store = house.store;
    Blobs blobs = house.blobs;
    Lab lab = house.lab;
    return Feature.together(
        new DataSetOperations(lab.dataSets(), Configured.upload(house.settings)).operations(),
        new TrainingOperations(lab.trainings(), lab.searches()).operations(),
        new LabOperations(lab.tracking()).operations(),
        new ComparisonOperations(store, blobs).operations(),
        new LeaderboardOperations(store, blobs).operations(),
        new ModelOperations(lab.registry(), lab.promotions()).operations(),
        new WatchOperations(lab.watches()).operations());
  }

  @Override
  public Crew crew(WorkflowClient client, ScheduleClient schedules) {
    Store store = house.store;
    Blobs blobs = house.blobs;
    Lab lab = house.lab;
    BatchForecasts batches =
        new BatchForecasts(store, blobs, lab.dataSets(), lab.forecasts(), lab.predictions());
    return new Crew(
        List.of(
            new StoreLabActivities(store, blobs, lab.trainings(), lab.searches(), lab.promotions()),
            batches),
        List.of(),
        List.of(),
        List.of(
            new ForecastTraining(store, blobs, lab.dataSets(), lab.trainings(), house.clock),
            new ModelWatching(lab.watching()),
            batches));
  }
}
