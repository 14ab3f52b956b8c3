package dev.steward.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The newest discovery of an account.
 *
 * @param regions the regions asked; empty until they are known
 * @param enabled the regions that the account has enabled; null while AWS has not said
 */
@Copied
public record Discovery(
    AccountId account,
    OrganizationId organization,
    DiscoveryId id,
    RunStatus status,
    List<String> regions,
    @Nullable String error,
    Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable List<String> enabled) {
  public Discovery {
    regions = List.copyOf(regions);
    enabled = enabled == null ? null : List.copyOf(enabled);
  }

  /**
   * @param now the enabled regions, where AWS has just said; else what it said before stands
   */
  public Discovery running(List<String> asked, @Nullable List<String> now) {
    return DiscoveryBuilder.builder(this)
        .status(RunStatus.RUNNING)
        .regions(asked)
        .error(null)
        .finishedAt(null)
        .enabled(now == null ? enabled : now)
        .build();
  }

  public Discovery finished(RunStatus how, @Nullable String why, Instant at) {
    return DiscoveryBuilder.builder(this).status(how).error(why).finishedAt(at).build();
  }
}
