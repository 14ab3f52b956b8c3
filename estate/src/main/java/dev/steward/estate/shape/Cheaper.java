package dev.steward.estate.shape;

import dev.steward.estate.Kind;
import dev.steward.estate.PriceBook;
import dev.steward.estate.Sight;
import dev.steward.estate.price.Quote;
import dev.steward.model.Money;
import dev.steward.model.Resource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * It would cost less with other attributes. Where the book knows neither price or one of them,
 * nobody can tell.
 *
 * @param evidence the name under which the other is told
 */
public record Cheaper(String evidence, Function<Resource, Optional<Other>> as)
    implements Condition {
  /**
   * What it would be.
   *
   * @param words for people
   * @param attributes in place of its own
   */
  public record Other(String words, Map<String, String> attributes) {
    public Other {
      attributes = Map.copyOf(attributes);
    }
  }

  @Override
  public Outcome of(Resource resource, Sight sight, Kind.OfChecks of) {
    Optional<Other> other = as.apply(resource);
    if (other.isEmpty()) return Outcome.NOT;
    Optional<Quote> saving = saving(resource, sight.prices(), of);
    if (saving.isEmpty()) return Outcome.unknown("no prices of it and of " + other.get().words());
    return saving.get().money().compareTo(Money.ZERO) > 0
        ? Outcome.holds(evidence, other.get().words())
        : Outcome.NOT;
  }

  /** A month's difference; empty where a price is not known. */
  Optional<Quote> saving(Resource resource, PriceBook prices, Kind.OfChecks of) {
    return as.apply(resource)
        .flatMap(other ->
            of.cost()
                .monthly(resource, prices)
                .flatMap(now ->
                    of.cost().monthly(with(resource, other.attributes()), prices).map(now::minus)));
  }

  private static Resource with(Resource resource, Map<String, String> other) {
    Map<String, String> all = new HashMap<>(resource.attributes());
    all.putAll(other);
    return resource.with(all);
  }
}
