package dev.steward.estate.price;

import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads the products that answer a query, one after the other. What it does not understand it
 * leaves out and counts: nothing is guessed.
 */
public final class PriceReading {
  /** Why a product tells no price. */
  public enum Ignored {
    /** It is not of the form that the API documents. */
    UNREADABLE,
    /** No item is of it. */
    OTHER,
    /** It lies in a Local or Wavelength Zone, or on an Outpost. */
    OUTSIDE_REGIONS,
    UNKNOWN_REGION,
    /** Its price is for another measure than the item's. */
    UNKNOWN_UNIT,
    OTHER_CURRENCY,
    FREE,
    NEGATIVE,
    /** Two products are the same item and have different prices. */
    AMBIGUOUS
  }

  private final PriceQuery query;
  private final Set<String> regions;
  private final Map<PriceLine, BigDecimal> prices = new TreeMap<>();
  private final Set<PriceLine> ambiguous = new HashSet<>();
  private final Map<Ignored, Integer> ignored = new EnumMap<>(Ignored.class);
  private int products;

  /**
   * @param regions that are known
   */
  public PriceReading(PriceQuery query, Set<String> regions) {
    this.query = query;
    this.regions = Set.copyOf(regions);
  }

  /** One entry of the answer. */
  public void read(String json) {
    products++;
    Optional<ListedProduct> product = ListedProduct.read(json);
    if (product.isEmpty()) ignore(Ignored.UNREADABLE);
    else read(product.get());
  }

  private void read(ListedProduct product) {
    boolean any = false;
    for (PriceMatch match : query.matches()) {
      if (!match.is(product)) continue;
      Item item = match.item().apply(product);
      if (item == null) continue;
      any = true;
      read(product, match, item);
    }
    if (!any) ignore(Ignored.OTHER);
  }

  private void read(ListedProduct product, PriceMatch match, Item item) {
    String place = product.attribute("locationType");
    if (!match.anywhere() && !place.isEmpty() && !place.equals("AWS Region")) {
      ignore(Ignored.OUTSIDE_REGIONS);
      return;
    }
    String region = match.anywhere() ? Price.COMMERCIAL : product.attribute("regionCode");
    if (!match.anywhere() && !regions.contains(region)) {
      ignore(Ignored.UNKNOWN_REGION);
      return;
    }
    price(product, item)
        .ifPresent(usd -> keep(new PriceLine(item.family(), item.key(), region), usd));
  }

  /** Of the first tier that is not free. */
  private Optional<BigDecimal> price(ListedProduct product, Item item) {
    for (ListedProduct.Tier tier : product.tiers()) {
      BigDecimal usd = tier.usd();
      if (usd == null) return ignore(Ignored.OTHER_CURRENCY);
      if (usd.signum() < 0) return ignore(Ignored.NEGATIVE);
      if (usd.signum() == 0) continue;
      Optional<BigDecimal> factor = PriceWords.factor(item, tier.unit());
      return factor.isEmpty() ? ignore(Ignored.UNKNOWN_UNIT) : factor.map(usd::multiply);
    }
    return ignore(Ignored.FREE);
  }

  private void keep(PriceLine line, BigDecimal usd) {
    BigDecimal before = prices.putIfAbsent(line, usd);
    if (before != null && before.compareTo(usd) != 0 && ambiguous.add(line))
      ignore(Ignored.AMBIGUOUS);
  }

  private Optional<BigDecimal> ignore(Ignored why) {
    ignored.merge(why, 1, Integer::sum);
    return Optional.empty();
  }

  /** What was told without a doubt. */
  public Map<PriceLine, BigDecimal> prices() {
    Map<PriceLine, BigDecimal> sure = new TreeMap<>(prices);
    sure.keySet().removeAll(ambiguous);
    return sure;
  }

  public Map<Ignored, Integer> ignored() {
    return new EnumMap<>(ignored);
  }

  /** How many entries were read. */
  public int products() {
    return products;
  }
}
