package dev.steward.activities.lab;

import dev.steward.ml.serve.Watching;
import dev.steward.workflows.lab.Watch;
import dev.steward.workflows.lab.WatchActivities;

/** Looks how models that are served do. */
public record ModelWatching(Watching watching) implements WatchActivities {
  @Override
  public boolean look(Watch.Input input) {
    return watching.look(input.organization(), input.model());
  }
}
