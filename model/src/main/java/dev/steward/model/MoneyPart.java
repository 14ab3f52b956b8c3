package dev.steward.model;

import org.jspecify.annotations.Nullable;

/**
 * A part of what a step changes about the bill.
 *
 * @param monthly a month's, at list price; null where nobody knows
 */
public record MoneyPart(Role role, String what, @Nullable Money monthly) {
  /** What becomes of it. */
  public enum Role {
    /** Paid before, and no longer. */
    ENDS,
    /** Paid before and afterwards. */
    STAYS,
    /** Not paid before. */
    BEGINS
  }
}
