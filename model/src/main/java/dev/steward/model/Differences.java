package dev.steward.model;

import java.time.Instant;

/**
 * What a discovery found otherwise than the one before, of a kind in a region. What it was hangs
 * behind the row.
 *
 * @param at when the listing was answered
 */
public record Differences(
    AccountId account,
    DiscoveryId discovery,
    String region,
    String kind,
    Instant at,
    int appeared,
    int changed,
    int gone) {
  /** Keys of an account sort by time. */
  public String key() {
    return account.value() + "/" + at + "/" + region + "/" + kind;
  }

  public String words() {
    return appeared + " appeared, " + changed + " changed, " + gone + " gone";
  }
}
