package dev.steward.workflows.waste;

import dev.steward.model.job.Jobs.ScanRef;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** What a scan asks of AWS about what would be waste but for the answer. Task queue {@code aws}. */
@ActivityInterface
public interface DoubtActivities {
  /**
   * Asks, and keeps the answers for the judgement of the same scan; asking again replaces them.
   * Heart-beats.
   *
   * @return about how many resources was asked
   */
  @ActivityMethod(name = "AskInDoubt")
  int ask(ScanRef input);
}
