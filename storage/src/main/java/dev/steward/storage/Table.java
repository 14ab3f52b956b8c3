package dev.steward.storage;

import java.util.List;
import java.util.function.Function;

/**
 * The declaration of a table of immutable records.
 *
 * @param name stable: it is the name on disk
 * @param key what a row is kept under; unique in the table
 * @param bodies whether each row may have a large body that is loaded only when it is asked for
 */
public record Table<V>(
    String name, Class<V> type, Function<V, String> key, List<Index<V>> indexes, boolean bodies) {
  public Table {
    indexes = List.copyOf(indexes);
  }

  @SafeVarargs
  public static <V> Table<V> of(
      String name, Class<V> type, Function<V, String> key, Index<V>... indexes) {
    return new Table<>(name, type, key, List.of(indexes), false);
  }

  @SafeVarargs
  public static <V> Table<V> withBodies(
      String name, Class<V> type, Function<V, String> key, Index<V>... indexes) {
    return new Table<>(name, type, key, List.of(indexes), true);
  }
}
