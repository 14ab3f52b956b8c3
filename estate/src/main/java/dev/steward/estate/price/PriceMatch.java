package dev.steward.estate.price;

import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which products of an answer are which item.
 *
 * @param usage of the usage type without what stands for the region
 * @param attributes that it has
 * @param item what it is; null for what no item is of
 * @param anywhere for what has no region
 */
record PriceMatch(
    Pattern usage,
    Map<String, String> attributes,
    Function<ListedProduct, @Nullable Item> item,
    boolean anywhere) {
  /**
   * What stands before a usage type for its region: {@code EUC1-}, {@code EU-} for the oldest one
   * in Europe, or with some services the region itself; nothing in us-east-1. What else stands
   * there makes it something else, as {@code TS-LoadBalancerUsage} (DynamoDB developer guide, <a
   * href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CostOptimization_UsageTypes.html">usage
   * types</a>). The region itself is taken from {@code regionCode}.
   */
  private static final String REGION = "(?:(?:[A-Z]{3}\\d{1,2}|EU|[a-z]{2}(?:-[a-z]+)+-\\d)-)?";

  PriceMatch {
    attributes = Map.copyOf(attributes);
  }

  static Pattern usage(String usage) {
    return Pattern.compile(REGION + "(?:" + usage + ")");
  }

  boolean is(ListedProduct product) {
    return usage.matcher(product.attribute("usagetype")).matches()
        && attributes.entrySet().stream()
            .allMatch(wanted -> product.attribute(wanted.getKey()).equals(wanted.getValue()));
  }
}
