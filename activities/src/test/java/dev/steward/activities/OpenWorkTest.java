package dev.steward.activities;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.domain.jobs.Look;
import dev.steward.domain.jobs.OpenWork;
import dev.steward.model.Account;
import dev.steward.model.Experiment;
import dev.steward.model.Ids;
import dev.steward.model.Json;
import dev.steward.model.OrganizationId;
import dev.steward.model.job.Asked;
import dev.steward.model.job.Job;
import dev.steward.model.job.Jobs;
import dev.steward.storage.State;
import dev.steward.storage.Store;
import dev.steward.storage.Table;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import dev.steward.testing.Samples;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

  /** What people wait for is on the dashboard of its organization, and of no other. */
  @Test
  void showsWhatIsUnderWayToItsOrganization(@TempDir Path folder) {
    Instant now = Instant.parse("2026-11-01T10:00:00Z");
    try (Store store = Store.open(folder)) {
      store.write(t -> {
        t.put(Tables.ACCOUNTS, Samples.of(Account.class));
        // A run without its experiment is nobody's.
        t.put(Tables.EXPERIMENTS, Samples.of(Experiment.class));
        t.put(Tables.RUNS, first(Tables.RUNS, run -> !run.status().over()));
        OpenWork.ALL.forEach(work -> underWay(t, work, now));
        return true;
      });
      State state = store.state();
      assertThat(OpenWork.seen(state, Samples.of(OrganizationId.class), now))
          .extracting(Look.Seen::work)
          .containsExactly(
              "verification",
              "discovery",
              "scan",
              "change",
              "training",
              "search",
              "prediction",
              "price_refresh");
      assertThat(OpenWork.seen(state, OrganizationId.from(Ids.random()), now)).isEmpty();
      assertThat(OpenWork.ALL).allMatch(work -> work.count(state, now) == 1);
    }
  }

  private static <R, I extends Asked> void underWay(
      Transaction t, OpenWork<R, I> work, Instant now) {
    t.put(work.table(), first(work.table(), row -> work.open().is(t.state(), row, now)));
  }

  private static <R> R first(Table<R> table, Predicate<R> fits) {
    return IntStream.range(0, 20)
        .mapToObj(variant -> Samples.of(table.type(), variant))
        .filter(fits)
        .findFirst()
        .orElseThrow();
  }
}
