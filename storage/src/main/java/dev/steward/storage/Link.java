package dev.steward.storage;

import org.jspecify.annotations.Nullable;

/**
 * That a row belongs to a row of another table.
 *
 * @param key the key of that row; null where a row has none
 * @param keyed whether the row's own key is that key, or begins with it and a slash; else there is
 *     an index of the parent's noun
 * @param stays why the row is still there when the other one goes; null if it goes with it
 */
public record Link<V>(Table<?> parent, Key<V> key, boolean keyed, @Nullable String stays) {
  /** Reads the key of another row off a row. */
  public interface Key<V> {
    @Nullable String of(V row);
  }

  boolean goes() {
    return stays == null;
  }
}
