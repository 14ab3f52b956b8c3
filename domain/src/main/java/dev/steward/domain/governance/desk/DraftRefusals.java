package dev.steward.domain.governance.desk;

import dev.steward.domain.governance.plan.Planner;
import dev.steward.estate.ec2.SnapshotCopy;
import dev.steward.model.AccountId;
import dev.steward.model.Discovery;
import dev.steward.model.Exemption;
import dev.steward.model.PlanStep;
import dev.steward.model.Violation;
import dev.steward.storage.Tables;
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
      Transaction t, Planner.Attempt attempt, Case drafted, Map<Integer, String> managed) {
    List<Violation> violations = new ArrayList<>();
    Instant now = drafted.at();
    AccountId account = drafted.account().id();
    UndoNeeds needs = UndoNeeds.of(t.state(), account, now);
    for (PlanStep step : attempt.plan().steps()) {
      String field = attempt.fields().get(step.number() - 1);
      Exemptions.covering(t.state(), drafted.account().organization(), account, step, now)
          .ifPresent((Exemption e) ->
              violations.add(
                  new Violation(
                      field,
                      step.resource() + " is exempt until " + e.until() + ": " + e.reason())));
      Optional.ofNullable(managed.get(step.number()))
          .ifPresent(why -> violations.add(new Violation(field, why)));
      Optional.ofNullable(drafted.subject(step).resource())
          .flatMap(needs::why)
          .ifPresent(why -> violations.add(new Violation(field, step.resource() + ": " + why)));
    }
    violations.addAll(copies(t, account, attempt));
    return violations;
  }

  /**
   * A copy goes to a region that the account has enabled: of one that it has not, AWS says only
   * that the call is not authorized, when the step is already under way.
   */
  private static List<Violation> copies(Transaction t, AccountId account, Planner.Attempt attempt) {
    List<String> enabled =
        t.find(Tables.DISCOVERIES, account.value()).map(Discovery::enabled).orElse(null);
    List<Violation> violations = new ArrayList<>();
    for (PlanStep step : attempt.plan().steps()) {
      if (!SnapshotCopy.REGION.isGiven(step.parameters())) continue;
      String region = SnapshotCopy.REGION.in(step.parameters());
      if (enabled != null && enabled.contains(region)) continue;
      violations.add(
          new Violation(
              "parameters." + SnapshotCopy.REGION.name(),
              enabled == null
                  ? "nobody knows yet which regions the account has enabled; discover again"
                  : "the account has not enabled " + region + "; it has " + enabled));
    }
    return violations.stream().distinct().toList();
  }
}
