package dev.steward.app;

import dev.steward.activities.Crew;
import dev.steward.api.Operation;
import io.temporal.client.WorkflowClient;
import io.temporal.client.schedules.ScheduleClient;
import java.util.List;
import java.util.stream.Stream;

/** A group of routes, with everything that it brings. */
interface Feature {
  List<Operation<?, ?>> operations();

  /** What it does for workflows. */
  default Crew crew(WorkflowClient client, ScheduleClient schedules) {
    return Crew.NONE;
  }

  /** Operations of several groups. */
  @SafeVarargs
  static List<Operation<?, ?>> together(List<Operation<?, ?>>... groups) {
    return Stream.of(groups).flatMap(List::stream).toList();
  }

  /** Every feature of the platform. */
  static List<Feature> all(House house) {
    return List.of(
        new AuthFeature(house),
        new ClientFeature(house),
        new OnboardingFeature(house),
        new DiscoveryFeature(house),
        new WasteFeature(house),
        new PriceFeature(house),
        new GovernanceFeature(house),
        new NotificationFeature(house),
        new LabFeature(house),
        new MlflowFeature(house),
        new AiFeature(house));
  }
}
