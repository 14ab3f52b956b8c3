package dev.steward.estate.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.estate.Kind;
import dev.steward.estate.Threshold;
import dev.steward.estate.WasteCheck;
import dev.steward.model.Resource;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What holds for all checks. */
final class ChecksTest {
  private final World world = new World();

  @Test
  void whatHasNoCreationTimeIsUnknown() {
    for (String check :
        new String[] {"idle_nat_gateway", "idle_rds_instance", "load_balancer_without_targets"}) {
      WasteCheck rule = Catalogue.check(check).orElseThrow();
      world
          .check(check)
          .isUnknownBecause(
              new Resource(
                  "ageless",
                  rule.kind(),
                  World.REGION,
                  null,
                  rule.kind().equals("load_balancer") ? "active" : "available",
                  null,
                  Map.of(),
                  Map.of()),
              "no creation time");
    }
  }

  @Test
  void everyTableRowFitsTheOthers() {
    for (WasteCheck check : Catalogue.CHECKS) {
      Kind kind = Catalogue.kind(check.kind());
      assertThat(check.metrics()).allMatch(m -> kind.metric(m).isPresent());
      assertThat(check.needs()).allMatch(n -> Catalogue.kind(n) != null);
      assertThat(check.remediations())
          .allMatch(r -> Catalogue.REMEDIATIONS.stream().anyMatch(known -> known.id().equals(r)));
      assertThat(check.thresholds()).extracting(Threshold::name).doesNotHaveDuplicates();
      for (Threshold t : check.thresholds())
        assertThat(t.value()).isBetween(t.minimum(), t.maximum());
    }
    assertThat(Catalogue.KINDS).extracting(Kind::id).doesNotHaveDuplicates();
  }
}
