package dev.steward.app;

import dev.steward.activities.Crew;
import dev.steward.activities.IntentDispatcher;
import dev.steward.activities.Reconciler;
import dev.steward.activities.Workers;
import dev.steward.activities.onboarding.TemporalScheduleActivities;
import io.temporal.client.WorkflowClient;
import io.temporal.client.schedules.ScheduleClient;
import java.util.List;

/** What works on a server: what every feature brings, and what starts and joins its workflows. */
record TemporalParts(House house, List<Feature> features) implements TemporalWork.Assembly {
  @Override
  public TemporalWork.Parts on(
      WorkflowClient client, ScheduleClient schedules, Runnable onUnprepared) {
    Crew crew = Crew.of(features.stream().map(feature -> feature.crew(client, schedules)).toList());
    TemporalScheduleActivities timetable = new TemporalScheduleActivities(client, schedules);
    return new TemporalWork.Parts(
        Workers.create(client, crew, house.settings.number(Setting.LAB_TRAININGS)),
        new IntentDispatcher(house.store, client, onUnprepared),
        new Reconciler(house.store, house.work, client, timetable, house.clock));
  }
}
