package dev.steward.domain.governance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.domain.governance.policy.Budget;
import dev.steward.domain.governance.policy.CompiledPolicy;
import dev.steward.domain.governance.policy.PolicyEngine;
import dev.steward.domain.governance.policy.PolicyEngine.Question;
import dev.steward.domain.governance.policy.PolicyEngine.Subject;
import dev.steward.model.Policy;
import dev.steward.model.Policy.Effect;
import dev.steward.model.Resource;
import dev.steward.model.Ruling;
import dev.steward.model.Violation;
import dev.steward.storage.Store;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a condition may cost: refused when it is submitted, and ended when it is asked. */
final class ConditionCostTest {
  private static final String TEN = "[1,2,3,4,5,6,7,8,9,10]";

  /** Each took seconds, minutes or all memory, or would have. */
  private static final List<String> TOO_DEAR =
      List.of(
          // A type that doubles with every turn: the checker took 12 s for 18 of them.
          "[1]" + ".map(a, {a: a})".repeat(40) + ".size() == 1",
          "[1]" + ".map(a, {dyn(a): a})".repeat(40) + ".size() == 1",
          // A value that doubles.
          "['aaaaaaaaaa']" + ".map(a, a + a)".repeat(40) + ".size() == 1",
          "[b'aaaaaaaaaa']" + ".map(a, a + a)".repeat(40) + ".size() == 1",
          "[[1]]" + ".map(a, a + a)".repeat(40) + ".size() == 1",
          "[1]" + ".map(a, [a, a])".repeat(30) + ".all(a, a == a)",
          "[1]" + ".map(a, {'x': a, 'y': a})".repeat(30) + ".all(a, a == a)",
          "[1]" + ".map(a, [a, a])".repeat(30) + ".all(a, int(string(a)) == 1)",
          // Loops within each other.
          loops(6),
          "resource.tags.all(a, resource.tags.all(b, resource.tags.all(c, a + b + c != '')))",
          "resource.tags.map(a, resource.tags.map(b, resource.tags.map(c, a + b + c))).size() > 0",
          // Patterns whose counts are written out, and a text that they are sought in.
          "resource.name.matches('((a{100}){100}){100}')",
          "resource.name.matches('" + "(".repeat(60) + "a" + ")".repeat(60) + "')",
          "resource.name.matches('(?:[a-z]{2,60}){500}')",
          "resource.name.matches('a{1000}b{1000}')",
          // The same behind what is no class, no group and no quote, however much it looks so.
          "resource.name.matches(r'\\Q[\\E((a{100}){100}){100}')",
          "resource.name.matches(r'[\\[:]((a{100}){100}){100}')",
          "resource.name.matches(r'[A-[:]((a{100}){100}){100}')",
          "resource.name.matches(r'((a{100}){100}[a-😀-[:alpha:](]){100}')",
          "resource.name.matches(r'((a{100}){100})(?i){100}')",
          "resource.name.matches(r'a{1000}(?i){1000}')",
          "resource.name.matches(r'a{1000}\\Q\\E{1000}')",
          // RE2/J never ends.
          "resource.name.matches('(?i)\u1c80')",
          "resource.name.matches(r'(?i:[\\x{1C85}])')",
          "resource.name.matches(r'(?si)[B-\\x{1e942}]')",
          "resource.name.matches('(?i)[а-ꙋ]')",
          "resource.name.matches(r'(?i)\\Qᲃ')",
          "['a']" + ".map(a, a + a)".repeat(20) + ".all(a, a.contains(a))");

  private static String loops(int depth) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < depth; i++) text.append(TEN + ".all(v" + i + ", ");
    return text + "true" + ")".repeat(depth);
  }

  private static final Resource LARGE = large(50, 128, 256);

  private static Resource large(int tags, int name, int value) {
    Map<String, String> all = new TreeMap<>();
    for (int i = 0; i < tags; i++) all.put("a".repeat(name - 4) + (1_000 + i), "a".repeat(value));
    return Samples.volume("vol-0", all);
  }

  private static Ruling ruling(Resource resource, List<Policy.Rule> rules, Budget budget) {
    return PolicyEngine.rule(
        List.of(CompiledPolicy.of(Samples.policy(rules.toArray(Policy.Rule[]::new)))),
        new Question(
            Samples.account("production"),
            Samples.plan(1),
            "client",
            step -> new Subject(null, resource),
            null,
            Samples.NOW),
        budget);
  }

  private static List<Violation> violations(String when) {
    return CompiledPolicy.violations(List.of(Samples.rule("r", when, Effect.DENY)));
  }

  @Test
  void refusesWhatIsTooDearAndNamesItsRule() {
    for (String when : TOO_DEAR)
      assertThat(violations(when))
          .as(when)
          .singleElement()
          .satisfies(v -> assertThat(v.field()).isEqualTo("rules[0].when"))
          .satisfies(v -> assertThat(v.message()).isNotBlank());
  }

  @Test
  void whatWasKeptBeforeAndIsTooDearDeniesWhateverItsRuleSays() {
    for (String when : TOO_DEAR)
      assertThat(
              ruling(
                      LARGE,
                      List.of(Samples.automatic(), Samples.rule("r", when, Effect.AUTO_APPROVE)),
                      Budget.ofPlan())
                  .effect())
          .as(when)
          .isEqualTo(Effect.DENY);
  }

  @Test
  void whatPeopleWriteIsWithinTheBudget() {
    for (String when :
        List.of(
            "resource.tags.exists(k, k.startsWith('prod') && resource.tags[k] != '')",
            "resource.tags.all(k, resource.attributes.exists(a, a == k) || k != 'x')",
            "['a', 'b', 'c'].all(t, t in resource.tags) && !('x' in resource.tags)",
            "resource.tags.filter(k, k.matches('^(aws|eks):.{0,40}$')).size() <= 3",
            "resource.name.matches('^[a-z]{1,63}(-[a-z0-9]{1,20}){0,4}$')",
            "resource.name.matches(r'(?i)^\\Q[Größe] (\\E[а-я[:digit:]]{8}-名前$')",
            "resource.name.matches(r'^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}[[\\]{}()]?$')",
            "account.environment == 'production' && step.saving * 12 < 100",
            "time.getDayOfWeek('Europe/Berlin') < 5 && plan.steps < 10")) {
      assertThat(violations(when)).as(when).isEmpty();
      assertThat(
              ruling(LARGE, List.of(Samples.rule("r", when, Effect.DENY)), Budget.ofPlan())
                  .reasons())
          .as(when)
          .noneMatch(r -> r.why().contains("cannot be evaluated") && r.why().contains("units"));
    }
  }

  /**
   * The estimate believes what AWS says of tags; what is larger still is ended where it is asked.
   */
  @Test
  void endsWhatTurnsOutDearerThanItWasEstimated() {
    String when = "resource.tags.all(a, resource.tags.all(b, a + b != ''))";
    assertThat(violations(when)).isEmpty();
    Resource larger = large(2_000, 128, 256);
    Ruling ruling =
        ruling(
            larger,
            List.of(Samples.automatic(), Samples.rule("r", when, Effect.AUTO_APPROVE)),
            Budget.ofPlan());
    assertThat(ruling.effect()).isEqualTo(Effect.DENY);
    assertThat(ruling.reasons()).anyMatch(r -> r.rule().equals("r") && r.why().contains("units"));
  }

  /**
   * A loop takes the failure of one turn for its value; the end of the budget is no such failure.
   */
  @Test
  void noAlternativeOutlivesTheBudget() {
    Resource larger = large(2_000, 128, 256);
    String dear = "resource.tags.all(a, resource.tags.all(b, a + b != ''))";
    for (String when : List.of(dear + " || true", "true || " + dear, "[1].exists(x, " + dear + ")"))
      assertThat(
              ruling(larger, List.of(Samples.rule("r", when, Effect.AUTO_APPROVE)), Budget.ofPlan())
                  .effect())
          .as(when)
          .isEqualTo(when.startsWith("true") ? Effect.AUTO_APPROVE : Effect.DENY);
  }

  @Test
  void allRulesOfAPlanTogetherHaveABudgetThatDenies() {
    String when = "resource.tags.all(a, resource.tags.all(b, a + b != ''))";
    List<Policy.Rule> rules =
        new ArrayList<>(
            IntStream.range(0, 100)
                .mapToObj(i -> Samples.rule("r" + i, when, Effect.AUTO_APPROVE))
                .toList());
    Budget budget = Budget.ofPlan();
    Effect effect = Effect.AUTO_APPROVE;
    int asked = 0;
    while (effect != Effect.DENY) {
      Ruling ruling = ruling(LARGE, rules, budget);
      effect = ruling.effect();
      if (effect == Effect.DENY)
        assertThat(ruling.reasons().getLast().why()).contains("not judged is denied");
      assertThat(asked++).as("a budget ends").isLessThan(1_000);
    }
    assertThat(budget.isSpent()).isTrue();
    assertThat(ruling(LARGE, List.of(Samples.automatic()), budget).effect()).isEqualTo(Effect.DENY);
  }

  /** So nobody else's write can ever wait for a policy. */
  @Test
  void nothingIsJudgedOrCompiledWithinAWrite(@TempDir Path folder) {
    CompiledPolicy compiled = CompiledPolicy.of(Samples.policy(Samples.automatic()));
    Question question =
        new Question(
            Samples.account("production"),
            Samples.plan(1),
            "client",
            step -> new Subject(null, null),
            null,
            Samples.NOW);
    try (Store store = Store.open(folder)) {
      for (Runnable within :
          List.<Runnable>of(
              () -> PolicyEngine.rule(List.of(compiled), question),
              () -> PolicyEngine.managed(List.of(compiled), question),
              () -> CompiledPolicy.of(Samples.policy(Samples.automatic()))))
        assertThatThrownBy(() ->
                store.write(t -> {
                  within.run();
                  return true;
                }))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("outside of a write");
    }
  }
}
