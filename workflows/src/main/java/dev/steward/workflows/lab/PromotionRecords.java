package dev.steward.workflows.lab;

import dev.steward.model.job.Jobs.PromotionRef;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** What a promotion reads and writes. Local activities; each may be done again. */
@ActivityInterface
public interface PromotionRecords {
  /**
   * @param open nothing is decided yet
   */
  record Standing(boolean open, String status) {}

  /** Does what was decided, if it was. */
  @ActivityMethod(name = "PromotionTick")
  Standing tick(PromotionRef input);
}
