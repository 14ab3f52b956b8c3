package dev.steward.domain.governance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.governance.plan.Planner;
import dev.steward.domain.governance.policy.BlastRadius;
import dev.steward.domain.governance.policy.CompiledPolicy;
import dev.steward.domain.governance.policy.PolicyEngine;
import dev.steward.domain.governance.policy.PolicyEngine.Question;
import dev.steward.domain.governance.policy.PolicyEngine.Subject;
import dev.steward.domain.governance.policy.Usage;
import dev.steward.domain.governance.policy.Windows;
import dev.steward.estate.PriceBook;
import dev.steward.model.ApprovalGroup;
import dev.steward.model.Plan;
import dev.steward.model.Policy;
import dev.steward.model.Policy.Effect;
import dev.steward.model.Policy.OnFailure;
import dev.steward.model.Role;
import dev.steward.model.Ruling;
import dev.steward.model.Window;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

final class PolicyProperties {
  private static Ruling rule(Plan plan, @Nullable Usage usage, Policy... policies) {
    List<CompiledPolicy> compiled = new ArrayList<>();
    for (Policy policy : policies) compiled.add(CompiledPolicy.of(policy));
    return PolicyEngine.rule(
        compiled,
        new Question(
            Samples.account("production"),
            plan,
            "client",
            step -> new Subject(null, Samples.volume(step.resource(), Map.of("team", "a"))),
            usage,
            Samples.NOW));
  }

  private static Effect effect(Policy.Rule... rules) {
    return rule(Samples.plan(2), null, Samples.policy(rules)).effect();
  }

  @Provide
  Arbitrary<Policy.Rule> rules() {
    return Combinators.combine(
            Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(6),
            Arbitraries.of(
                "true",
                "false",
                "step.number == 1",
                "resource.tags.team == 'a'",
                "account.environment == 'production'",
                "finding.evidence.nothing == 'x'",
                "plan.monthly_saving > 5.0",
                "1 +",
                "nobody.knows"),
            Arbitraries.of(Effect.class))
        .as(Samples::rule);
  }

  @Property
  void addingARuleThatDeniesNeverAllows(
      @ForAll @Size(max = 6) List<Policy.@net.jqwik.api.From("rules") Rule> rules,
      @ForAll("rules") Policy.Rule more) {
    Effect before = effect(rules.toArray(Policy.Rule[]::new));
    List<Policy.Rule> with = new ArrayList<>(rules);
    with.add(Samples.rule("deny", more.when(), Effect.DENY));
    Effect after = effect(with.toArray(Policy.Rule[]::new));
    assertThat(after).isGreaterThanOrEqualTo(before);
  }

  @Property
  void addingAnyRuleButOneThatApprovesIsNeverMilder(
      @ForAll @Size(max = 6) List<Policy.@net.jqwik.api.From("rules") Rule> rules,
      @ForAll("rules") Policy.Rule more) {
    if (more.effect() == Effect.AUTO_APPROVE) return;
    Effect before = effect(rules.toArray(Policy.Rule[]::new));
    List<Policy.Rule> with = new ArrayList<>(rules);
    with.add(more);
    assertThat(effect(with.toArray(Policy.Rule[]::new))).isGreaterThanOrEqualTo(before);
  }

  @Property
  void theOrderOfRulesDoesNotMatter(
      @ForAll @Size(max = 6) List<Policy.@net.jqwik.api.From("rules") Rule> rules) {
    assertThat(effect(rules.reversed().toArray(Policy.Rule[]::new)))
        .isEqualTo(effect(rules.toArray(Policy.Rule[]::new)));
  }

  @Example
  void whereNoPolicyMatchesOneApproverDecides() {
    Ruling ruling =
        rule(Samples.plan(1), null, Samples.policy(Samples.rule("r", "false", Effect.DENY)));
    assertThat(ruling.effect()).isEqualTo(Effect.REQUIRE_APPROVAL);
    assertThat(ruling.groups()).containsExactly(ApprovalGroup.oneApprover());
    assertThat(ruling.reasons().getFirst().rule()).isEqualTo("default");
    assertThat(rule(Samples.plan(1), null).effect()).isEqualTo(Effect.REQUIRE_APPROVAL);
  }

  @Example
  void anErrorMeansNo() {
    assertThat(effect(Samples.rule("r", "finding.evidence.nothing == 'x'", Effect.AUTO_APPROVE)))
        .isEqualTo(Effect.DENY);
    assertThat(effect(Samples.rule("r", "nobody.knows", Effect.AUTO_APPROVE)))
        .isEqualTo(Effect.DENY);
    assertThat(effect(Samples.rule("r", "1 / 0 == 1", Effect.TERMS))).isEqualTo(Effect.DENY);
  }

  @Example
  void oneStepThatIsNotApprovedByItselfNeedsPeople() {
    assertThat(effect(Samples.rule("first", "step.number == 1", Effect.AUTO_APPROVE)))
        .isEqualTo(Effect.REQUIRE_APPROVAL);
    assertThat(effect(Samples.rule("all", "true", Effect.AUTO_APPROVE)))
        .isEqualTo(Effect.AUTO_APPROVE);
    assertThat(
            effect(
                Samples.rule("all", "true", Effect.AUTO_APPROVE),
                Samples.rule("second", "step.number == 2", Effect.DENY)))
        .isEqualTo(Effect.DENY);
  }

  @Example
  void aConditionMaySeeEverythingThatIsDocumented() {
    for (String condition :
        List.of(
            "finding.check == '' && !has(finding.saving) && !has(finding.age_days)",
            "resource.kind == 'ebs_volume' && resource.region.startsWith('us-')",
            "resource.tags['team'] == 'a' && resource.age_days > 59.0",
            "resource.attributes.volume_type == 'gp2' && resource.state == 'available'",
            "account.environment == 'production' && account.aws_account == '111122223333'",
            "plan.steps == 2 && plan.monthly_saving == 10.0 && plan.unpriced == 0 && plan.risk == 'medium'",
            "plan.undoable && plan.requester == 'client'",
            "step.action == 'snapshot_and_delete_volume' && step.undoable && step.saving == 5.0",
            "time.getHours('UTC') == 12 && time.getDayOfWeek('UTC') == 5",
            "time < timestamp('2027-01-01T00:00:00Z')",
            "['ebs_volume', 'ebs_snapshot'].exists(k, k == resource.kind)",
            "!has(resource.tags.owner)",
            "'team' in resource.tags && resource.tags.exists(t, t == 'team')"))
      assertThat(effect(Samples.rule("r", condition, Effect.EXEMPT)))
          .as(condition)
          .isEqualTo(Effect.EXEMPT);
  }

  @Example
  void saysWhereAConditionIsWrong() {
    List<Policy.Rule> rules =
        List.of(
            Samples.rule("a", "account.environment =\n 'x'", Effect.DENY),
            Samples.rule("a", "stranger == 1", Effect.DENY),
            Samples.rule("c", "1 + 1", Effect.DENY));
    assertThat(CompiledPolicy.violations(rules))
        .extracting(v -> v.field() + ": " + v.message())
        .anyMatch(v -> v.startsWith("rules[0].when: line 1, column "))
        .anyMatch(v -> v.equals("rules[1].name: another rule has the same name"))
        .anyMatch(v -> v.startsWith("rules[1].when: line 1, column 1: undeclared reference"))
        .anyMatch(v -> v.startsWith("rules[2].when: "));
  }

  private static Plan managed() {
    return new Planner(PriceBook.current())
        .plan(
            Samples.account("production"),
            List.of(
                new Planner.Item(
                    "x",
                    Samples.volume("vol-0", Map.of("aws:cloudformation:stack-name", "web")),
                    null,
                    "snapshot_and_delete_volume",
                    Map.of())));
  }

  private static Policy.Rule allowing(String when) {
    return new Policy.Rule(
        "allow", when, Effect.TERMS, null, null, null, null, List.of(), null, null, null, true);
  }

  @Example
  void whatAnotherServiceLooksAfterIsRefusedUnlessARuleAllowsIt() {
    Ruling plain = rule(managed(), null, Samples.policy(automatic()));
    assertThat(plain.effect()).isEqualTo(Effect.DENY);
    assertThat(plain.reasons().getLast().why())
        .startsWith("vol-0 is managed by CloudFormation stack web");
    assertThat(
            rule(
                    managed(),
                    null,
                    Samples.policy(
                        automatic(), allowing("resource.managed_by.contains('CloudFormation')")))
                .effect())
        .isEqualTo(Effect.AUTO_APPROVE);
    for (String doubt : List.of("resource.managed_by == 'other'", "resource.tags.none == 'x'", "("))
      assertThat(rule(managed(), null, Samples.policy(automatic(), allowing(doubt))).reasons())
          .as(doubt)
          .anyMatch(r -> r.effect() == Effect.DENY && r.why().contains("is managed by"));
    // It allows only that: a rule that says no still says no.
    assertThat(
            rule(
                    managed(),
                    null,
                    Samples.policy(allowing("true"), Samples.rule("no", "true", Effect.DENY)))
                .effect())
        .isEqualTo(Effect.DENY);
    assertThat(
            CompiledPolicy.violations(
                List.of(
                    new Policy.Rule(
                        "r",
                        "true",
                        Effect.DENY,
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        null,
                        null,
                        null,
                        true))))
        .anyMatch(v -> v.field().equals("rules[0].allow_managed"));
  }

  private static Policy.Rule automatic() {
    return Samples.rule("automatic", "true", Effect.AUTO_APPROVE);
  }

  @Example
  void anExemptionEndsAtItsDate() {
    Policy.Rule over =
        new Policy.Rule(
            "r",
            "true",
            Effect.EXEMPT,
            null,
            Samples.NOW,
            null,
            null,
            List.of(),
            null,
            null,
            null,
            null);
    assertThat(effect(over)).isEqualTo(Effect.REQUIRE_APPROVAL);
    assertThat(effect(Samples.rule("r", "true", Effect.EXEMPT))).isEqualTo(Effect.EXEMPT);
  }

  private static Policy.Rule terms(
      String name, int grace, OnFailure onFailure, Policy.@Nullable Terms approval) {
    return new Policy.Rule(
        name,
        "true",
        Effect.REQUIRE_APPROVAL,
        null,
        null,
        approval,
        grace,
        List.of(),
        null,
        onFailure,
        null,
        null);
  }

  @Example
  void ofTwoTermsTheMoreCarefulOnesHold() {
    ApprovalGroup approvers = new ApprovalGroup("a", List.of(Role.APPROVER), List.of(), 1);
    ApprovalGroup two = new ApprovalGroup("a", List.of(Role.APPROVER), List.of(), 2);
    ApprovalGroup owners = new ApprovalGroup("a", List.of(), List.of("olga"), 1);
    Ruling ruling =
        rule(
            Samples.plan(1),
            null,
            Samples.policy(
                terms(
                    "one",
                    2,
                    OnFailure.CONTINUE,
                    new Policy.Terms(List.of(approvers), 48, 12, null, null, true)),
                terms(
                    "two",
                    24,
                    OnFailure.UNDO_ALL,
                    new Policy.Terms(List.of(two, owners), 24, null, null, null, null))));
    assertThat(ruling.groups())
        .extracting(g -> g.name() + " " + g.quorum())
        .containsExactly("a 2", "a (2) 1");
    assertThat(ruling.graceHours()).isEqualTo(24);
    assertThat(ruling.expiresHours()).isEqualTo(24);
    assertThat(ruling.remindHours()).isEqualTo(12);
    assertThat(ruling.onFailure()).isEqualTo(OnFailure.UNDO_ALL);
    assertThat(ruling.requesterMayApprove()).isFalse();
  }

  private static Usage usage(int total, int today) {
    return new Usage() {
      @Override
      public int total(String kind) {
        return total;
      }

      @Override
      public int changedToday(String kind) {
        return today;
      }
    };
  }

  @Property
  void capsNeverLetMoreThroughThanTheySay(
      @ForAll @IntRange(min = 1, max = 30) int volumes,
      @ForAll @IntRange(min = 0, max = 30) int today,
      @ForAll @IntRange(min = 0, max = 100) int perDay,
      @ForAll @IntRange(min = 0, max = 100) int percent) {
    int total = 100;
    Policy.Caps caps = new Policy.Caps(perDay, (double) percent, null);
    boolean allowed =
        BlastRadius.exceeded(List.of(caps), Samples.plan(volumes), usage(total, today)).isEmpty();
    assertThat(allowed).isEqualTo(volumes + today <= perDay && volumes + today <= percent);
  }

  @Example
  void aPercentageIsMeantInDecimals() {
    Policy.Caps caps = new Policy.Caps(null, 29.0, null);
    assertThat(BlastRadius.exceeded(List.of(caps), "ebs_volume", usage(100, 28))).isEmpty();
    assertThat(BlastRadius.exceeded(List.of(caps), "ebs_volume", usage(100, 29))).isPresent();
  }

  @Example
  void capsAreAskedWithTheRest() {
    Policy.Rule capped =
        new Policy.Rule(
            "caps",
            "true",
            Effect.AUTO_APPROVE,
            null,
            null,
            null,
            null,
            List.of(),
            new Policy.Caps(null, null, 7.0),
            null,
            null,
            null);
    assertThat(rule(Samples.plan(1), usage(10, 0), Samples.policy(capped)).effect())
        .isEqualTo(Effect.AUTO_APPROVE);
    Ruling broken = rule(Samples.plan(2), usage(10, 0), Samples.policy(capped));
    assertThat(broken.effect()).isEqualTo(Effect.DENY);
    assertThat(broken.reasons().getLast().why()).contains("$10.00 a month", "$7.00");
  }

  @Example
  void windowsMoveWithDaylightSaving() {
    Window night = new Window(List.of(DayOfWeek.SATURDAY), "22:00", "04:00", "Europe/Berlin");
    // Summer time: 22:00 is 20:00 UTC; winter time, from 25 October 2026: 21:00 UTC.
    assertThat(open("2026-10-23T12:00:00Z", night)).contains(Instant.parse("2026-10-24T20:00:00Z"));
    assertThat(open("2026-10-30T12:00:00Z", night)).contains(Instant.parse("2026-10-31T21:00:00Z"));
    // The night of the change has an hour more: it closes at 04:00 winter time, 03:00 UTC.
    assertThat(open("2026-10-25T02:59:00Z", night)).contains(Instant.parse("2026-10-25T02:59:00Z"));
    assertThat(open("2026-10-25T03:00:00Z", night)).contains(Instant.parse("2026-10-31T21:00:00Z"));
    // In spring 02:30 is skipped: a window from 02:30 opens at 03:30 summer time, 01:30 UTC.
    Window gap = new Window(List.of(), "02:30", "05:00", "Europe/Berlin");
    assertThat(open("2027-03-28T00:00:00Z", gap)).contains(Instant.parse("2027-03-28T01:30:00Z"));
  }

  private static Optional<Instant> open(String now, Window... windows) {
    return Windows.nextOpen(List.of(List.of(windows)), Instant.parse(now));
  }

  @Example
  void everyRuleNeedsAnOpenWindow() {
    Window morning = new Window(List.of(), "06:00", "12:00", "UTC");
    Window noon = new Window(List.of(), "11:00", "13:00", "UTC");
    Window evening = new Window(List.of(), "18:00", "19:00", "UTC");
    Instant now = Instant.parse("2026-11-20T07:00:00Z");
    assertThat(Windows.nextOpen(List.of(List.of(morning), List.of(noon)), now))
        .contains(Instant.parse("2026-11-20T11:00:00Z"));
    assertThat(Windows.nextOpen(List.of(List.of(morning, evening), List.of(evening)), now))
        .contains(Instant.parse("2026-11-20T18:00:00Z"));
    assertThat(Windows.nextOpen(List.of(List.of(morning), List.of(evening)), now)).isEmpty();
    assertThat(Windows.nextOpen(List.of(), now)).contains(now);
  }

  @Property
  void aWindowIsOpenWhenItSaysSo(
      @ForAll @IntRange(min = 0, max = 23) int from,
      @ForAll @IntRange(min = 0, max = 23) int to,
      @ForAll @IntRange(min = 0, max = 500) int hours) {
    if (from == to) return;
    Window window =
        new Window(
            List.of(),
            String.format(java.util.Locale.ROOT, "%02d:00", from),
            String.format(java.util.Locale.ROOT, "%02d:00", to),
            "UTC");
    Instant now = Samples.NOW.plusSeconds(hours * 3_600L);
    int hour = (12 + hours) % 24;
    boolean inside = from < to ? hour >= from && hour < to : hour >= from || hour < to;
    assertThat(Windows.nextOpen(List.of(List.of(window)), now).orElseThrow().equals(now))
        .isEqualTo(inside);
  }
}
