package dev.steward.estate.price;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The files of the book that comes with this version, each read when it is first asked. */
public final class Prices {
  private static final Map<Item.Family, PriceTable> READ = new EnumMap<>(Item.Family.class);

  /** The book's first line. */
  public static final String VERSION = PriceTable.lines("book.csv").getFirst();

  private Prices() {}

  private static PriceTable table(Item.Family family) {
    synchronized (READ) {
      return READ.computeIfAbsent(family, PriceTable::read);
    }
  }

  /** The item's price in exactly this region, or {@link Price#COMMERCIAL}. */
  public static Optional<Price> find(Item item, String region) {
    return table(item.family()).find(item, region);
  }

  /** Where the book's prices are from. */
  public static List<PriceSource> sources() {
    return Arrays.stream(Item.Family.values())
        .flatMap(family -> table(family).sources(family).stream())
        .toList();
  }

  /** Every price of the family; of two of one thing the newer comes last. */
  static void each(Item.Family family, PriceTable.Cell cell) {
    table(family).each(cell);
  }

  /** The lines of a family that have a price in the region. */
  public static Set<String> keys(Item.Family family, String region) {
    return table(family).keys(region);
  }

  /** The regions that the family has prices of. */
  public static Set<String> regions(Item.Family family) {
    return table(family).regions();
  }

  /** Every line of the family, in whatever region. */
  public static Set<String> keys(Item.Family family) {
    return table(family).keys();
  }
}
