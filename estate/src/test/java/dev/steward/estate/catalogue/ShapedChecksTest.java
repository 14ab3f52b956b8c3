package dev.steward.estate.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.estate.Threshold;
import dev.steward.estate.Verdict;
import dev.steward.estate.WasteCheck;
import dev.steward.estate.shape.Condition;
import dev.steward.estate.shape.ShapedRule;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds for every check that is made of conditions: it finds what meets all of them, nothing
 * that misses one by a little, and it does not judge what was not told.
 */
final class ShapedChecksTest {
  static Stream<WasteCheck> checks() {
    return ShapedWaste.checks();
  }

  @ParameterizedTest
  @MethodSource("checks")
  void findsWhatMeetsAllConditions(WasteCheck check) {
    assertThat(ShapedWaste.of(check).verdict()).as(check.id()).isInstanceOf(Verdict.Waste.class);
  }

  @ParameterizedTest
  @MethodSource("checks")
  void whatMissesOneByALittleIsFine(WasteCheck check) {
    for (Condition condition : ShapedWaste.conditions(check))
      ShapedWaste.nearMisses(check, condition)
          .forEach(miss ->
              assertThat(miss.verdict())
                  .as("%s with %s broken: %s", check.id(), condition, miss.resource())
                  .isEqualTo(Verdict.FINE));
  }

  @ParameterizedTest
  @MethodSource("checks")
  void whatIsNotToldIsUnknown(WasteCheck check) {
    for (Condition condition : ShapedWaste.conditions(check))
      ShapedWaste.silences(check, condition)
          .forEach(silence ->
              assertThat(silence.verdict())
                  .as("%s without what %s reads", check.id(), condition)
                  .isInstanceOf(Verdict.Unknown.class));
  }

  @ParameterizedTest
  @MethodSource("checks")
  void aStricterSettingNeverAddsAFinding(WasteCheck check) {
    for (Threshold threshold : check.thresholds()) {
      boolean upper = threshold.name().startsWith("max_");
      boolean last = true;
      for (int step = 0; step <= 40; step++) {
        double share = upper ? 1 - step / 40.0 : step / 40.0;
        Map<String, Double> own = new HashMap<>(WasteDetector.thresholds(check, null));
        own.put(
            threshold.name(),
            threshold.minimum() + share * (threshold.maximum() - threshold.minimum()));
        Case one = ShapedWaste.of(check);
        boolean waste =
            check.rule().judge(one.resource(), one.world().sight().with(own))
                instanceof Verdict.Waste;
        assertThat(!last && waste).as(check.id() + " " + threshold.name()).isFalse();
        last = waste;
      }
    }
  }

  /** Each check is either made of conditions, or has a certain case that tests take away from. */
  @ParameterizedTest
  @MethodSource("all")
  void eachCheckHasACaseOfItsOwn(WasteCheck check) {
    assertThat(check.rule() instanceof ShapedRule || CertainWaste.BY_CHECK.containsKey(check.id()))
        .as(check.id())
        .isTrue();
  }

  static Stream<WasteCheck> all() {
    return Catalogue.CHECKS.stream();
  }
}
