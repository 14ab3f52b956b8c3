package dev.steward.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A line of the savings ledger: what a step was to save a month, or did.
 *
 * @param step the number of the step in its change
 * @param month {@code 2026-11}
 * @param amount a month's, in US dollars; negative where the resource came back; null where a price
 *     is not known
 * @param basis {@code list_price} of the plan, {@code cost_explorer} as billed, or {@code
 *     verified_state} priced by the price book
 * @param day days after the change at which it was measured; 0 otherwise
 */
public record SavingsEntry(
    ChangeId change,
    int step,
    OrganizationId organization,
    AccountId account,
    @Nullable FindingId finding,
    String action,
    String resource,
    String month,
    Stage stage,
    @Nullable Money amount,
    String basis,
    int day,
    Instant at) {
  /** How sure the money is. */
  public enum Stage {
    ESTIMATED,
    APPROVED,
    EXECUTED,
    REALISED
  }

  public String key() {
    return change.value() + String.format(java.util.Locale.ROOT, "/%04d/%s/%03d", step, stage, day);
  }
}
