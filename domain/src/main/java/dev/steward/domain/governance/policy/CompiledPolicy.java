package dev.steward.domain.governance.policy;

import dev.steward.domain.governance.policy.Conditions.Condition;
import dev.steward.domain.governance.policy.Conditions.ConditionException;
import dev.steward.model.ApprovalGroup;
import dev.steward.model.Policy;
import dev.steward.model.Policy.Effect;
import dev.steward.model.Violation;
import dev.steward.storage.Store;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A policy whose conditions are ready to be asked. */
public final class CompiledPolicy {
  private static final int MOST_RULES = 100;

  /**
   * @param condition null where the rule cannot be compiled, which means no
   */
  record CompiledRule(Policy.Rule rule, @Nullable Condition condition, String error) {}

  private final Policy policy;
  private final List<CompiledRule> rules;

  private CompiledPolicy(Policy policy, List<CompiledRule> rules) {
    this.policy = policy;
    this.rules = List.copyOf(rules);
  }

  Policy policy() {
    return policy;
  }

  List<CompiledRule> rules() {
    return rules;
  }

  /** Compiles; a rule that cannot be compiled is kept, and denies whatever it is asked. */
  public static CompiledPolicy of(Policy policy) {
    return new CompiledPolicy(policy, compiled(policy.rules()));
  }

  private static List<CompiledRule> compiled(List<Policy.Rule> rules) {
    Store.refuseWithinWrite("policies are compiled");
    return rules.stream().map(CompiledPolicy::compiled).toList();
  }

  private static CompiledRule compiled(Policy.Rule rule) {
    try {
      return new CompiledRule(rule, Conditions.compile(rule.when()), "");
    } catch (ConditionException e) {
      return new CompiledRule(rule, null, String.valueOf(e.getMessage()));
    }
  }

  /** Everything that is wrong with the rules of a policy, by field. */
  public static List<Violation> violations(List<Policy.Rule> rules) {
    return wrong(compiled(rules));
  }

  /** The same of these rules. */
  public List<Violation> violations() {
    return wrong(rules);
  }

  private static List<Violation> wrong(List<CompiledRule> rules) {
    List<Violation> violations = new ArrayList<>();
    if (rules.isEmpty()) violations.add(new Violation("rules", "must not be empty"));
    if (rules.size() > MOST_RULES)
      violations.add(new Violation("rules", "must have at most " + MOST_RULES + " items"));
    Set<String> names = new HashSet<>();
    for (int i = 0; i < rules.size(); i++) {
      Policy.Rule rule = rules.get(i).rule();
      String at = "rules[" + i + "].";
      if (!names.add(rule.name()))
        violations.add(new Violation(at + "name", "another rule has the same name"));
      if (rules.get(i).condition() == null)
        violations.add(new Violation(at + "when", rules.get(i).error()));
      consistent(rule, at, violations);
    }
    return violations;
  }

  private static void consistent(Policy.Rule rule, String at, List<Violation> violations) {
    if (rule.effect() == Effect.EXEMPT && rule.until() == null)
      violations.add(new Violation(at + "until", "is required: an exemption ends at a date"));
    if (rule.effect() != Effect.EXEMPT && rule.until() != null)
      violations.add(new Violation(at + "until", "belongs to the effect exempt"));
    if (Boolean.TRUE.equals(rule.allowManaged()) && rule.effect().compareTo(Effect.EXEMPT) >= 0)
      violations.add(
          new Violation(at + "allow_managed", "does not go with an effect that refuses the step"));
    Policy.Terms terms = rule.approval();
    if (terms != null && rule.effect() != Effect.REQUIRE_APPROVAL)
      violations.add(new Violation(at + "approval", "belongs to the effect require_approval"));
    if (terms != null) {
      for (int g = 0; g < terms.groups().size(); g++)
        group(terms.groups().get(g), at + "approval.groups[" + g + "].", violations);
      if (terms.escalateTo() != null)
        group(terms.escalateTo(), at + "approval.escalate_to.", violations);
      if ((terms.escalateTo() == null) != (terms.escalateHours() == null))
        violations.add(
            new Violation(at + "approval.escalate_to", "and escalate_hours go together"));
      hours(terms.expiresHours(), 1, at + "approval.expires_hours", violations);
      hours(terms.remindHours(), 1, at + "approval.remind_hours", violations);
      hours(terms.escalateHours(), 1, at + "approval.escalate_hours", violations);
    }
    hours(rule.graceHours(), 0, at + "grace_hours", violations);
    Integer undo = rule.undoDays();
    if (undo != null && (undo < 1 || undo > 365))
      violations.add(new Violation(at + "undo_days", "must be from 1 to 365"));
    for (int w = 0; w < rule.windows().size(); w++) {
      String window = at + "windows[" + w + "]";
      Windows.wrong(rule.windows().get(w))
          .ifPresent(why -> violations.add(new Violation(window, why)));
    }
    Policy.Caps caps = rule.caps();
    if (caps == null) return;
    if (negative(caps.perDay()) || negative(caps.monthly()))
      violations.add(new Violation(at + "caps", "must not be negative"));
    Double percent = caps.percent();
    if (percent != null && !(percent >= 0 && percent <= 100))
      violations.add(new Violation(at + "caps.percent", "must be from 0 to 100"));
  }

  private static boolean negative(@Nullable Number number) {
    return number != null && !(number.doubleValue() >= 0);
  }

  private static void group(ApprovalGroup group, String at, List<Violation> violations) {
    if (group.roles().isEmpty() && group.users().isEmpty())
      violations.add(new Violation(at + "roles", "or users must name somebody"));
    if (group.quorum() < 1 || group.quorum() > 20)
      violations.add(new Violation(at + "quorum", "must be from 1 to 20"));
    if (group.roles().isEmpty() && group.users().stream().distinct().count() < group.quorum())
      violations.add(new Violation(at + "quorum", "is larger than the group"));
  }

  private static void hours(
      @Nullable Integer hours, int least, String field, List<Violation> violations) {
    if (hours != null && (hours < least || hours > 8_784))
      violations.add(new Violation(field, "must be from " + least + " to 8784 hours"));
  }
}
