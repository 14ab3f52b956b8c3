package dev.steward.storage;

import java.util.List;
import java.util.function.Function;

/**
 * A secondary index, declared beside its table and rebuilt at load.
 *
 * @param values what a row is found by; a row may be found by several values or by none
 * @param counts whether it knows only how many rows there are of a value, and that at once
 */
public record Index<V>(String name, Function<V, List<String>> values, boolean counts) {
  /** An index that finds the rows. */
  public Index(String name, Function<V, List<String>> values) {
    this(name, values, false);
  }

  /** An index over one value of each row. */
  public static <V> Index<V> on(String name, Function<V, String> value) {
    return new Index<>(name, row -> List.of(value.apply(row)));
  }

  /** An index that only counts the rows of one value. */
  public static <V> Index<V> counting(String name, Function<V, String> value) {
    return new Index<>(name, row -> List.of(value.apply(row)), true);
  }
}
