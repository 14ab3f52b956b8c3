package dev.steward.workflows.discovery;

import dev.steward.model.Coverage;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;

/**
 * What discovery writes. Local activities; each is one transaction and idempotent by the
 * discovery's id.
 */
@ActivityInterface
public interface DiscoveryActivities {
  /** False when the discovery is already over or its account is gone. */
  @ActivityMethod(name = "DiscoveryBegin")
  boolean begin(Discovery.Input input);

  record Plan(List<RegionDiscovery.Input> regions) {
    public Plan {
      regions = List.copyOf(regions);
    }
  }

  record RegionsFound(Discovery.Input input, ListingActivities.Regions regions) {}

  /**
   * Writes down every question before the first is asked, and forgets what was known of regions
   * that are no longer asked.
   */
  @ActivityMethod(name = "DiscoveryPlan")
  Plan plan(RegionsFound found);

  record GivenUp(ListingActivities.Question question, Coverage coverage, String detail) {}

  /**
   * Writes down that a question will not be answered. A question that was answered meanwhile stays
   * answered.
   */
  @ActivityMethod(name = "DiscoveryGiveUp")
  void giveUp(GivenUp givenUp);

  record Ending(Discovery.Input input, boolean cancelled) {}

  /** Closes the discovery by its coverage record and asks for a waste scan. */
  @ActivityMethod(name = "DiscoveryFinish")
  Discovery.Outcome finish(Ending ending);
}
