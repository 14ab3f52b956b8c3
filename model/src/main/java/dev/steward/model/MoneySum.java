package dev.steward.model;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A sum that says what it leaves out: what has no price counts as unknown, and never as nothing.
 *
 * @param unpriced how many of the amounts are not known
 */
public record MoneySum(Money amount, int unpriced) {
  public static final MoneySum NONE = new MoneySum(Money.ZERO, 0);

  /** What something costs or saves; null where nobody knows. */
  @FunctionalInterface
  public interface Priced<T> {
    @Nullable Money amount(T of);
  }

  public static <T> MoneySum of(Stream<T> all, Priced<T> priced) {
    return all.reduce(NONE, (sum, one) -> sum.plus(priced.amount(one)), MoneySum::plus);
  }

  public MoneySum plus(@Nullable Money more) {
    return more == null
        ? new MoneySum(amount, unpriced + 1)
        : new MoneySum(amount.plus(more), unpriced);
  }

  public MoneySum plus(MoneySum other) {
    return new MoneySum(amount.plus(other.amount), unpriced + other.unpriced);
  }

  /** The whole amount; null where a part of it is not known. */
  public @Nullable Money whole() {
    return unpriced == 0 ? amount : null;
  }

  /** The amount; null where nothing of it is known. */
  public @Nullable Money known() {
    return unpriced > 0 && amount.equals(Money.ZERO) ? null : amount;
  }

  /** In words, where the amount is a month's. */
  public String monthly() {
    return amount + " a month" + (unpriced == 0 ? "" : " and " + unpriced + " without a price");
  }
}
