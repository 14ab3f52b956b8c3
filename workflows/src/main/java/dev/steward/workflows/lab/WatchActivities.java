package dev.steward.workflows.lab;

import dev.steward.model.job.Jobs.WatchRef;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** What a look computes and writes. Task queue {@code ml}; may be done again. */
@ActivityInterface
public interface WatchActivities {
  /** One look; false if nothing is served any more. */
  @ActivityMethod(name = "WatchLook")
  boolean look(WatchRef input);
}
