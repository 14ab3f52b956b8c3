package dev.steward.workflows.lab;

import dev.steward.model.RunId;
import dev.steward.model.job.Jobs.RunRef;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import org.jspecify.annotations.Nullable;

/** What a search asks the store. A local activity, which may be done again. */
@ActivityInterface
public interface SearchRecords {
  /**
   * @param run to train now; null when the search is over
   */
  record Next(@Nullable RunId run) {}

  /** The trial that is under way, or else the one that follows. */
  @ActivityMethod(name = "SearchNext")
  Next next(RunRef search);

  /** Stops the search, with the trial that is under way. */
  @ActivityMethod(name = "SearchStop")
  void stop(RunRef search);
}
