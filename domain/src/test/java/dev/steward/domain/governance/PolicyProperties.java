package dev.steward.domain.governance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.instancio.Instancio.gen;

import dev.steward.domain.governance.plan.Planner;
import dev.steward.domain.governance.policy.BlastRadius;
import dev.steward.domain.governance.policy.CompiledPolicy;
import dev.steward.domain.governance.policy.PolicyEngine;
import dev.steward.domain.governance.policy.PolicyEngine.Question;
import dev.steward.domain.governance.policy.PolicyEngine.Subject;
import dev.steward.domain.governance.policy.Usage;
import dev.steward.estate.PriceBook;
import dev.steward.model.ApprovalGroup;
import dev.steward.model.Plan;
import dev.steward.model.Policy;
import dev.steward.model.Policy.Effect;
import dev.steward.model.Policy.OnFailure;
import dev.steward.model.Role;
import dev.steward.model.Ruling;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.instancio.junit.InstancioExtension;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InstancioExtension.class)
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

  private static Policy.Rule rule() {
    return Samples.rule(
        gen().string().mixedCase().length(1, 6).get(),
        gen()
            .oneOf(
                "true",
                "false",
                "step.number == 1",
                "resource.tags.team == 'a'",
                "account.environment == 'production'",
                "finding.evidence.nothing == 'x'",
                "plan.monthly_saving > 5.0",
                "1 +",
                "nobody.knows")
            .get(),
        gen().enumOf(Effect.class).get());
  }

  private static List<Policy.Rule> rules() {
    return Stream.generate(PolicyProperties::rule).limit(gen().ints().range(0, 6).get()).toList();
  }

  private static Effect effect(List<Policy.Rule> rules) {
    return effect(rules.toArray(Policy.Rule[]::new));
  }

  @Test
  void addingARuleThatDeniesNeverAllows() {
    for (int round = 0; round < 1_000; round++) {
      List<Policy.Rule> rules = rules();
      List<Policy.Rule> with = new ArrayList<>(rules);
      with.add(Samples.rule("deny", rule().when(), Effect.DENY));
      assertThat(effect(with)).as("%s", with).isGreaterThanOrEqualTo(effect(rules));
    }
  }

  @Test
  void addingAnyRuleButOneThatApprovesIsNeverMilder() {
    for (int round = 0; round < 1_000; round++) {
      List<Policy.Rule> rules = rules();
      List<Policy.Rule> with = new ArrayList<>(rules);
      Policy.Rule more = rule();
      if (more.effect() == Effect.AUTO_APPROVE) continue;
      with.add(more);
      assertThat(effect(with)).as("%s", with).isGreaterThanOrEqualTo(effect(rules));
    }
  }

  @Test
  void theOrderOfRulesDoesNotMatter() {
    for (int round = 0; round < 1_000; round++) {
      List<Policy.Rule> rules = rules();
      assertThat(effect(rules.reversed())).as("%s", rules).isEqualTo(effect(rules));
    }
  }

  @Test
  void whereNoPolicyMatchesOneApproverDecides() {
    Ruling ruling =
        rule(Samples.plan(1), null, Samples.policy(Samples.rule("r", "false", Effect.DENY)));
    assertThat(ruling.effect()).isEqualTo(Effect.REQUIRE_APPROVAL);
    assertThat(ruling.groups()).containsExactly(ApprovalGroup.oneApprover());
    assertThat(ruling.reasons().getFirst().rule()).isEqualTo("default");
    assertThat(rule(Samples.plan(1), null).effect()).isEqualTo(Effect.REQUIRE_APPROVAL);
  }

  @Test
  void anErrorMeansNo() {
    assertThat(effect(Samples.rule("r", "finding.evidence.nothing == 'x'", Effect.AUTO_APPROVE)))
        .isEqualTo(Effect.DENY);
    assertThat(effect(Samples.rule("r", "nobody.knows", Effect.AUTO_APPROVE)))
        .isEqualTo(Effect.DENY);
    assertThat(effect(Samples.rule("r", "1 / 0 == 1", Effect.TERMS))).isEqualTo(Effect.DENY);
  }

  @Test
  void oneStepThatIsNotApprovedByItselfNeedsPeople() {
    assertThat(effect(Samples.rule("first", "step.number == 1", Effect.AUTO_APPROVE)))
        .isEqualTo(Effect.REQUIRE_APPROVAL);
    assertThat(effect(Samples.automatic())).isEqualTo(Effect.AUTO_APPROVE);
    assertThat(effect(Samples.automatic(), Samples.rule("second", "step.number == 2", Effect.DENY)))
        .isEqualTo(Effect.DENY);
  }

  @Test
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

  @Test
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
    return allowing(when, Effect.TERMS);
  }

  private static Policy.Rule allowing(String when, Effect effect) {
    return new Policy.Rule(
        "allow", when, effect, null, null, null, null, List.of(), null, null, null, true);
  }

  @Test
  void whatAnotherServiceLooksAfterIsRefusedUnlessARuleAllowsIt() {
    Ruling plain = rule(managed(), null, Samples.policy(Samples.automatic()));
    assertThat(plain.effect()).isEqualTo(Effect.DENY);
    assertThat(plain.reasons().getLast().why())
        .startsWith("vol-0 is managed by CloudFormation stack web");
    assertThat(
            rule(
                    managed(),
                    null,
                    Samples.policy(
                        Samples.automatic(),
                        allowing("resource.managed_by.contains('CloudFormation')")))
                .effect())
        .isEqualTo(Effect.AUTO_APPROVE);
    for (String doubt : List.of("resource.managed_by == 'other'", "resource.tags.none == 'x'", "("))
      assertThat(
              rule(managed(), null, Samples.policy(Samples.automatic(), allowing(doubt))).reasons())
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
    assertThat(CompiledPolicy.violations(List.of(allowing("true", Effect.DENY))))
        .anyMatch(v -> v.field().equals("rules[0].allow_managed"));
  }

  @Test
  void anExemptionEndsAtItsDate() {
    Policy.Rule over = Samples.rule("r", "true", Effect.EXEMPT, Samples.NOW);
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

  @Test
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

  @Test
  void capsNeverLetMoreThroughThanTheySay() {
    for (int round = 0; round < 1_000; round++)
      capped(upTo(29) + 1, upTo(30), upTo(100), upTo(100));
  }

  private static int upTo(int most) {
    return gen().ints().range(0, most).get();
  }

  private static void capped(int volumes, int today, int perDay, int percent) {
    int total = 100;
    Policy.Caps caps = new Policy.Caps(perDay, (double) percent, null);
    boolean allowed =
        BlastRadius.exceeded(List.of(caps), Samples.plan(volumes), usage(total, today)).isEmpty();
    assertThat(allowed)
        .as("%s and %s, of %s a day or %s %%", volumes, today, perDay, percent)
        .isEqualTo(volumes + today <= perDay && volumes + today <= percent);
  }

  @Test
  void aPercentageIsMeantInDecimals() {
    Policy.Caps caps = new Policy.Caps(null, 29.0, null);
    assertThat(BlastRadius.exceeded(List.of(caps), "ebs_volume", usage(100, 28))).isEmpty();
    assertThat(BlastRadius.exceeded(List.of(caps), "ebs_volume", usage(100, 29))).isPresent();
  }

  @Test
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
}
