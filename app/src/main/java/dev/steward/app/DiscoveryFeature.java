package dev.steward.app;

import dev.steward.activities.Crew;
import dev.steward.activities.discovery.AwsListingActivities;
import dev.steward.activities.discovery.Inventory;
import dev.steward.activities.discovery.StoreDiscoveryActivities;
import dev.steward.activities.discovery.StoreDueActivities;
import dev.steward.api.Operation;
import dev.steward.aws.Connection;
import io.temporal.client.WorkflowClient;
import io.temporal.client.schedules.ScheduleClient;
import java.util.List;

/** What runs in an account; its routes are the client's. */
record DiscoveryFeature(House house) implements Feature {
  @Override
  public List<Operation<?, ?>> operations() {
    return List.of();
  }

  @Override
  public Crew crew(WorkflowClient client, ScheduleClient schedules) {
    Inventory inventory = new Inventory(house.store, house.desks.office().prices(), house.clock);
    return Crew.storing(
            new StoreDiscoveryActivities(
                house.store,
                inventory,
                house.scans,
                house.clock,
                account -> house.aws.certainRegion(Connection.of(account)),
                house.door),
            new StoreDueActivities(
                house.store, house.discoveries, house.scans, house.verifications))
        .calling(new AwsListingActivities(house.store, house.aws, inventory));
  }
}
