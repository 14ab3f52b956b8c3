package dev.steward.app;

import dev.steward.activities.Crew;
import dev.steward.activities.onboarding.AwsConnectionActivities;
import dev.steward.activities.onboarding.StoreOnboardingActivities;
import dev.steward.activities.onboarding.TemporalScheduleActivities;
import dev.steward.api.Operation;
import dev.steward.api.onboarding.OnboardingOperations;
import io.temporal.client.WorkflowClient;
import io.temporal.client.schedules.ScheduleClient;
import java.util.List;

/** How an account is connected, and proven to be safely. */
record OnboardingFeature(House house) implements Feature {
  @Override
  public List<Operation> operations() {
    return new OnboardingOperations(
            house.store,
            house.secrets,
            house.verifications,
            house.discoveries,
            house.ids,
            house.clock,
            house::publicUrl,
            house::principal)
        .operations();
  }

  @Override
  public Crew crew(WorkflowClient client, ScheduleClient schedules) {
    return Crew.storing(
            new StoreOnboardingActivities(
                house.store, house.aws, house.discoveries, house.ids, house.clock))
        .calling(
            new AwsConnectionActivities(house.store, house.aws, house.ids),
            new TemporalScheduleActivities(client, schedules));
  }
}
