package dev.steward.estate.price;

import dev.steward.model.Money;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What something costs a month at list price, and the rows of the book that say so.
 *
 * @param rows none where it costs nothing
 */
public record Quote(Money money, List<Price> rows) {
  /** A month has so many hours, as AWS counts in its own estimates. */
  public static final double HOURS = 730;

  public static final Quote NOTHING = new Quote(Money.ZERO, List.of());

  public Quote {
    rows = List.copyOf(rows);
  }

  /** So many units a month. */
  public static Quote of(Price price, double units) {
    return new Quote(Money.usd(units * price.usd()), List.of(price));
  }

  /** A month of hours. */
  public static Quote hours(Price price) {
    return of(price, HOURS);
  }

  public Quote plus(Quote other) {
    return new Quote(money.plus(other.money), both(other));
  }

  /** May be below zero. */
  public Quote minus(Quote other) {
    return new Quote(new Money(money.micros() - other.money.micros()), both(other));
  }

  public Quote times(double factor) {
    return new Quote(money.times(factor), rows);
  }

  /** Of all of them; empty where the price of one is not known. */
  public static <T> Optional<Quote> sum(Collection<T> all, Function<T, Optional<Quote>> price) {
    Optional<Quote> sum = Optional.of(NOTHING);
    for (T one : all) sum = sum.flatMap(so -> price.apply(one).map(so::plus));
    return sum;
  }

  private List<Price> both(Quote other) {
    LinkedHashSet<Price> both = new LinkedHashSet<>(rows);
    both.addAll(other.rows);
    return new ArrayList<>(both);
  }

  /** The rows for people. */
  public String source() {
    return rows.stream().map(Price::row).collect(Collectors.joining("; "));
  }
}
