package dev.steward.domain.governance.policy;

import dev.steward.domain.governance.policy.CompiledPolicy.CompiledRule;
import dev.steward.domain.governance.policy.Conditions.ConditionException;
import dev.steward.model.Account;
import dev.steward.model.ApprovalGroup;
import dev.steward.model.Finding;
import dev.steward.model.Plan;
import dev.steward.model.PlanStep;
import dev.steward.model.Policy;
import dev.steward.model.Policy.Effect;
import dev.steward.model.Policy.OnFailure;
import dev.steward.model.Resource;
import dev.steward.model.Risk;
import dev.steward.model.Ruling;
import dev.steward.model.Window;
import dev.steward.storage.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks every rule of every policy about every step of a plan. The most restrictive answer wins; a
 * step that no rule decides needs one approver; a rule that cannot be evaluated denies, and so does
 * a {@link Budget} that is spent. Pure, and never within a write, for which all others wait.
 */
public final class PolicyEngine {
  static final int EXPIRES_HOURS = 72;
  static final int REMIND_HOURS = 24;
  static final int UNDO_DAYS = 30;

  /** The rule that holds without a policy: what another service looks after is left to it. */
  private static final String MANAGED = "managed";

  private PolicyEngine() {}

  /**
   * @param subjects what is known of each step
   * @param usage null leaves caps unasked
   */
  public record Question(
      Account account,
      Plan plan,
      String requester,
      Function<PlanStep, Subject> subjects,
      @Nullable Usage usage,
      Instant now) {}

  /** The finding and the resource of a step, as far as they are known. */
  public record Subject(@Nullable Finding finding, @Nullable Resource resource) {}

  public static Ruling rule(List<CompiledPolicy> policies, Question question) {
    return rule(policies, question, Budget.ofPlan());
  }

  /** The same with what is left of a budget. */
  public static Ruling rule(List<CompiledPolicy> policies, Question question, Budget budget) {
    Store.refuseWithinWrite("policies are judged");
    Terms terms = new Terms();
    Plan plan = question.plan();
    Map<String, Object> common =
        Vocabulary.world(question.account(), plan, question.requester(), question.now());
    Effect effect = Effect.AUTO_APPROVE;
    for (PlanStep step : plan.steps()) {
      if (budget.isSpent()) break;
      Subject subject = question.subjects().apply(step);
      Map<String, Object> world =
          Vocabulary.world(common, step, subject.finding(), subject.resource(), question.now());
      effect = max(effect, step(policies, step, world, question.now(), terms, budget));
      Optional<String> managed = managed(policies, step, subject, world, budget);
      if (managed.isPresent()) {
        terms.reasons.add(
            new Ruling.Reason(null, null, 0, MANAGED, step.number(), Effect.DENY, managed.get()));
        effect = Effect.DENY;
      }
    }
    if (budget.isSpent())
      return terms
          .denied("budget", Meter.outOfTime().getMessage())
          .ruling(Effect.DENY, plan.risk());
    Usage usage = question.usage();
    if (usage != null)
      for (String broken : BlastRadius.exceeded(terms.caps, plan, usage)) {
        terms.denied("blast radius", broken);
        effect = Effect.DENY;
      }
    Optional<String> closed = closed(terms.windows, question.now());
    if (closed.isPresent()) {
      terms.denied("maintenance windows", closed.get());
      effect = Effect.DENY;
    }
    return terms.ruling(effect, plan.risk());
  }

  private static Optional<String> closed(List<List<Window>> windows, Instant now) {
    if (Windows.areTooMany(windows))
      return Optional.of("the rules that match have more than " + Windows.MOST + " windows");
    return Windows.nextOpen(windows, now).isEmpty()
        ? Optional.of("the windows of all rules are never open together")
        : Optional.empty();
  }

  /**
   * Why each step may not act on what it is about, by its number: another service looks after it,
   * and no rule allows that.
   */
  public static Map<Integer, String> managed(List<CompiledPolicy> policies, Question question) {
    Store.refuseWithinWrite("policies are judged");
    Budget budget = Budget.ofPlan();
    Map<String, Object> common =
        Vocabulary.world(question.account(), question.plan(), question.requester(), question.now());
    Map<Integer, String> refused = new TreeMap<>();
    for (PlanStep step : question.plan().steps()) {
      Subject subject = question.subjects().apply(step);
      Map<String, Object> world =
          Vocabulary.world(common, step, subject.finding(), subject.resource(), question.now());
      managed(policies, step, subject, world, budget)
          .ifPresent(why -> refused.put(step.number(), why));
    }
    return refused;
  }

  /** No is the answer unless a rule that matches says yes; one that cannot be asked does not. */
  private static Optional<String> managed(
      List<CompiledPolicy> policies,
      PlanStep step,
      Subject subject,
      Map<String, Object> world,
      Budget budget) {
    Set<String> owners = Vocabulary.owners(step, subject.resource());
    if (owners.isEmpty() || allows(policies, world, budget)) return Optional.empty();
    return Optional.of(
        step.resource()
            + " is managed by "
            + String.join(", ", owners)
            + ", and no policy has a rule that matches with allow_managed");
  }

  private static boolean allows(
      List<CompiledPolicy> policies, Map<String, Object> world, Budget budget) {
    for (CompiledPolicy policy : policies)
      for (CompiledRule rule : policy.rules())
        if (!budget.isSpent()
            && Boolean.TRUE.equals(rule.rule().allowManaged())
            && holds(rule, world, budget)) return true;
    return false;
  }

  private static boolean holds(CompiledRule rule, Map<String, Object> world, Budget budget) {
    try {
      return rule.condition() != null && rule.condition().holds(world, budget);
    } catch (ConditionException doubt) {
      return false;
    }
  }

  private static Effect step(
      List<CompiledPolicy> policies,
      PlanStep step,
      Map<String, Object> world,
      Instant now,
      Terms terms,
      Budget budget) {
    Effect effect = Effect.TERMS;
    for (CompiledPolicy policy : policies)
      for (CompiledRule rule : policy.rules()) {
        if (budget.isSpent()) return Effect.DENY;
        effect = max(effect, ask(policy.policy(), rule, step, world, now, terms, budget));
      }
    if (effect != Effect.TERMS) return effect;
    terms.reasons.add(
        new Ruling.Reason(
            null,
            null,
            0,
            "default",
            step.number(),
            Effect.REQUIRE_APPROVAL,
            "no policy decides, so one approver does"));
    return Effect.REQUIRE_APPROVAL;
  }

  private static Effect ask(
      Policy policy,
      CompiledRule compiled,
      PlanStep step,
      Map<String, Object> world,
      Instant now,
      Terms terms,
      Budget budget) {
    Policy.Rule rule = compiled.rule();
    try {
      if (compiled.condition() == null) throw new ConditionException(compiled.error());
      if (!compiled.condition().holds(world, budget)) return Effect.TERMS;
    } catch (ConditionException e) {
      terms.reasons.add(
          reason(
              policy,
              rule,
              step,
              Effect.DENY,
              "the rule cannot be evaluated, which means no: " + e.getMessage()));
      return Effect.DENY;
    }
    Instant until = rule.until();
    if (rule.effect() == Effect.EXEMPT && until != null && !now.isBefore(until))
      return Effect.TERMS;
    terms.add(rule);
    terms.reasons.add(
        reason(
            policy,
            rule,
            step,
            rule.effect(),
            rule.reason() != null ? rule.reason() : "matches: " + rule.when()));
    return rule.effect();
  }

  private static Ruling.Reason reason(
      Policy policy, Policy.Rule rule, PlanStep step, Effect effect, String why) {
    return new Ruling.Reason(
        policy.id(), policy.name(), policy.version(), rule.name(), step.number(), effect, why);
  }

  private static <E extends Enum<E>> E max(E a, E b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  /** Gathers what the matching rules ask for; of two that differ the more careful one. */
  private static final class Terms {
    private final List<Ruling.Reason> reasons = new ArrayList<>();
    private final Map<String, ApprovalGroup> groups = new LinkedHashMap<>();
    private final List<List<Window>> windows = new ArrayList<>();
    private final List<Policy.Caps> caps = new ArrayList<>();
    private @Nullable Integer expires;
    private @Nullable Integer remind;
    private @Nullable Integer escalate;
    private @Nullable ApprovalGroup escalateTo;
    private @Nullable Boolean own;
    private int grace;
    private @Nullable OnFailure onFailure;
    private @Nullable Integer undoDays;

    /** The whole plan is denied, by what holds without a policy. */
    Terms denied(String rule, @Nullable String why) {
      reasons.add(new Ruling.Reason(null, null, 0, rule, 0, Effect.DENY, String.valueOf(why)));
      return this;
    }

    void add(Policy.Rule rule) {
      if (rule.graceHours() != null) grace = Math.max(grace, rule.graceHours());
      if (!rule.windows().isEmpty() && !windows.contains(rule.windows()))
        windows.add(rule.windows());
      if (rule.caps() != null && !caps.contains(rule.caps())) caps.add(rule.caps());
      if (rule.onFailure() != null)
        onFailure = onFailure == null ? rule.onFailure() : max(onFailure, rule.onFailure());
      undoDays = greater(undoDays, rule.undoDays());
      if (rule.effect() == Effect.REQUIRE_APPROVAL) approval(rule.approval());
    }

    private void approval(Policy.@Nullable Terms asked) {
      boolean mayOwn = asked != null && Boolean.TRUE.equals(asked.requesterMayApprove());
      own = own == null ? mayOwn : own && mayOwn;
      if (asked == null) return;
      for (ApprovalGroup group : asked.groups())
        groups.merge(
            group.name() + group.roles() + group.users(),
            group,
            (a, b) -> a.quorum() >= b.quorum() ? a : b);
      expires = lesser(expires, asked.expiresHours());
      remind = lesser(remind, asked.remindHours());
      escalate = lesser(escalate, asked.escalateHours());
      if (asked.escalateTo() != null && escalateTo == null) escalateTo = asked.escalateTo();
    }

    Ruling ruling(Effect effect, Risk risk) {
      return new Ruling(
          effect,
          reasons,
          groups.isEmpty() ? List.of(ApprovalGroup.oneApprover()) : named(),
          expires == null ? EXPIRES_HOURS : expires,
          remind == null ? REMIND_HOURS : remind,
          escalate == null ? 0 : escalate,
          escalateTo,
          Boolean.TRUE.equals(own) && risk != Risk.HIGH,
          grace,
          windows,
          caps,
          onFailure == null ? OnFailure.STOP : onFailure,
          undoDays == null ? UNDO_DAYS : undoDays);
    }

    /** Votes are counted by a group's name, so two groups that differ need two names. */
    private List<ApprovalGroup> named() {
      Map<String, ApprovalGroup> byName = new LinkedHashMap<>();
      for (ApprovalGroup group : groups.values()) {
        String name = group.name();
        for (int i = 2; byName.containsKey(name); i++) name = group.name() + " (" + i + ")";
        byName.put(name, new ApprovalGroup(name, group.roles(), group.users(), group.quorum()));
      }
      return List.copyOf(byName.values());
    }

    private static @Nullable Integer lesser(@Nullable Integer a, @Nullable Integer b) {
      if (a == null) return b;
      return b == null ? a : Integer.valueOf(Math.min(a, b));
    }

    private static @Nullable Integer greater(@Nullable Integer a, @Nullable Integer b) {
      if (a == null) return b;
      return b == null ? a : Integer.valueOf(Math.max(a, b));
    }
  }
}
