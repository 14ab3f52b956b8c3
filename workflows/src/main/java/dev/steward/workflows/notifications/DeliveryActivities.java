package dev.steward.workflows.notifications;

import dev.steward.model.job.Jobs.DeliveryRef;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Task queue {@code notify}. */
@ActivityInterface
public interface DeliveryActivities {
  /** Sends it, and writes that down. A receiver may get it twice: the delivery's id says so. */
  @ActivityMethod(name = "DeliverySend")
  void send(DeliveryRef input);
}
