package dev.steward.activities.aws;

import dev.steward.model.Resource;
import java.util.List;
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
}
