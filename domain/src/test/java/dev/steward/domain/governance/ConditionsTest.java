package dev.steward.domain.governance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.governance.policy.CompiledPolicy;
import dev.steward.domain.governance.policy.PolicyEngine;
import dev.steward.domain.governance.policy.PolicyEngine.Question;
import dev.steward.domain.governance.policy.PolicyEngine.Subject;
import dev.steward.model.Policy;
import dev.steward.model.Policy.Effect;
import dev.steward.model.Resource;
import dev.steward.model.Ruling;
import dev.steward.model.Violation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a condition that has no answer does: it denies, whatever its rule would have said. */
final class ConditionsTest {
  private static final Resource TAGGED =
      Samples.volume("vol-0", Map.of("team", "a", "protected", "true"));

  /** Found by nobody, of unknown age, and no longer in the inventory. */
  private static final @Nullable Resource LOST = null;

  private static Ruling ruling(@Nullable Resource resource, Policy.Rule... rules) {
    return PolicyEngine.rule(
        List.of(CompiledPolicy.of(Samples.policy(rules))),
        new Question(
            Samples.account("production"),
            Samples.plan(1),
            "client",
            step -> new Subject(null, resource),
            null,
            Samples.NOW));
  }

  private static Effect effect(@Nullable Resource resource, String when, Effect says) {
    return ruling(resource, Samples.rule("r", when, says)).effect();
  }

  private static List<Violation> violations(String when) {
    return CompiledPolicy.violations(List.of(Samples.rule("r", when, Effect.DENY)));
  }

  /** The checker comes after what looks through the condition. */
  @Test
  void whatIsCalledWithTooLittleOrTooMuchIsToldSo() {
    for (String when :
        List.of(
            "matches()",
            "matches('a')",
            "resource.name.matches()",
            "resource.name.matches('a', 'b')",
            "contains()",
            "size()",
            "resource.tags.exists()",
            "has()",
            "dyn()"))
      assertThat(violations(when))
          .as(when)
          .singleElement()
          .satisfies(v -> assertThat(v.message()).startsWith("line 1, column "));
  }

  private static final List<String> WORDS =
      List.of(
          "resource",
          "tags",
          "'a'",
          "r'('",
          "b'a'",
          "1",
          "1u",
          "-1",
          "1.5",
          "true",
          "null",
          "[",
          "]",
          "{",
          "}",
          "(",
          ")",
          ".",
          ",",
          ":",
          "?",
          "&&",
          "||",
          "!",
          "==",
          "<",
          "+",
          "-",
          "*",
          "/",
          "%",
          " in ",
          "has(",
          "size(",
          "dyn(",
          "int(",
          "string(",
          "timestamp(",
          "duration(",
          "type(",
          "matches(",
          ".matches(",
          ".contains(",
          ".all(x, ",
          ".map(x, ",
          ".exists_one(x, ",
          "x",
          ".filter(x, ",
          "{'a': ",
          "resource{",
          "resource.name",
          "step.saving",
          "time");

  /** Whatever an admin writes: it has an answer, or is refused with a reason; it is no failure. */
  @Test
  void anyWordsAreACheckedConditionOrNone() {
    SplittableRandom random = new SplittableRandom(7);
    int compiled = 0;
    for (int round = 0; round < 5_000; round++) {
      StringBuilder words = new StringBuilder();
      for (int i = random.nextInt(1, 9); i > 0; i--)
        words.append(WORDS.get(random.nextInt(WORDS.size())));
      for (int open = 0, i = 0; i < words.length(); i++)
        if (words.charAt(i) == '(') open++;
        else if (words.charAt(i) == ')') open--;
        else if (i == words.length() - 1) words.append(")".repeat(Math.max(0, open)));
      if (violations(words.toString()).isEmpty()) compiled++;
      effect(TAGGED, words.toString(), Effect.TERMS);
    }
    assertThat(compiled).isPositive();
  }

  private static final List<String> PIECES =
      List.of(
          "a",
          "é",
          "😀",
          "(",
          ")",
          "(?:",
          "(?i)",
          "(?i:",
          "(?P<n>",
          "[",
          "]",
          "[^",
          "[:",
          ":]",
          "[:alpha:]",
          "-",
          "^",
          "|",
          "*",
          "+",
          "?",
          "{2}",
          "{9}",
          "{30}",
          "{0,7}",
          "{3,}",
          "{",
          "}",
          "\\Q",
          "\\E",
          "\\",
          "\\[",
          "\\(",
          "\\d",
          "\\pL",
          "\\p{Greek}",
          "\\x{41}",
          "\\x41",
          "\\b",
          ".",
          "$",
          ",");

  /** RE2 itself says how large a pattern is that it has compiled. */
  @Test
  void noPatternTurnsOutLargerThanItWasTakenFor() {
    Policy.Rule rule = Samples.rule("r", "'x'.matches(resource.tags.p)", Effect.TERMS);
    CompiledPolicy policy = CompiledPolicy.of(Samples.policy(rule));
    SplittableRandom random = new SplittableRandom(3);
    Map<String, Integer> answers = new TreeMap<>();
    for (int round = 0; round < 20_000; round++) {
      StringBuilder pattern = new StringBuilder();
      for (int i = random.nextInt(1, 16); i > 0; i--)
        pattern.append(PIECES.get(random.nextInt(PIECES.size())));
      // Half of them in groups that are counted, so that what is taken for one counts.
      if (random.nextBoolean()) pattern.insert(0, "((b{30}").append("){6}){5}");
      String why = answer(policy, Samples.volume("vol-0", Map.of("p", pattern.toString())));
      assertThat(why).as("%s", pattern).doesNotContain("program size");
      String kind =
          why.contains("instructions") ? "refused" : why.contains("evaluated") ? "wrong" : "taken";
      answers.merge(kind, 1, Integer::sum);
    }
    assertThat(answers.values()).hasSize(3).allMatch(many -> many > 300);
  }

  private static String answer(CompiledPolicy policy, Resource resource) {
    return PolicyEngine.rule(
            List.of(policy),
            new Question(
                Samples.account("production"),
                Samples.plan(1),
                "client",
                step -> new Subject(null, resource),
                null,
                Samples.NOW))
        .reasons()
        .toString();
  }

  private static final List<String> TRUE =
      List.of("true", "resource.tags.protected == 'true'", "'protected' in resource.tags");

  private static final List<String> FALSE =
      List.of("false", "resource.tags.protected == 'no'", "has(resource.tags.none)");

  /** Stored before conditions were typed, or wrong only for this resource. */
  private static final List<String> NO_ANSWER =
      List.of(
          // No Boolean.
          "resource.tags.protected",
          "resource.tags['protected']",
          "true ? resource.tags.protected : false",
          "dyn(true)",
          "dyn(resource.tags.protected)",
          "{'a': true, 'b': 'c'}['a']",
          "1",
          "null",
          "step",
          // No Boolean in a place of one.
          "dyn(resource.tags.protected) || false",
          "dyn(resource.tags.protected) && true",
          "!dyn(resource.tags.protected)",
          "[dyn('a')].all(x, x)",
          // What is missing.
          "resource.tags.none == 'x'",
          "resource.tags.none != 'x'",
          "resource.attributes.none == 'x'",
          "finding.saving < 100",
          "finding.age_days < 100",
          "finding.evidence.none == 'x'",
          // What fails.
          "1 / 0 == 1",
          "step.saving / 0 > 1",
          "int('x') == 1",
          "resource.name.matches('(')",
          // What does not compile.
          "1 +",
          "nobody.knows",
          "step.savings > 1.0");

  private static final List<String> UNKNOWN_OF_A_LOST_RESOURCE =
      List.of(
          "resource.tags.protected == 'true'",
          "'protected' in resource.tags",
          "has(resource.tags.protected)",
          "!('protected' in resource.tags)",
          "resource.tags.size() == 0",
          "resource.attributes.exists(a, a == 'x')",
          "resource.age_days < 1",
          "resource.age_days > 1");

  @Test
  void whatMatchesSaysWhatItsRuleSays() {
    for (String when : TRUE)
      for (Effect says : EnumSet.complementOf(EnumSet.of(Effect.TERMS)))
        assertThat(effect(TAGGED, when, says)).as(when).isEqualTo(says);
  }

  @Test
  void whatDoesNotMatchSaysNothing() {
    for (String when : FALSE)
      for (Effect says : Effect.values())
        assertThat(effect(TAGGED, when, says)).as(when).isEqualTo(Effect.REQUIRE_APPROVAL);
  }

  @Test
  void whatHasNoAnswerDeniesWhateverItsRuleSays() {
    for (Effect says : Effect.values()) {
      for (String when : NO_ANSWER)
        assertThat(effect(TAGGED, when, says)).as(when + " " + says).isEqualTo(Effect.DENY);
      for (String when : UNKNOWN_OF_A_LOST_RESOURCE)
        assertThat(effect(LOST, when, says)).as(when + " " + says).isEqualTo(Effect.DENY);
    }
  }

  @Test
  void noRuleThatApprovesOutweighsOneWithoutAnAnswer() {
    for (String when : NO_ANSWER) {
      List<Policy.Rule> rules = new ArrayList<>();
      rules.add(Samples.automatic());
      rules.add(Samples.rule("r", when, Effect.AUTO_APPROVE));
      assertThat(ruling(TAGGED, rules.toArray(Policy.Rule[]::new)).effect())
          .as(when)
          .isEqualTo(Effect.DENY);
    }
  }

  @Test
  void tellsApproversWhyARuleHasNoAnswer() {
    assertThat(why(TAGGED, "resource.tags.protected")).contains("line 1, column 14", "compare");
    assertThat(why(TAGGED, "finding.age_days > 1")).contains("its age is not known");
    assertThat(why(LOST, "'a' in resource.tags")).contains("not in the inventory");
  }

  private static String why(@Nullable Resource resource, String when) {
    return ruling(resource, Samples.rule("r", when, Effect.DENY)).reasons().getFirst().why();
  }

  @Test
  void refusesWhatIsNotTypedBooleanWithItsPlace() {
    refuses("resource.tags.protected", "line 1, column 14: ", "expected type 'bool'", "== 'true'");
    refuses(" \n resource.attributes['x']", "line 2, column ", "expected type 'bool'");
    refuses("dyn(resource.tags.protected)", "line 1, column 4: ", "any type (dyn)");
    refuses("true ? dyn(1) : false", "line 1, column 6: ", "any type (dyn)");
    refuses("resource.tags.a || false", "line 1, column 17: ", "no matching overload");
    refuses("step.savings < 1.0", "line 1, column 5: ", "undefined field 'savings'");
    refuses("resource.attributes.size_gb > 100", "line 1, column 29: ", "double(...)");
    refuses("resource.tags.protected == true", "line 1, column 25: ", "texts");
    refuses("step.saving < '20'", "line 1, column 13: ", "texts");
  }

  private static void refuses(String when, String place, String... words) {
    assertThat(violations(when))
        .as(when)
        .singleElement()
        .satisfies(v -> assertThat(v.field()).isEqualTo("rules[0].when"))
        .satisfies(v -> assertThat(v.message()).startsWith(place).contains(words));
  }

  @Test
  void numbersOfEveryKindCompareAndCalculate() {
    for (String when :
        List.of(
            "step.saving < 20",
            "step.saving < 20.0",
            "step.saving < 20u",
            "20 > step.saving",
            "step.saving >= 1",
            "step.saving != 12345",
            "12345 != step.saving",
            "step.saving * 2 < 40",
            "2 * step.saving < 40",
            "step.saving + 1 < 21",
            "step.saving - 1 < 19.5",
            "step.saving / 2 < 10",
            "step.saving / 2u < 10",
            "step.number == 1.0",
            "1.0 == step.number",
            "step.number * 1.5 == 1.5",
            "step.number < 1.5",
            "plan.steps / 2 == 0",
            "plan.monthly_saving < 20 && plan.steps <= 1.0",
            "resource.age_days > 59",
            "double(resource.attributes.size_gb) == 100",
            "int(resource.attributes.size_gb) == 100.0",
            "step.saving in [1, step.saving]")) {
      assertThat(violations(when)).as(when).isEmpty();
      assertThat(effect(TAGGED, when, Effect.EXEMPT)).as(when).isEqualTo(Effect.EXEMPT);
    }
  }
}
