package dev.steward.estate.price;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which words of the Price List mean the unit that an item's price is for. */
final class PriceWords {
  private static final BigDecimal ONE = BigDecimal.ONE;
  private static final BigDecimal MIB_OF_GIB = new BigDecimal("0.0009765625");

  private static final Map<Pattern, BigDecimal> HOURS = Map.of(pattern(".*(hours?|hrs?)"), ONE);
  private static final Map<Pattern, BigDecimal> GIGABYTES =
      Map.of(pattern("gi?b[- ]?mo(nth)?s?"), ONE);
  private static final Map<Pattern, BigDecimal> THROUGHPUT =
      Map.of(
          pattern("mi?bps[- ]?mo(nth)?s?"), ONE,
          pattern("gibps[- ]?mo(nth)?s?"), MIB_OF_GIB);
  private static final Map<Pattern, BigDecimal> IOPS = Map.of(pattern("iops[- ]?mo(nth)?s?"), ONE);
  private static final Map<Pattern, BigDecimal> SECONDS = Map.of(pattern(".*gb-seconds?"), ONE);
  private static final Map<Pattern, BigDecimal> GIGABYTE = Map.of(pattern("gb"), ONE);
  private static final Map<Pattern, BigDecimal> REQUESTS = Map.of(pattern("ios|.*requests?"), ONE);

  /** Of what is counted, each service has a word of its own, as {@code Keys}. */
  private static final Map<Pattern, BigDecimal> COUNTED =
      Map.of(pattern("(?!.*(hours?|hrs?|seconds?|gi?b)).+"), ONE);

  private PriceWords() {}

  private static Pattern pattern(String words) {
    return Pattern.compile(words, Pattern.CASE_INSENSITIVE);
  }

  /** How many of the item's units one of the Price List's is for; empty for another measure. */
  static Optional<BigDecimal> factor(Item item, String word) {
    return of(item.unit()).entrySet().stream()
        .filter(known -> known.getKey().matcher(word).matches())
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static Map<Pattern, BigDecimal> of(String unit) {
    if (unit.contains("hour")) return HOURS;
    if (unit.startsWith("GB-month")) return GIGABYTES;
    if (unit.startsWith("GB-second")) return SECONDS;
    if (unit.startsWith("IOPS-month")) return IOPS;
    if (unit.startsWith("MiB/s-month") || unit.startsWith("MB/s-month")) return THROUGHPUT;
    if (unit.equals("GB")) return GIGABYTE;
    if (unit.equals("request")) return REQUESTS;
    return COUNTED;
  }
}
