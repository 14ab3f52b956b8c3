package dev.steward.estate.shape;

import dev.steward.estate.Attribute;
import dev.steward.estate.Kind;
import dev.steward.estate.Sight;
import dev.steward.model.Resource;

/**
 * AWS leaves the member out where there is none. Details that were not answered make the whole
 * resource unknown before a check is asked.
 *
 * @param source where AWS says that it does
 */
public record Without(Attribute<?> attribute, String source) implements Condition {
  public Without {
    if (source.isBlank())
      throw new IllegalArgumentException("who says that no " + attribute + " means none?");
  }

  @Override
  public Outcome of(Resource resource, Sight sight, Kind.OfChecks of) {
    String value = attribute.text(resource);
    return value == null || value.isEmpty() ? Outcome.holds(attribute.name(), "none") : Outcome.NOT;
  }
}
