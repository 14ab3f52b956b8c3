package dev.steward.estate.shape;

import dev.steward.estate.Attribute;
import dev.steward.estate.Evidence;
import dev.steward.estate.Kind;
import dev.steward.estate.Sight;
import dev.steward.estate.Threshold;
import dev.steward.model.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * It was made, or another thing was, at least so many days ago.
 *
 * @param moment null of what was made
 */
public record OlderThan(Threshold days, Optional<Attribute<Instant>> moment) implements Condition {
  @Override
  public Outcome of(Resource resource, Sight sight, Kind.OfChecks of) {
    Instant then = moment.isEmpty() ? resource.createdAt() : moment.get().of(resource);
    if (then == null)
      return Outcome.unknown(
          moment.map(known -> "its " + known + " is not known").orElse("no creation time"));
    double age = sight.daysSince(then);
    return age < sight.threshold(days.name())
        ? Outcome.NOT
        : Outcome.holds(moment.map(Attribute::name).orElse("age") + "_days", Evidence.days(age));
  }

  @Override
  public List<Threshold> thresholds() {
    return List.of(days);
  }
}
