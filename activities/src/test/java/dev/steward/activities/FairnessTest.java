package dev.steward.activities;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.workflows.Urgency;
import io.temporal.common.metadata.POJOWorkflowImplMetadata;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FairnessTest {
  @Test
  void everyTypeOfWorkflowSaysHowUrgentItIs() {
    List<String> types =
        Workers.WORKFLOWS.stream()
            .flatMap(w -> POJOWorkflowImplMetadata.newInstance(w).getWorkflowMethods().stream())
            .map(method -> method.getName())
            .toList();
    assertThat(Urgency.BY_TYPE).containsOnlyKeys(types);
  }
}
