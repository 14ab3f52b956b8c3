package dev.steward.aws;

import dev.steward.model.Resource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One page of a listing.
 *
 * @param next the token of the next page; null after the last
 */
public record Page(List<Resource> resources, @Nullable String next) {
  public Page {
    resources = List.copyOf(resources);
  }

  static Page of(List<Described> described, @Nullable String next) {
    return new Page(
        described.stream().map(Described::listed).flatMap(Optional::stream).toList(), next);
  }
}
