package dev.steward.governance.desk;

import dev.steward.governance.plan.Planner;
import dev.steward.governance.policy.CompiledPolicy;
import dev.steward.governance.policy.PolicyEngine;
import dev.steward.model.AccountId;
import dev.steward.model.Exemption;
import dev.steward.model.PlanStep;
import dev.steward.model.Violation;
import dev.steward.storage.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the store says against a plan that is possible as such. */
final class DraftRefusals {
  private DraftRefusals() {}

  /**
   * What a person said of a finding, or an exemption, holds for plans too; so does what an open
   * undo needs, and what another service looks after is refused unless a policy allows it.
   */
  static List<Violation> of(
      Transaction t,
      Planner.Attempt attempt,
      PolicyEngine.Question question,
      List<CompiledPolicy> policies) {
    List<Violation> violations = new ArrayList<>();
    Instant now = question.now();
    AccountId account = question.account().id();
    Estates estates = new Estates(t.state());
    UndoNeeds needs = UndoNeeds.of(t.state(), account, now);
    Map<Integer, String> managed = PolicyEngine.managed(policies, question);
    for (PlanStep step : attempt.plan().steps()) {
      String field = attempt.fields().get(step.number() - 1);
      Exemptions.covering(t.state(), question.account().organization(), account, step, now)
          .ifPresent((Exemption e) ->
              violations.add(
                  new Violation(
                      field,
                      step.resource() + " is exempt until " + e.until() + ": " + e.reason())));
      Optional.ofNullable(managed.get(step.number()))
          .ifPresent(why -> violations.add(new Violation(field, why)));
      Optional.ofNullable(estates.subject(account, step).resource())
          .flatMap(needs::why)
          .ifPresent(why -> violations.add(new Violation(field, step.resource() + ": " + why)));
    }
    return violations;
  }
}
