package dev.steward.domain.governance.desk;

import dev.steward.domain.governance.plan.Canonical;
import dev.steward.domain.governance.policy.PolicyEngine;
import dev.steward.domain.governance.policy.PolicyEngine.Subject;
import dev.steward.domain.governance.policy.Usage;
import dev.steward.model.Account;
import dev.steward.model.Change;
import dev.steward.model.Plan;
import dev.steward.model.PlanStep;
import dev.steward.model.Policy;
import dev.steward.storage.Tables;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that the policies judge of a plan, as it is at one moment. What was judged outside of a write
 * holds within it only if this is the same there.
 *
 * @param policies those in force
 * @param subjects what is known of each step, in the order of the plan
 * @param amounts how many there are of each kind of the plan, and were changed today; null leaves
 *     caps unasked
 */
record Case(
    List<Policy> policies,
    Account account,
    Hashed plan,
    String requester,
    List<Subject> subjects,
    @Nullable Map<String, Amounts> amounts,
    Instant at) {
  /** Conditions may ask for the time, so what was judged is not kept for longer. */
  private static final Duration HOLDS = Duration.ofMinutes(1);

  record Amounts(int total, int changedToday) {}

  /** A plan with its hash, which takes a while and is asked for more than once. */
  record Hashed(Plan plan, String hash) {
    static Hashed of(Plan plan) {
      return new Hashed(plan, Canonical.hash(plan));
    }

    static Hashed of(Change change) {
      return new Hashed(change.plan(), change.planHash());
    }
  }

  static Case of(
      Estates estates, Account account, Hashed plan, String requester, boolean caps, Instant now) {
    List<PlanStep> steps = plan.plan().steps();
    return new Case(
        estates
            .state()
            .own(account.organization())
            .all(Tables.POLICIES)
            .filter(Policy::enabled)
            .toList(),
        account,
        plan,
        requester,
        steps.stream().map(step -> estates.subject(account.id(), step)).toList(),
        caps ? amounts(steps, estates.usage(account.id(), now)) : null,
        now);
  }

  private static Map<String, Amounts> amounts(List<PlanStep> steps, Usage usage) {
    Map<String, Amounts> amounts = new TreeMap<>();
    for (PlanStep step : steps)
      amounts.computeIfAbsent(
          step.kind(), kind -> new Amounts(usage.total(kind), usage.changedToday(kind)));
    return amounts;
  }

  Subject subject(PlanStep step) {
    return subjects.get(step.number() - 1);
  }

  PolicyEngine.Question question() {
    return new PolicyEngine.Question(
        account,
        plan.plan(),
        requester,
        this::subject,
        amounts == null ? null : usage(amounts),
        at);
  }

  private static Usage usage(Map<String, Amounts> amounts) {
    return new Usage() {
      @Override
      public int total(String kind) {
        return of(kind).total();
      }

      @Override
      public int changedToday(String kind) {
        return of(kind).changedToday();
      }

      private Amounts of(String kind) {
        Amounts found = amounts.get(kind);
        if (found == null) throw new IllegalArgumentException(kind + " is not of the plan");
        return found;
      }
    };
  }

  /** Whether what was judged of that one, a moment ago, holds for this one. */
  boolean isStill(Case before) {
    return Duration.between(before.at, at).abs().compareTo(HOLDS) <= 0
        && plan.hash().equals(before.plan.hash())
        && withoutTimeAndPlan().equals(before.withoutTimeAndPlan());
  }

  private List<@Nullable Object> withoutTimeAndPlan() {
    return Arrays.asList(policies, account, requester, subjects, amounts);
  }
}
