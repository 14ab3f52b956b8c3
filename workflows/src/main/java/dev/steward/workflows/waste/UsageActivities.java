package dev.steward.workflows.waste;

import dev.steward.model.job.Jobs.ScanRef;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/**
 * What a scan computes of the hours that it read. Task queue {@code aws}: it must not wait for a
 * training.
 */
@ActivityInterface
public interface UsageActivities {
  /** Tells what is unusual about the account's resources since the scan before. Heart-beats. */
  @ActivityMethod(name = "LookAtUsage")
  void look(ScanRef input);
}
