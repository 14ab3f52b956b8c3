package dev.steward.estate.shape;

import dev.steward.estate.Attribute;
import dev.steward.estate.Kind;
import dev.steward.estate.Sight;
import dev.steward.estate.Use;
import dev.steward.model.Resource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * No resource of a kind names it. Where one of them was not listed, or its details were not
 * answered, it may be the one that does.
 *
 * @param as what the others call it; empty where that is its id
 */
public record Unnamed(String kind, Attribute<?> attribute, Optional<Attribute<String>> as)
    implements Condition {
  @Override
  public Outcome of(Resource resource, Sight sight, Kind.OfChecks of) {
    String name = name(resource);
    if (name == null) return Outcome.unknown("what it is called by others is not known");
    if (isNamed(resource, name, sight)) return Outcome.NOT;
    return sight.isWhole(resource.region(), kind)
        ? Outcome.holds("named_by_" + kind, "none")
        : Outcome.unknown(kind + " of the region were not answered in full");
  }

  private @Nullable String name(Resource resource) {
    return as.isEmpty() ? resource.id() : as.get().of(resource);
  }

  private boolean isNamed(Resource resource, String name, Sight sight) {
    return !sight.referring(kind, attribute, resource.region(), name).isEmpty();
  }

  @Override
  public List<String> needs() {
    return List.of(kind);
  }

  /** What a discovery sees of it, by all of these: where one names it, it is used. */
  public static Use look(Resource resource, Sight sight, List<Unnamed> by) {
    boolean unknown = false;
    for (Unnamed one : by) {
      String name = one.name(resource);
      if (name != null && one.isNamed(resource, name, sight)) return Use.USED;
      unknown |=
          name == null
              || sight.in(resource.region(), one.kind).stream()
                  .anyMatch(other -> other.missing() != null);
    }
    return unknown ? Use.UNKNOWN : Use.UNUSED;
  }
}
