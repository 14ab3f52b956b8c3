package dev.steward.workflows.notifications;

import dev.steward.workflows.Calls;
import dev.steward.workflows.notifications.DeliveryRecords.GivenUp;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;

public final class DeliveryImpl implements Delivery {
  private final DeliveryRecords store = Calls.store(DeliveryRecords.class);

  @Override
  public Outcome deliver(Input input) {
    try {
      Calls.notify(DeliveryActivities.class).send(input);
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
