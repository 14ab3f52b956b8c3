package dev.steward.estate.shape;

import dev.steward.estate.Attribute;
import dev.steward.estate.Evidence;
import dev.steward.estate.Kind;
import dev.steward.estate.Sight;
import dev.steward.estate.Threshold;
import dev.steward.model.Resource;
import java.util.List;

/**
 * The attribute is at or beyond the setting.
 *
 * @param least whether it is at least that much, or else at most
 */
public record Bounded(Attribute<Double> attribute, Threshold threshold, boolean least)
    implements Condition {
  @Override
  public Outcome of(Resource resource, Sight sight, Kind.OfChecks of) {
    Double value = attribute.of(resource);
    if (value == null || value.isNaN())
      return Outcome.unknown("its " + attribute + " is not known");
    double bound = sight.threshold(threshold.name());
    return (least ? value >= bound : value <= bound)
        ? Outcome.holds(attribute.name(), Evidence.number(value))
        : Outcome.NOT;
  }

  @Override
  public List<Threshold> thresholds() {
    return List.of(threshold);
  }
}
