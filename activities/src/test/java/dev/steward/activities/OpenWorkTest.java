package dev.steward.activities;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.domain.jobs.OpenWork;
import dev.steward.model.Json;
import dev.steward.model.job.Asked;
import dev.steward.model.job.Job;
import dev.steward.model.job.Jobs;
import dev.steward.testing.Samples;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is under way can be asked for again, of every job that the store asks for. */
final class OpenWorkTest {
  @Test
  void everyJobThatIsAskedForHasRowsThatNeedIt() {
    assertThat(OpenWork.ALL.stream().<Job<?>>map(OpenWork::job).toList())
        .containsExactlyInAnyOrderElementsOf(
            Jobs.ALL.stream().filter(Job::isAsked).collect(Collectors.toList()));
  }

  static List<OpenWork<?, ?>> work() {
    return OpenWork.ALL;
  }

  /** Each row gives all of the input, and an id that names the row. */
  @ParameterizedTest
  @MethodSource("work")
  <R, I extends Asked> void aRowSaysHowItsWorkflowIsStarted(OpenWork<R, I> work) {
    R row = Samples.of(work.table().type());
    I input = work.input().apply(row);
    JsonNode written = Json.MAPPER.valueToTree(input);
    written.properties().forEach(f -> assertThat(f.getValue().isNull()).as(f.getKey()).isFalse());
    assertThat(work.job().id(input)).contains("/" + work.table().key().apply(row));
    assertThat(work.job().fits(input, work.job().id(input))).isTrue();
  }
}
