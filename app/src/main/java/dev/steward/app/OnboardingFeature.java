package dev.steward.app;

import dev.steward.activities.Crew;
import dev.steward.activities.onboarding.AwsConnectionActivities;
import dev.steward.activities.onboarding.StoreOnboardingActivities;
import dev.steward.activities.onboarding.TemporalScheduleActivities;
import dev.steward.api.Operation;
import dev.steward.api.onboarding.ConnectionOperations;
import dev.steward.api.onboarding.DiscoveryOperations;
import dev.steward.api.onboarding.OnboardingDrafts;
import dev.steward.api.onboarding.OnboardingOperations;
import dev.steward.api.onboarding.OnboardingViews;
import dev.steward.api.onboarding.OwnPrincipal;
import io.temporal.client.WorkflowClient;
import io.temporal.client.schedules.ScheduleClient;
import java.time.Duration;
import java.util.List;

/** How an account is connected, and proven to be safely. */
record OnboardingFeature(House house) implements Feature {
  @Override
  public List<Operation<?, ?>> operations() {
    OnboardingDrafts drafts =
        new OnboardingDrafts(house.verifications, house.secrets, house.ids, house.clock);
    OnboardingViews views =
        new OnboardingViews(
            house::publicUrl,
            Duration.ofDays(house.settings.number(Setting.KEEP_ONBOARDING_DAYS)),
            house.clock);
    OwnPrincipal principal = new OwnPrincipal(house::principal);
    return Feature.together(
        new OnboardingOperations(drafts, views, principal).operations(),
        new ConnectionOperations(drafts, views, principal, house.verifications).operations(),
        new DiscoveryOperations(house.discoveries).operations());
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
