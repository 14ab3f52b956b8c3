package dev.steward.domain.governance.policy;

import java.time.Duration;

/**
 * How much may be computed for one answer: for a condition asked once, and for all that are asked
 * together. A unit is a step of the evaluation, a thing in a list, or 64 characters of a text;
 * about ten million of them take a second (measured on one core of 2.5 GHz). The units say no on
 * every machine alike; the deadline says no where a machine is slower than that. Not for several
 * threads.
 */
public final class Budget {
  /**
   * Of one condition about one step. Two loops, one within the other, over all tags that AWS lets a
   * resource have (50) are within it; three are not.
   */
  static final long CONDITION = 200_000;

  /** Of a plan: 200 steps before 100 rules may spend 1,000 units on each. */
  private static final long PLAN = 20_000_000;

  /** Of a trial over all open findings, which writes nothing and waits for nobody. */
  private static final long TRIAL = 10 * PLAN;

  public static final Duration PLAN_DEADLINE = Duration.ofSeconds(5);
  public static final Duration TRIAL_DEADLINE = Duration.ofSeconds(20);

  private long left;
  private final long end;

  private Budget(long units, Duration atMost) {
    left = units;
    end = System.nanoTime() + atMost.toNanos();
  }

  /** For all that is asked of one plan. */
  public static Budget ofPlan() {
    return new Budget(PLAN, PLAN_DEADLINE);
  }

  /** For all that is asked in a trial. */
  public static Budget ofTrial() {
    return new Budget(TRIAL, TRIAL_DEADLINE);
  }

  /** Whether nothing more can be asked: what was not, is denied. */
  public boolean isSpent() {
    return left <= 0 || System.nanoTime() - end >= 0;
  }

  boolean isSpentOfUnits() {
    return left <= 0;
  }

  void spend(long units) {
    left -= Math.min(units, Math.max(left, 0));
  }
}
