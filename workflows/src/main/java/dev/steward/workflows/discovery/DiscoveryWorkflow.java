package dev.steward.workflows.discovery;

import dev.steward.model.RunStatus;
import dev.steward.model.job.Jobs.DiscoveryRef;
import dev.steward.workflows.FromOutside;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import org.jspecify.annotations.Nullable;

/**
 * Asks every region for every kind of the catalogue, a child workflow a region, and keeps the
 * coverage record.
 */
@WorkflowInterface
public interface DiscoveryWorkflow {

  /**
   * @param gaps questions that were not answered
   */
  record Outcome(RunStatus status, int resources, int gaps) {}

  /**
   * @param by who decided, for the record
   * @param token what proves that it is they, from {@code POST
   *     /onboarding/{id}/discovery/temporal-token}
   */
  @FromOutside
  record SkipRegion(@Nullable String region, @Nullable String by, @Nullable String token) {
    @Override
    public String toString() {
      return "SkipRegion[region=" + region + ", by=" + by + "]";
    }
  }

  /**
   * @param skipped false when the region was already finished
   */
  record Skipped(boolean skipped) {}

  @WorkflowMethod(name = "Discovery")
  Outcome discover(DiscoveryRef input);

  /** An operator gives up on a region that hangs; its open questions become gaps named SKIPPED. */
  @UpdateMethod(name = "skipRegion")
  Skipped skipRegion(@Nullable SkipRegion skip);

  @UpdateValidatorMethod(updateName = "skipRegion")
  void validateSkipRegion(@Nullable SkipRegion skip);

  /** The same for the Temporal UI and command line; a region that is not being asked is ignored. */
  @SignalMethod(name = "skipRegionSignal")
  void skipRegionSignal(@Nullable SkipRegion skip);
}
