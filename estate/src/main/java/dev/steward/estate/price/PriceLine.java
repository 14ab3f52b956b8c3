package dev.steward.estate.price;

import dev.steward.estate.price.Item.Family;
import java.util.Comparator;

/** A place in a book: an item's line in a file, and the region of its column. */
public record PriceLine(Family family, String key, String region) implements Comparable<PriceLine> {
  private static final Comparator<PriceLine> ORDER =
      Comparator.comparing(PriceLine::family)
          .thenComparing(PriceLine::key)
          .thenComparing(PriceLine::region);

  @Override
  public int compareTo(PriceLine other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return family.id() + " " + key + " " + region;
  }
}
