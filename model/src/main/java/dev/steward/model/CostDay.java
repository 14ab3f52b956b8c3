package dev.steward.model;

import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an account was estimated to cost on a day, at list price and as its discovery saw it.
 *
 * @param byKind and {@code byRegion} a month's dollars at that day's rate
 * @param unpriced how many resources had no price; null in a day from before they were counted
 */
public record CostDay(
    AccountId account,
    OrganizationId organization,
    LocalDate day,
    Money monthly,
    Map<String, Money> byKind,
    Map<String, Money> byRegion,
    @Nullable Integer unpriced) {
  public CostDay {
    byKind = Map.copyOf(byKind);
    byRegion = Map.copyOf(byRegion);
  }

  public static String key(AccountId account, LocalDate day) {
    return account.value() + "/" + day;
  }
}
