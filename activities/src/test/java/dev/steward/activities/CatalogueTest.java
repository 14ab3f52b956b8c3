package dev.steward.activities;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.aws.Listers;
import dev.steward.estate.Catalogue;
import dev.steward.estate.ResourceKind;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class CatalogueTest {
  @Test
  void everyKindHasAListerAndEveryListerAKind() {
    assertThat(Listers.ALL.keySet())
        .isEqualTo(Catalogue.KINDS.stream().map(ResourceKind::id).collect(Collectors.toSet()));
  }
}
