package dev.steward.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** US dollars, kept in millionths. In JSON a plain number of dollars. */
public record Money(long micros) implements Comparable<Money> {
  public static final Money ZERO = new Money(0);
  private static final double MOST = 9e10;

  /** Before the point; a Long holds 13 of dollars in millionths. */
  private static final int DIGITS = 13;

  /**
   * The amount to the nearest millionth.
   *
   * @throws ArithmeticException if it does not fit
   */
  public static Money usd(BigDecimal dollars) {
    if (dollars.signum() == 0) return ZERO;
    // Written out, 1e10000000 has as many digits as it says: how large it is shows before.
    long digits = (long) dollars.precision() - dollars.scale();
    if (digits > DIGITS) throw new ArithmeticException("too large an amount of dollars");
    if (digits < -DIGITS) return ZERO;
    return new Money(dollars.movePointRight(6).setScale(0, RoundingMode.HALF_UP).longValueExact());
  }

  /**
   * The amount, or the largest there is (90 billion) where it is larger.
   *
   * @throws IllegalArgumentException if it is no number: that is no amount, and so not zero
   */
  public static Money usd(double dollars) {
    if (Double.isNaN(dollars)) throw new IllegalArgumentException("not an amount of dollars");
    return Math.abs(dollars) < MOST
        ? usd(BigDecimal.valueOf(dollars))
        : new Money((long) (Math.signum(dollars) * MOST * 1e6));
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Money fromJson(BigDecimal dollars) {
    return usd(dollars);
  }

  @JsonValue
  public BigDecimal dollars() {
    return BigDecimal.valueOf(micros, 6).setScale(4, RoundingMode.HALF_UP);
  }

  public Money plus(Money other) {
    return new Money(Math.addExact(micros, other.micros));
  }

  public Money times(double factor) {
    return usd(BigDecimal.valueOf(micros, 6).multiply(BigDecimal.valueOf(factor)));
  }

  @Override
  public int compareTo(Money other) {
    return Long.compare(micros, other.micros);
  }

  @Override
  public String toString() {
    return "$" + BigDecimal.valueOf(micros, 6).setScale(2, RoundingMode.HALF_UP);
  }
}
