package dev.steward.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param next what to give as {@code after} for the page that follows; null on the last one
 * @param total how many there are on all pages, under the filters that were given
 */
public record PageOf<T>(List<T> items, @Nullable String next, int total) {
  public PageOf {
    items = List.copyOf(items);
  }
}
