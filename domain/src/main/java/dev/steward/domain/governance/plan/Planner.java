package dev.steward.domain.governance.plan;

import dev.steward.estate.Beside;
import dev.steward.estate.Gp3;
import dev.steward.estate.InstanceTypeNames;
import dev.steward.estate.KeyUse;
import dev.steward.estate.Losses;
import dev.steward.estate.Owners;
import dev.steward.estate.Partition;
import dev.steward.estate.PriceBook;
import dev.steward.estate.Refusals;
import dev.steward.estate.Remediation;
import dev.steward.estate.catalogue.StepMoney;
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
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes plans; pure. */
public final class Planner {
  public static final int MOST_STEPS = 200;

  /** Days that CloudWatch Logs takes as a retention (API reference, PutRetentionPolicy). */
  private static final Set<String> RETENTIONS =
      Set.of(
          "1", "3", "5", "7", "14", "30", "60", "90", "120", "150", "180", "365", "400", "545",
          "731", "1096", "1827", "2192", "2557", "2922", "3288", "3653");

  private static final Pattern KEY =
      Pattern.compile("arn:aws[a-z-]*:kms:[a-z0-9-]+:\\d{12}:(key|alias)/[\\w/-]{1,256}");

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

  private java.util.Optional<PlanStep> step(Item item, int number, List<Violation> violations) {
    int before = violations.size();
    Remediation action = Remediation.find(item.action()).orElse(null);
    Resource resource = item.resource();
    if (action == null) {
      violations.add(
          new Violation(
              "action",
              item.action()
                  + " is not an action; there are "
                  + Remediation.ALL.stream().map(Remediation::id).toList()));
      return java.util.Optional.empty();
    }
    if (!action.kind().equals(resource.kind()))
      violations.add(
          new Violation(
              item.field(), action.id() + " is for " + action.kind() + ", not " + resource.kind()));
    if (!action.states().isEmpty() && !action.states().contains(String.valueOf(resource.state())))
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
    Map<String, String> parameters = parameters(action, item, violations);
    Refusals.of(action.id(), resource, parameters)
        .forEach(why -> violations.add(new Violation(item.field(), resource.id() + ": " + why)));
    if (violations.size() > before) return java.util.Optional.empty();
    List<MoneyPart> money =
        StepMoney.parts(prices, action.id(), resource, parameters, item.beside());
    boolean copied = !parameters.getOrDefault("copy_region", "none").equals("none");
    Finding finding = item.finding();
    return java.util.Optional.of(
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
            after(action, resource, parameters),
            parameters,
            (copied ? Risk.MEDIUM : action.risk())
                .or(Losses.risk(action.id(), resource, parameters)),
            StepMoney.saving(money),
            action.undoable() || copied,
            copied ? "the copy is copied back, under a new id" : action.undo(),
            action.actions(),
            Owners.of(resource),
            Owners.awsTags(resource),
            money,
            Losses.of(action.id(), resource, parameters).stream().map(Losses.Loss::says).toList(),
            KeyUse.keys(action.id(), resource, parameters, item.beside())));
  }

  private static Map<String, String> after(
      Remediation action, Resource resource, Map<String, String> parameters) {
    Map<String, String> after = new TreeMap<>(action.after(parameters));
    // The rule is added to those that are there.
    after.computeIfPresent(
        "lifecycle_rules",
        (key, one) -> Long.toString((long) resource.number("lifecycle_rules", 0) + 1));
    if (action.id().equals("volume_to_gp3"))
      Gp3.asFastAs(resource).ifPresent(gp3 -> after.putAll(gp3.attributes()));
    return after;
  }

  private static Map<String, String> parameters(
      Remediation action, Item item, List<Violation> violations) {
    Map<String, String> values = new TreeMap<>(action.parameters());
    Finding finding = item.finding();
    // What the check recommends, unless the caller knows better.
    if (finding != null && finding.evidence().containsKey("recommended_type"))
      values.computeIfPresent(
          "instance_type", (_, none) -> finding.evidence().get("recommended_type"));
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
        wrong(action, item.resource(), name, values)
            .ifPresent(why -> violations.add(new Violation("parameters." + name, why))));
    return values;
  }

  private static java.util.Optional<String> wrong(
      Remediation action, Resource resource, String name, Map<String, String> values) {
    String value = values.getOrDefault(name, "");
    boolean well =
        switch (name) {
          case "days" ->
              action.id().equals("set_log_retention")
                  ? RETENTIONS.contains(value)
                  : value.matches("[1-9]\\d{0,3}") && Integer.parseInt(value) >= 30;
          case "instance_type" ->
              InstanceTypeNames.isKnown(value)
                  && !value.equals(resource.attribute("instance_type"));
          case "copy_region" ->
              value.equals("none")
                  || (value.matches("[a-z]{2}(-[a-z]+)+-\\d")
                      && !value.equals(resource.region())
                      && Partition.ofRegion(value) == Partition.ofRegion(resource.region()));
          case "copy_key" ->
              value.equals("none") || isKeyIn(values.getOrDefault("copy_region", "none"), value);
          default -> true;
        };
    if (well) return java.util.Optional.empty();
    return java.util.Optional.of(
        switch (name) {
          case "days" ->
              action.id().equals("set_log_retention")
                  ? "must be one of the retentions that CloudWatch Logs takes, such as 30 or 90"
                  : "must be a number of days from 30 to 9999";
          case "instance_type" ->
              InstanceTypeNames.isKnown(value)
                  ? "must be another instance type, such as m5.large"
                  : "must be an instance type that there is, such as "
                      + String.join(", ", InstanceTypeNames.nearest(value));
          case "copy_key" -> "must be the ARN of a key in copy_region, or none";
          default -> "must be another region, such as eu-west-1, to which AWS copies, or none";
        });
  }

  private static boolean isKeyIn(String region, String key) {
    return KEY.matcher(key).matches()
        && key.startsWith("arn:" + Partition.ofRegion(region).id() + ":kms:" + region + ":");
  }
}
