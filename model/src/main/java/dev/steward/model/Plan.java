package dev.steward.model;

import java.util.List;

/**
 * What a change will do, and nothing else: the thing that is hashed, read and approved.
 *
 * @param monthlySaving a month's, at list price, of all steps whose price is known
 * @param risk the highest of the steps
 * @param undoable whether every step can be undone
 */
public record Plan(
    AccountId account,
    String awsAccount,
    List<PlanStep> steps,
    Money monthlySaving,
    Risk risk,
    boolean undoable,
    String priceBook) {
  public Plan {
    steps = List.copyOf(steps);
  }

  /** How many steps have no price, so that the sum says nothing of them. */
  public int unpriced() {
    return (int) steps.stream().filter(s -> s.saving() == null).count();
  }
}
