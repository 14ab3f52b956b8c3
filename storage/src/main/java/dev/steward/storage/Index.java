package dev.steward.storage;

import java.util.List;
import java.util.function.Function;

/**
 * A secondary index, declared beside its table and rebuilt at load.
 *
 * @param values what a row is found by; a row may be found by several values or by none
 */
public record Index<V>(String name, Function<V, List<String>> values) {
  /** An index over one value of each row. */
  public static <V> Index<V> on(String name, Function<V, String> value) {
    return new Index<>(name, row -> List.of(value.apply(row)));
  }
}
