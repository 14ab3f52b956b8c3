package dev.steward.workflows.discovery;

import dev.steward.model.AccountId;
import dev.steward.model.DiscoveryId;
import dev.steward.model.OrganizationId;
import dev.steward.model.RunStatus;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Asks every region for every kind of the catalogue, a child workflow a region, and keeps the
 * coverage record.
 */
@WorkflowInterface
public interface Discovery {
  record Input(AccountId account, OrganizationId organization, DiscoveryId discovery) {}

  /**
   * @param gaps questions that were not answered
   */
  record Outcome(RunStatus status, int resources, int gaps) {}

  /**
   * @param by who decided, for the record
   */
  record SkipRegion(String region, String by) {}

  /**
   * @param skipped false when the region was already finished
   */
  record Skipped(boolean skipped) {}

  @WorkflowMethod(name = "Discovery")
  Outcome discover(Input input);

  /** An operator gives up on a region that hangs; its open questions become gaps named SKIPPED. */
  @UpdateMethod(name = "skipRegion")
  Skipped skipRegion(SkipRegion skip);

  @UpdateValidatorMethod(updateName = "skipRegion")
  void validateSkipRegion(SkipRegion skip);

  /** The same for the Temporal UI and command line; a region that is not being asked is ignored. */
  @SignalMethod(name = "skipRegionSignal")
  void skipRegionSignal(SkipRegion skip);
}
