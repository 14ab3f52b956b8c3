package dev.steward.estate.shape;

import dev.steward.estate.Kind;
import dev.steward.estate.Sight;
import dev.steward.estate.Use;
import dev.steward.model.Resource;
import java.util.List;
import java.util.function.BiFunction;

/**
 * What only code can tell. The kinds that it looks at are whole before it is asked.
 *
 * @param unknown the reason where nobody can tell
 * @param look unused where it holds
 */
public record Looked(String unknown, BiFunction<Resource, Sight, Use> look, List<String> needs)
    implements Condition {
  public Looked {
    needs = List.copyOf(needs);
  }

  @Override
  public Outcome of(Resource resource, Sight sight, Kind.OfChecks of) {
    for (String kind : needs)
      if (!sight.isWhole(resource.region(), kind))
        return Outcome.unknown(kind + " of the region were not answered in full");
    return switch (look.apply(resource, sight)) {
      case USED -> Outcome.NOT;
      case UNUSED -> Outcome.holds();
      case UNKNOWN -> Outcome.unknown(unknown);
    };
  }
}
