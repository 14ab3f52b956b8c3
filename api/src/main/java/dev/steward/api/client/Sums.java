package dev.steward.api.client;

import dev.steward.model.Money;
import dev.steward.model.MoneySum;
import java.util.Map;
import java.util.TreeMap;

/** Sums by name, of which each says what it leaves out. */
final class Sums {
  private final Map<String, MoneySum> byName = new TreeMap<>();

  void add(String name, MoneySum more) {
    byName.merge(name, more, MoneySum::plus);
  }

  /** The amounts, without those that are nothing or of which nothing is known. */
  Map<String, Money> known() {
    Map<String, Money> known = new TreeMap<>();
    byName.forEach((name, sum) -> {
      if (!sum.amount().equals(Money.ZERO)) known.put(name, sum.amount());
    });
    return known;
  }

  /** How many have no price, where there are any. */
  Map<String, Integer> unpriced() {
    Map<String, Integer> unpriced = new TreeMap<>();
    byName.forEach((name, sum) -> {
      if (sum.unpriced() > 0) unpriced.put(name, sum.unpriced());
    });
    return unpriced;
  }
}
