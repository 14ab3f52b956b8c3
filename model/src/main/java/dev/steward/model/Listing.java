package dev.steward.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One question of a discovery: the resources of a kind in a region; a line of the coverage record
 * and the cursor to go on from.
 *
 * @param pages pages stored so far; a stored page is never asked for again
 * @param monthlyCost at list price, of those that have one
 * @param next the token of the next page, null before the first and after the last
 * @param unpriced how many of the resources have no price; null in a line from before they were
 *     counted
 */
public record Listing(
    AccountId account,
    DiscoveryId discovery,
    String region,
    String kind,
    Coverage coverage,
    int pages,
    int resources,
    Money monthlyCost,
    @Nullable String next,
    @Nullable String detail,
    Instant at,
    @Nullable Integer unpriced) {
  public static String key(AccountId account, String region, String kind) {
    return account.value() + "/" + region + "/" + kind;
  }

  public String key() {
    return key(account, region, kind);
  }
}
