package dev.steward.domain.governance.plan;

import dev.steward.estate.Beside;
import dev.steward.estate.Loss;
import dev.steward.estate.Owners;
import dev.steward.estate.PriceBook;
import dev.steward.estate.Remediation;
import dev.steward.estate.StepMoney;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.model.Account;
import dev.steward.model.Finding;
import dev.steward.model.MoneyPart;
import dev.steward.model.MoneySum;
import dev.steward.model.Plan;
import dev.steward.model.PlanStep;
import dev.steward.model.Problem;
import dev.steward.model.Resource;
import dev.steward.model.Risk;
import dev.steward.model.Violation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes plans; pure. */
public final class Planner {
  public static final int MOST_STEPS = 200;

  private final PriceBook prices;

  public Planner(PriceBook prices) {
    this.prices = prices;
  }

  /**
   * What is wanted.
   *
   * @param field where the caller wrote it, for violations
   * @param beside what its price depends on beside the resource
   */
  public record Item(
      String field,
      Resource resource,
      @Nullable Finding finding,
      String action,
      Map<String, String> parameters,
      Beside beside) {
    /** One of which no more than the resource itself is known. */
    public Item(
        String field,
        Resource resource,
        @Nullable Finding finding,
        String action,
        Map<String, String> parameters) {
      this(field, resource, finding, action, parameters, Beside.UNKNOWN);
    }
  }

  /**
   * @throws dev.steward.model.ProblemException INVALID with everything that is wrong
   */
  public Plan plan(Account account, List<Item> items) {
    Attempt attempt = attempt(account, items);
    if (!attempt.violations().isEmpty()) throw Problem.invalid(attempt.violations());
    return attempt.plan();
  }

  /**
   * A plan of what could be planned, and what is wrong with the rest.
   *
   * @param fields where the caller wrote each step of the plan, in its order
   */
  public record Attempt(Plan plan, List<String> fields, List<Violation> violations) {}

  /** For who has more to say against a plan: everything that is wrong is told at once. */
  public Attempt attempt(Account account, List<Item> items) {
    List<String> fields = new ArrayList<>();
    List<Violation> violations = new ArrayList<>();
    List<PlanStep> steps = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    if (items.isEmpty()) violations.add(new Violation("findings", "nothing was chosen"));
    if (items.size() > MOST_STEPS)
      violations.add(new Violation("findings", "a plan has at most " + MOST_STEPS + " steps"));
    for (Item item : items) {
      if (!seen.add(item.resource().region() + "/" + item.resource().id()))
        violations.add(
            new Violation(item.field(), item.resource().id() + " is in the plan already"));
      step(item, steps.size() + 1, violations)
          .ifPresent(step -> {
            steps.add(step);
            fields.add(item.field());
          });
    }
    Risk risk = steps.stream().map(PlanStep::risk).reduce(Risk.LOW, Risk::or);
    Plan plan =
        new Plan(
            account.id(),
            account.awsAccount().value(),
            steps,
            MoneySum.of(steps.stream(), PlanStep::saving).amount(),
            risk,
            steps.stream().allMatch(PlanStep::undoable),
            prices.version());
    return new Attempt(plan, fields, violations);
  }

  /** The plan of one step; empty where nobody could do it. */
  public Optional<Plan> possible(Account account, Item item) {
    Attempt attempt = attempt(account, List.of(item));
    return attempt.violations().isEmpty() ? Optional.of(attempt.plan()) : Optional.empty();
  }

  private Optional<PlanStep> step(Item item, int number, List<Violation> violations) {
    int before = violations.size();
    Remediation action = Catalogue.remediation(item.action()).orElse(null);
    Resource resource = item.resource();
    if (action == null) {
      violations.add(
          new Violation(
              "action",
              item.action()
                  + " is not an action; there are "
                  + Catalogue.REMEDIATIONS.stream().map(Remediation::id).toList()));
      return Optional.empty();
    }
    unfit(action, item, violations);
    Map<String, String> parameters = parameters(action, item, violations);
    action
        .refusals(resource, parameters)
        .forEach(why -> violations.add(new Violation(item.field(), resource.id() + ": " + why)));
    if (violations.size() > before) return Optional.empty();
    List<MoneyPart> money = action.money(prices, resource, parameters, item.beside());
    Remediation.Terms terms = action.terms(parameters);
    Finding finding = item.finding();
    return Optional.of(
        new PlanStep(
            number,
            action.id(),
            resource.kind(),
            resource.region(),
            resource.id(),
            resource.name(),
            finding == null ? null : finding.id(),
            finding == null ? null : finding.check(),
            Drift.preconditions(action, resource),
            action.after(resource, parameters),
            parameters,
            action.risk(resource, parameters),
            StepMoney.saving(money),
            terms.undoable(),
            terms.how(),
            action.actions(),
            Owners.of(resource),
            Owners.awsTags(resource),
            money,
            action.losses(resource, parameters).stream().map(Loss::says).toList(),
            action.keys(resource, parameters, item.beside())));
  }

  /** Everything for which the action is not for this resource as it was found. */
  private static void unfit(Remediation action, Item item, List<Violation> violations) {
    Resource resource = item.resource();
    if (!action.kind().equals(resource.kind()))
      violations.add(
          new Violation(
              item.field(), action.id() + " is for " + action.kind() + ", not " + resource.kind()));
    if (!action.isIn(resource))
      violations.add(
          new Violation(
              item.field(),
              resource.id()
                  + " is "
                  + resource.state()
                  + ", and "
                  + action.id()
                  + " needs it to be "
                  + String.join(" or ", action.states())));
    if (!resource.tagsKnown())
      violations.add(
          new Violation(
              item.field(),
              resource.id()
                  + ": its tags could not be read, so nobody knows whose it is or if it is wanted;"
                  + " discover again"));
    if (resource.missing() != null)
      violations.add(
          new Violation(
              item.field(),
              resource.id() + ": could not be read: " + resource.missing() + "; discover again"));
  }

  private static Map<String, String> parameters(
      Remediation action, Item item, List<Violation> violations) {
    Finding finding = item.finding();
    // What the check recommends, unless the caller knows better.
    Map<String, String> values = action.standards(finding == null ? Map.of() : finding.evidence());
    item.parameters()
        .forEach((name, value) -> {
          if (!action.parameters().containsKey(name))
            violations.add(
                new Violation(
                    "parameters." + name,
                    action.id() + " takes " + new TreeMap<>(action.parameters()).keySet()));
          else values.put(name, value);
        });
    values.forEach((name, value) ->
        Objects.requireNonNull(action.parameters().get(name))
            .rule()
            .wrong(value, item.resource(), values)
            .ifPresent(why -> violations.add(new Violation("parameters." + name, why))));
    return values;
  }
}
