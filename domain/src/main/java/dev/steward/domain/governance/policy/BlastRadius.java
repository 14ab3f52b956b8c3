package dev.steward.domain.governance.policy;

import dev.steward.model.Money;
import dev.steward.model.Plan;
import dev.steward.model.PlanStep;
import dev.steward.model.Policy;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Caps on how much may change in an account and a day; pure. */
public final class BlastRadius {
  private BlastRadius() {}

  /** Which caps the whole plan would break, in words. */
  public static List<String> exceeded(List<Policy.Caps> caps, Plan plan, Usage usage) {
    List<String> broken = new ArrayList<>();
    Map<String, Integer> wanted = new TreeMap<>();
    for (PlanStep step : plan.steps()) wanted.merge(step.kind(), 1, Integer::sum);
    for (Policy.Caps cap : caps) {
      wanted.forEach((kind, count) -> count(cap, kind, count, usage).ifPresent(broken::add));
      Double monthly = cap.monthly();
      if (monthly != null && plan.unpriced() > 0)
        broken.add(
            plan.unpriced()
                + " of "
                + plan.steps().size()
                + " steps have no known price, so nobody can say that the plan takes away at most "
                + Money.usd(monthly)
                + " a month");
      if (monthly != null && plan.monthlySaving().compareTo(Money.usd(monthly)) > 0)
        broken.add(
            "the plan takes away "
                + plan.monthlySaving()
                + " a month, and at most "
                + Money.usd(monthly)
                + " may be");
    }
    return broken;
  }

  /** Which cap one more resource of the kind would break, in words. */
  public static Optional<String> exceeded(List<Policy.Caps> caps, String kind, Usage usage) {
    return caps.stream().flatMap(cap -> count(cap, kind, 1, usage).stream()).findFirst();
  }

  private static Optional<String> count(Policy.Caps cap, String kind, int more, Usage usage) {
    int today = usage.changedToday(kind) + more;
    Integer perDay = cap.perDay();
    if (perDay != null && today > perDay)
      return Optional.of(
          today + " of kind " + kind + " would change today, and at most " + perDay + " may");
    Double percent = cap.percent();
    if (percent == null) return Optional.empty();
    int total = usage.total(kind);
    // What was deleted today is no longer counted, but was there this morning.
    // In decimals: 29 % of 100 is 29, which doubles do not say.
    int most =
        BigDecimal.valueOf(percent)
            .multiply(BigDecimal.valueOf(Math.max(total, today)))
            .movePointLeft(2)
            .setScale(0, RoundingMode.FLOOR)
            .intValue();
    return today > most
        ? Optional.of(
            today
                + " of "
                + Math.max(total, today)
                + " of kind "
                + kind
                + " would change today, and at most "
                + percent
                + " % may")
        : Optional.empty();
  }
}
