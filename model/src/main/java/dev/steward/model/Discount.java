package dev.steward.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an organization says that it pays less than list price.
 *
 * @param account null for every account that has no discount of its own
 * @param percent off the list price, at least 0 and below 100
 * @param user who set it
 */
public record Discount(
    OrganizationId organization,
    @Nullable AccountId account,
    double percent,
    String user,
    Instant setAt) {
  /** In place of an account: every one that has none of its own. */
  public static final String ALL = "all";

  public String key() {
    return key(organization, account == null ? ALL : account.value());
  }

  public static String key(OrganizationId organization, String account) {
    return organization.value() + "/" + account;
  }
}
