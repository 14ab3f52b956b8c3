package dev.steward.app;

import dev.steward.activities.Crew;
import dev.steward.activities.notifications.SendingActivities;
import dev.steward.api.Operation;
import dev.steward.api.governance.DeliveryOperations;
import dev.steward.api.governance.NotificationOperations;
import io.temporal.client.WorkflowClient;
import io.temporal.client.schedules.ScheduleClient;
import java.util.List;

/** Who is told of what. */
final class NotificationFeature implements Feature {
  private final House house;
  private final SendingActivities sending;

  NotificationFeature(House house) {
    this.house = house;
    this.sending =
        house.opened(
            new SendingActivities(
                house.store, house.secrets, Configured.sending(house.settings), house.clock));
  }

  @Override
  public List<Operation<?, ?>> operations() {
    return Feature.together(
        new NotificationOperations(
                house.secrets,
                house.desks.office(),
                house.settings.isOn(Setting.NOTIFY_ALLOW_PRIVATE))
            .operations(),
        new DeliveryOperations(house.desks.notices()).operations());
  }

  @Override
  public Crew crew(WorkflowClient client, ScheduleClient schedules) {
    return new Crew(List.of(sending), List.of(), List.of(sending), List.of());
  }
}
