package dev.steward.estate.shape;

import dev.steward.estate.Attribute;
import dev.steward.estate.Kind;
import dev.steward.estate.Sight;
import dev.steward.model.Resource;
import java.util.Set;

/** The attribute has one of the values, as it is kept. */
public record Is(Attribute<?> attribute, Set<String> values) implements Condition {
  public Is {
    values = Set.copyOf(values);
  }

  @Override
  public Outcome of(Resource resource, Sight sight, Kind.OfChecks of) {
    String value = attribute.text(resource);
    if (value == null) return Outcome.unknown("its " + attribute + " is not known");
    return values.contains(value)
        ? Outcome.holds(attribute.name(), attribute.shown(resource, value))
        : Outcome.NOT;
  }
}
