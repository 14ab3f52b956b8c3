package dev.steward.workflows.notifications;

import dev.steward.model.job.Jobs.DeliveryRef;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** What a delivery writes. Local activities. */
@ActivityInterface
public interface DeliveryRecords {
  record GivenUp(DeliveryRef input, String why) {}

  /** Puts it on the list of the dead, from which it can be sent again. */
  @ActivityMethod(name = "DeliveryGiveUp")
  void giveUp(GivenUp givenUp);
}
