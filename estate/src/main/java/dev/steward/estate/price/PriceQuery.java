package dev.steward.estate.price;

import dev.steward.estate.price.Item.Family;
import dev.steward.estate.price.Item.Unit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A question to AWS's Price List, which answers it for all regions, and what the answer tells.
 *
 * @param id it is known by
 * @param service as GetServices names it
 * @param filters of products: fields and the values that they have
 * @param covers the items that it tells the prices of, by the beginning of their lines
 */
public record PriceQuery(
    String id,
    String service,
    Map<String, String> filters,
    List<PriceMatch> matches,
    List<Covered> covers) {
  /** Lines of a family that begin so. */
  public record Covered(Family family, String begins, boolean whole) {
    boolean has(Family other, String key) {
      return family == other && (whole ? key.equals(begins) : key.startsWith(begins));
    }
  }

  public PriceQuery {
    filters = Map.copyOf(filters);
    matches = List.copyOf(matches);
    covers = List.copyOf(covers);
  }

  boolean covers(Family family, String key) {
    return covers.stream().anyMatch(covered -> covered.has(family, key));
  }

  static Row of(String id, String service) {
    return new Row(id, service);
  }

  /** A row being written. */
  static final class Row {
    private final String id;
    private final String service;
    private final Map<String, String> filters = new LinkedHashMap<>();
    private final List<PriceMatch> matches = new ArrayList<>();
    private final List<Covered> covers = new ArrayList<>();

    private Row(String id, String service) {
      this.id = id;
      this.service = service;
    }

    Row where(String field, String value) {
      filters.put(field, value);
      return this;
    }

    Row family(String value) {
      return where("productFamily", value);
    }

    /** The unit's price in each region. */
    Row gives(Unit unit, String usage) {
      return gives(unit, usage, Map.of());
    }

    Row gives(Unit unit, String usage, Map<String, String> attributes) {
      return unit(unit, usage, attributes, false);
    }

    /** The unit's price, which is no region's. */
    Row givesAnywhere(Unit unit, String usage) {
      return unit(unit, usage, Map.of(), true);
    }

    private Row unit(Unit unit, String usage, Map<String, String> attributes, boolean anywhere) {
      matches.add(new PriceMatch(PriceMatch.usage(usage), attributes, product -> unit, anywhere));
      covers.add(new Covered(unit.family(), unit.key(), true));
      return this;
    }

    /** The prices of what the product's attributes say. */
    Row gives(
        Family family, String begins, String usage, Function<ListedProduct, @Nullable Item> item) {
      matches.add(new PriceMatch(PriceMatch.usage(usage), Map.of(), item, false));
      return covers(family, begins);
    }

    /** What the matches tell beside what they say themselves. */
    Row covers(Family family, String begins) {
      covers.add(new Covered(family, begins, false));
      return this;
    }

    PriceQuery row() {
      return new PriceQuery(id, service, filters, matches, covers);
    }
  }
}
