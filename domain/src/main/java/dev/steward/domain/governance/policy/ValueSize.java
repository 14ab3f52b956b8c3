package dev.steward.domain.governance.policy;

import org.jspecify.annotations.Nullable;

/**
 * How large a value can get.
 *
 * @param units what it takes to walk all of it
 * @param count how many things a loop over it meets
 * @param element the largest of them; null where it is no list and no map
 */
record ValueSize(long units, long count, @Nullable ValueSize element) {
  /** So many characters are walked in the time of one step. */
  static final int CHARACTERS = 64;

  private static final long MOST = 1L << 40;

  static final ValueSize ONE = new ValueSize(1, 0, null);

  ValueSize {
    units = Math.min(units, MOST);
    count = Math.min(count, MOST);
  }

  static ValueSize text(long characters) {
    return new ValueSize(1 + characters / CHARACTERS, 0, null);
  }

  static ValueSize many(long count, ValueSize element) {
    return new ValueSize(1 + times(count, 1 + element.units), count, element);
  }

  /** What a loop over it, or a look into it, finds. */
  ValueSize inside() {
    return element == null ? this : element;
  }

  ValueSize or(ValueSize other) {
    return new ValueSize(
        Math.max(units, other.units),
        Math.max(count, other.count),
        element == null
            ? other.element
            : other.element == null ? element : element.or(other.element));
  }

  ValueSize and(ValueSize other) {
    ValueSize either = or(other);
    return new ValueSize(units + other.units, count + other.count, either.element);
  }

  static long times(long a, long b) {
    return a > 0 && b > MOST / a ? MOST : Math.min(MOST, a * b);
  }
}
