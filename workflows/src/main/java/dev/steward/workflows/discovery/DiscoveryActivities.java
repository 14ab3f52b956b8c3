package dev.steward.workflows.discovery;

import dev.steward.model.Coverage;
import dev.steward.model.job.Jobs.DiscoveryRef;
import dev.steward.model.job.Jobs.RegionRef;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What discovery writes. Local activities; each is one transaction and idempotent by the
 * discovery's id.
 */
@ActivityInterface
public interface DiscoveryActivities {
  /** False when the discovery is already over or its account is gone. */
  @ActivityMethod(name = "DiscoveryBegin")
  boolean begin(DiscoveryRef input);

  record Plan(List<RegionRef> regions) {
    public Plan {
      regions = List.copyOf(regions);
    }
  }

  record RegionsFound(DiscoveryRef input, ListingActivities.Regions regions) {}

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

  record Ending(DiscoveryRef input, boolean cancelled) {}

  /** Closes the discovery by its coverage record and asks for a waste scan. */
  @ActivityMethod(name = "DiscoveryFinish")
  DiscoveryWorkflow.Outcome finish(Ending ending);

  /**
   * @param skip null where it could not be read
   * @param refusal what the workflow already finds wrong with it
   */
  record SkipWish(
      DiscoveryRef input, DiscoveryWorkflow.@Nullable SkipRegion skip, @Nullable String refusal) {}

  /**
   * @param refusal the problem's type; null when it was taken
   */
  record SkipAnswer(@Nullable String refusal, String detail) {}

  /** Asks for a proof of who wishes it, and writes down both. */
  @ActivityMethod(name = "DiscoverySkip")
  SkipAnswer skip(SkipWish wish);
}
