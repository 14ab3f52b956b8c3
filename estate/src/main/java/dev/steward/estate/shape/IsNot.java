package dev.steward.estate.shape;

import dev.steward.estate.Attribute;
import dev.steward.estate.Kind;
import dev.steward.estate.Sight;
import dev.steward.model.Resource;
import java.util.Set;

/** The attribute is known, and has none of the values. */
public record IsNot(Attribute<?> attribute, Set<String> values) implements Condition {
  public IsNot {
    values = Set.copyOf(values);
  }

  @Override
  public Outcome of(Resource resource, Sight sight, Kind.OfChecks of) {
    String value = attribute.text(resource);
    if (value == null) return Outcome.unknown("its " + attribute + " is not known");
    return values.contains(value)
        ? Outcome.NOT
        : Outcome.holds(attribute.name(), attribute.shown(resource, value));
  }
}
