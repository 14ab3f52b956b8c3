package dev.steward.app;

import dev.steward.activities.Crew;
import dev.steward.activities.waste.AwsDoubtActivities;
import dev.steward.activities.waste.AwsMetricActivities;
import dev.steward.activities.waste.StoreWasteActivities;
import dev.steward.activities.waste.UsageLook;
import dev.steward.api.Operation;
import dev.steward.api.waste.CheckOperations;
import dev.steward.api.waste.FindingOperations;
import dev.steward.api.waste.JudgementOperations;
import dev.steward.api.waste.SavingsOperations;
import dev.steward.api.waste.ScanOperations;
import dev.steward.api.waste.UndecidedOperations;
import io.temporal.client.WorkflowClient;
import io.temporal.client.schedules.ScheduleClient;
import java.util.List;

/** What costs money for nothing. */
record WasteFeature(House house) implements Feature {
  @Override
  public List<Operation<?, ?>> operations() {
    return Feature.together(
        new FindingOperations().operations(),
        new ScanOperations(house.scans).operations(),
        new CheckOperations(house.desks.office().prices()).operations(),
        new UndecidedOperations().operations(),
        new SavingsOperations().operations(),
        new JudgementOperations(house.desks.findings(), house.clock).operations());
  }

  @Override
  public Crew crew(WorkflowClient client, ScheduleClient schedules) {
    return Crew.storing(
            new StoreWasteActivities(
                house.store, house.desks.office().prices(), house.lab.champions(), house.clock))
        .calling(
            new AwsMetricActivities(house.store, house.aws),
            new AwsDoubtActivities(
                house.store, house.aws, house.desks.office().prices(), house.clock),
            new UsageLook(house.store, house.lab.champions(), house.clock));
  }
}
