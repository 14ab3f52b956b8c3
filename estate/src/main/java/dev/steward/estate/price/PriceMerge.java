package dev.steward.estate.price;

import dev.steward.estate.price.Item.Family;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Makes the next edition of what was asked and what was known. What was not answered, or cannot be
 * believed, stays as it was.
 */
public final class PriceMerge {
  /** A price that moved by more than this factor is a mistake of somebody's. */
  public static final BigDecimal MOST = BigDecimal.TEN;

  /** Changes and doubts beyond this are counted and not told one by one. */
  private static final int TOLD = 50;

  private final PriceEdition before;
  private final Map<PriceLine, PriceEntry> next;
  private final Map<PriceLine, PriceEntry> known = new HashMap<>();
  private final LocalDate today;
  private int added;
  private int same;
  private int changed;
  private int kept;
  private final List<String> changes = new ArrayList<>();
  private final List<String> doubts = new ArrayList<>();

  /**
   * @param shipped whether the book that comes with the product lies under the edition
   */
  public PriceMerge(PriceEdition before, boolean shipped, LocalDate today) {
    this.before = before;
    this.today = today;
    next = new TreeMap<>(before.entries());
    if (shipped)
      for (Family family : Family.values())
        Prices.each(
            family, (key, region, entry) -> known.put(new PriceLine(family, key, region), entry));
    before
        .entries()
        .forEach((line, entry) ->
            known.merge(line, entry, (a, b) -> b.date().isBefore(a.date()) ? a : b));
  }

  /** What a query came to. */
  public record Counts(int added, int changed, int same, int kept) {}

  /** Takes the prices that the query was answered with. */
  public Counts take(PriceQuery query, Map<PriceLine, BigDecimal> prices) {
    int[] was = {added, changed, same, kept};
    String source = "AWS Price List API " + query.service();
    prices.forEach((line, usd) -> take(line, new PriceEntry(usd, today, source)));
    missing(query, prices);
    return new Counts(added - was[0], changed - was[1], same - was[2], kept - was[3]);
  }

  private void take(PriceLine line, PriceEntry now) {
    PriceEntry old = known.get(line);
    if (old == null) added++;
    else {
      BigDecimal factor = now.usd().divide(old.usd(), MathContext.DECIMAL32);
      if (factor.compareTo(MOST) > 0 || factor.multiply(MOST).compareTo(BigDecimal.ONE) < 0) {
        kept++;
        tell(doubts, line + ": " + text(old) + " would be " + text(now) + " USD");
        return;
      }
      if (now.usd().compareTo(old.usd()) == 0) same++;
      else {
        changed++;
        tell(changes, line + ": " + text(old) + " is " + text(now) + " USD now");
      }
    }
    next.put(line, now);
  }

  /** Regions that had prices of what was asked and are not in the answer. */
  private void missing(PriceQuery query, Map<PriceLine, BigDecimal> prices) {
    TreeSet<String> answered = new TreeSet<>();
    prices.keySet().forEach(line -> answered.add(line.region()));
    TreeSet<String> missing = new TreeSet<>();
    for (PriceLine line : known.keySet()) {
      if (!query.covers(line.family(), line.key()) || prices.containsKey(line)) continue;
      kept++;
      if (!answered.contains(line.region())) missing.add(line.region());
    }
    if (!missing.isEmpty())
      tell(doubts, query.id() + ": no answer about " + String.join(", ", missing));
  }

  private static void tell(List<String> told, String what) {
    if (told.size() < TOLD) told.add(what);
  }

  private static String text(PriceEntry entry) {
    return entry.usd().stripTrailingZeros().toPlainString();
  }

  public PriceEdition edition() {
    return new PriceEdition(next);
  }

  /** Whether anything was taken that the edition before does not have. */
  public boolean isNew() {
    return !next.equals(new TreeMap<>(before.entries()));
  }

  /** Prices that are others now, the first fifty in words. */
  public List<String> changes() {
    return List.copyOf(changes);
  }

  /** Prices that were not believed and regions that were not answered, the first fifty. */
  public List<String> doubts() {
    return List.copyOf(doubts);
  }
}
