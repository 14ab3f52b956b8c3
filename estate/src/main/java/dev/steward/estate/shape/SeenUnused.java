package dev.steward.estate.shape;

import dev.steward.estate.Evidence;
import dev.steward.estate.Kind;
import dev.steward.estate.Looks;
import dev.steward.estate.Sight;
import dev.steward.estate.Threshold;
import dev.steward.model.Resource;
import java.util.List;

/** All looks of the last days saw it unused; with too few of them nobody can tell. */
public record SeenUnused(Threshold days) implements Condition {
  @Override
  public Outcome of(Resource resource, Sight sight, Kind.OfChecks of) {
    Looks looks = Looks.of(resource);
    double seen = looks.days(sight);
    if (seen >= sight.threshold(days.name()))
      return Outcome.holds("seen_unused_days", Evidence.days(seen));
    return looks.before()
        ? Outcome.NOT
        : Outcome.unknown("nobody can tell whether it has been unused for so long");
  }

  @Override
  public List<Threshold> thresholds() {
    return List.of(days);
  }
}
