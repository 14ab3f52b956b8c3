package dev.steward.estate.shape;

import dev.steward.estate.Kind;
import dev.steward.estate.Sight;
import dev.steward.model.Resource;
import java.util.Set;

/** It is in one of the states; AWS always has one, so that none is an answer that is missing. */
public record InState(Set<String> states) implements Condition {
  public InState {
    states = Set.copyOf(states);
  }

  @Override
  public Outcome of(Resource resource, Sight sight, Kind.OfChecks of) {
    String state = resource.state();
    if (state == null) return Outcome.unknown("its state is not known");
    return states.contains(state) ? Outcome.holds() : Outcome.NOT;
  }
}
