package dev.steward.estate;

import dev.steward.model.Resource;
import java.util.List;
import java.util.Optional;

/**
 * What names a resource without being made of it. A scan asks the inventory, and the look before a
 * step that takes the resource away asks AWS again: both by this.
 *
 * @param referrer how the look asks
 * @param kind of what names it
 * @param attribute that does
 */
public record Naming(Referrer referrer, String kind, Attribute<List<String>> attribute) {
  /** Fine where something names the resource, unknown where nobody can tell; else empty. */
  public static Optional<Verdict> of(Kind kind, Resource resource, Sight sight) {
    for (Naming one : kind.namings())
      if (!sight.referring(one.kind(), one.attribute(), resource.region(), resource.id()).isEmpty())
        return Optional.of(Verdict.FINE);
    return kind.namings().stream()
        .map(Naming::kind)
        .filter(other -> !sight.isWhole(resource.region(), other))
        .sorted()
        .map(Naming::unknown)
        .findFirst();
  }

  private static Verdict unknown(String kind) {
    return Verdict.unknown(
        "nobody can tell what names it: " + kind.replace('_', ' ') + "s were not answered in full");
  }
}
