package dev.steward.aws;

import dev.steward.model.Resource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a listing.
 *
 * @param next the token of the next page; null after the last
 */
public record Page(List<Resource> resources, @Nullable String next) {
  /**
   * At most so many on a page whose resources are asked about one by one: what was answered
   * survives the end of the process page by page.
   */
  static final int DETAILED = 100;

  public Page {
    resources = List.copyOf(resources);
  }

  /** Asks about each resource of the page, side by side; who is gone meanwhile is left out. */
  static <T> Page detailed(List<T> listed, Function<T, Described> describe, @Nullable String next) {
    return of(SideBySide.map(listed, describe), next);
  }

  static Page of(List<Described> described, @Nullable String next) {
    return new Page(
        described.stream().map(Described::listed).flatMap(Optional::stream).toList(), next);
  }
}
