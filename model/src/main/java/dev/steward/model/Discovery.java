package dev.steward.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The newest discovery of an account.
 *
 * @param regions the regions asked; empty until they are known
 */
public record Discovery(
    AccountId account,
    OrganizationId organization,
    DiscoveryId id,
    RunStatus status,
    List<String> regions,
    @Nullable String error,
    Instant startedAt,
    @Nullable Instant finishedAt) {
  public Discovery {
    regions = List.copyOf(regions);
  }

  public Discovery running(List<String> asked) {
    return new Discovery(
        account, organization, id, RunStatus.RUNNING, asked, null, startedAt, null);
  }

  public Discovery finished(RunStatus how, @Nullable String why, Instant at) {
    return new Discovery(account, organization, id, how, regions, why, startedAt, at);
  }
}
