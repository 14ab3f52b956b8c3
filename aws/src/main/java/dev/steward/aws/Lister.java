package dev.steward.aws;

import org.jspecify.annotations.Nullable;

/** Lists one kind of resource, a page at a time. */
@FunctionalInterface
public interface Lister {
  /**
   * @param token what the page before it gave as {@code next}; null for the first
   */
  Page page(RegionClients clients, @Nullable String token);
}
