package dev.steward.aws.actions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.estate.Kept;
import dev.steward.estate.Kind;
import dev.steward.estate.Remediation;
import dev.steward.estate.catalogue.Catalogue;
import java.util.HashSet;
import java.util.List;
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

  private static boolean usesKeys(Kind kind) {
    return kind.remediations().stream().anyMatch(action -> action.keys().isPresent());
  }
}
