package dev.steward.workflows.notifications;

import dev.steward.model.job.Jobs;
import dev.steward.model.job.Jobs.DeliveryRef;
import dev.steward.workflows.Calls;
import dev.steward.workflows.notifications.DeliveryRecords.GivenUp;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;

public final class DeliveryWorkflowImpl implements DeliveryWorkflow {
  private final DeliveryRecords store = Calls.store(DeliveryRecords.class);

  @Override
  public Outcome deliver(DeliveryRef input) {
    try {
      Calls.notify(Jobs.DELIVERY, DeliveryActivities.class).send(input);
      return new Outcome(true);
    } catch (ActivityFailure failure) {
      if (failure.getCause() instanceof CanceledFailure) throw failure;
      store.giveUp(
          new GivenUp(
              input,
              failure.getCause() instanceof ApplicationFailure known
                  ? known.getOriginalMessage()
                  : "no answer in time"));
      return new Outcome(false);
    }
  }
}
