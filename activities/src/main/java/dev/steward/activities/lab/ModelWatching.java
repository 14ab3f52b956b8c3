package dev.steward.activities.lab;

import dev.steward.domain.serve.Watching;
import dev.steward.model.job.Jobs.WatchRef;
import dev.steward.workflows.lab.WatchActivities;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;

/** Looks how models that are served do. */
public record ModelWatching(Watching watching) implements WatchActivities {
  @Override
  public boolean look(WatchRef input) {
    ActivityExecutionContext activity = Activity.getExecutionContext();
    return watching.look(input.organization(), input.model(), () -> activity.heartbeat(null));
  }
}
