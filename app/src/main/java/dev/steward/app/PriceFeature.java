package dev.steward.app;

import dev.steward.activities.Crew;
import dev.steward.activities.prices.AwsPricingActivities;
import dev.steward.activities.prices.StorePriceActivities;
import dev.steward.api.Operation;
import dev.steward.api.prices.DiscountOperations;
import dev.steward.api.prices.PriceOperations;
import dev.steward.aws.PriceList;
import dev.steward.domain.prices.PriceBooks;
import dev.steward.domain.prices.PriceMaking;
import io.temporal.client.WorkflowClient;
import io.temporal.client.schedules.ScheduleClient;
import java.util.List;

/** What things cost. */
record PriceFeature(House house) implements Feature {
  @Override
  public List<Operation<?, ?>> operations() {
    return Feature.together(
        new PriceOperations(house.store, new PriceBooks(house.shelf), house.refreshes).operations(),
        new DiscountOperations(house.clock).operations());
  }

  @Override
  public Crew crew(WorkflowClient client, ScheduleClient schedules) {
    PriceMaking making = new PriceMaking(house.store, house.blobs, house.shelf, house.clock);
    return Crew.storing(new StorePriceActivities(house.store, making, house.clock))
        .calling(new AwsPricingActivities(house.store, new PriceList(house.aws), making));
  }
}
