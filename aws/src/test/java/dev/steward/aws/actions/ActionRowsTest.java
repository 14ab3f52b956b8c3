package dev.steward.aws.actions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.estate.Detail;
import dev.steward.estate.Kept;
import dev.steward.estate.Kind;
import dev.steward.estate.Naming;
import dev.steward.estate.Remediation;
import dev.steward.estate.WasteCheck;
import dev.steward.estate.catalogue.Catalogue;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the rows of actions name is carried out by just one thing here, and nothing else is. */
final class ActionRowsTest {
  @Test
  void eachActionHasOneImplementationAndEachImplementationAnAction() {
    assertThat(Actions.ALL.keySet())
        .containsExactlyInAnyOrderElementsOf(
            Catalogue.REMEDIATIONS.stream().map(Remediation::id).toList());
    // Two actions may be of one class, and are not one object.
    assertThat(new HashSet<>(Actions.ALL.values())).hasSameSizeAs(Actions.ALL.values());
  }

  @Test
  void whatAnActionKeepsCanBeRemoved() {
    List<String> kept =
        Catalogue.REMEDIATIONS.stream()
            .flatMap(action -> action.keeps().stream())
            .map(Kept::kind)
            .distinct()
            .toList();
    assertThat(Keepsakes.BY_KIND.keySet()).containsExactlyInAnyOrderElementsOf(kept);
    assertThat(kept).allMatch(kind -> Catalogue.find(kind).isPresent());
  }

  @Test
  void theKeysOfTheirPartsAreReadOfAllKindsWhoseActionsUseKeys() {
    List<String> made =
        Catalogue.KINDS.stream()
            .filter(kind -> kind.parts() != null)
            .filter(ActionRowsTest::usesKeys)
            .map(Kind::id)
            .toList();
    assertThat(Keys.OF_PARTS.keySet()).containsExactlyInAnyOrderElementsOf(made);
  }

  /**
   * Whatever a scan asks what may name a resource, the look before it goes asks by the same call.
   */
  @Test
  void theLookBeforeSomethingGoesAsksWhateverTheScanAsked() {
    for (Remediation action : Catalogue.REMEDIATIONS) {
      if (!takesAway(action.id())) continue;
      Kind kind = Catalogue.kind(action.kind());
      for (Naming naming : kind.namings()) {
        assertThat(action.referrers()).as(action.id()).contains(naming.referrer());
        assertThat(action.actions())
            .as(action.id() + " reads each " + naming.kind())
            .contains(Catalogue.kind(naming.kind()).described().call().iam());
      }
      for (Detail doubt : kind.doubts())
        assertThat(action.actions()).as(action.id()).contains(doubt.call().iam());
    }
  }

  /** A kind that a check looks at names what it judges, or is named by it; so no list is short. */
  @Test
  void aCheckNeedsNoOtherKindsThanItsRowKnows() {
    for (WasteCheck check : Catalogue.CHECKS) {
      Kind kind = Catalogue.kind(check.kind());
      Set<String> known = new HashSet<>();
      kind.namings().forEach(naming -> known.add(naming.kind()));
      kind.attributes().forEach(attribute -> attribute.kind().ifPresent(known::add));
      if (kind.use() != null) known.addAll(kind.use().needs());
      Catalogue.KINDS.stream()
          .filter(other ->
              other.attributes().stream()
                  .anyMatch(attribute -> attribute.kind().filter(check.kind()::equals).isPresent()))
          .forEach(other -> known.add(other.id()));
      if (kind.parts() != null) known.add(kind.parts().kind());
      assertThat(known).as(check.id()).containsAll(check.needs());
      if (check.remediations().stream().anyMatch(ActionRowsTest::takesAway))
        assertThat(check.needs())
            .as(check.id() + " sees whatever may name it")
            .containsAll(kind.namings().stream().map(Naming::kind).toList());
    }
  }

  private static boolean takesAway(String action) {
    return Catalogue.remediation(action).orElseThrow().after().contains(Remediation.PRESENT);
  }

  private static boolean usesKeys(Kind kind) {
    return kind.remediations().stream().anyMatch(action -> action.keys().isPresent());
  }
}
