package dev.steward.domain.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.domain.lab.Tracking.Logged;
import dev.steward.model.Ids;
import dev.steward.model.MetricPoint;
import dev.steward.model.OrganizationId;
import dev.steward.model.ProblemException;
import dev.steward.model.Run;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that did not hear the answer sends everything again. */
final class TrackingTest {
  @TempDir Path folder;
  private final Tracking tracking =
      new Tracking(Ids.random(), InstantSource.fixed(Instant.ofEpochSecond(1_700_000_000)));
  private Store store;
  private Run run;

  @BeforeEach
  void open() {
    store = Store.open(folder);
    run =
        store.write(t ->
            tracking.start(
                t,
                tracking.standard(t, new OrganizationId("org_0000000000000001")),
                null,
                "",
                "me",
                Map.of(),
                null));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static Logged logged(double value, long step, long at) {
    return new Logged("loss", new MetricPoint(value, step, at));
  }

  private void log(List<Logged> metrics, Map<String, String> params) {
    store.write(t ->
        tracking.log(
            t,
            t.own(run.organization()).get(Tables.RUNS, run.id().value()),
            metrics,
            params,
            Map.of()));
  }

  private List<MetricPoint> history() {
    return Tracking.history(store.state(), run.id(), "loss").toList();
  }

  @Test
  void aBatchThatIsSentAgainKeepsEachPointOnce() {
    // More than two blocks, so that what is sent again is in full ones too.
    List<Logged> batch =
        IntStream.range(0, 300).mapToObj(i -> logged(1.0 / (1 + i), i, 1_000 + i)).toList();
    for (int i = 0; i < 3; i++) log(batch, Map.of("lr", "0.1"));
    assertThat(history()).isEqualTo(batch.stream().map(Logged::point).toList());
    log(List.of(batch.get(7)), Map.of());
    log(List.of(logged(9, 400, 5_000), batch.get(299), logged(9, 400, 5_000)), Map.of());
    assertThat(history()).hasSize(301).endsWith(new MetricPoint(9, 400, 5_000));
  }

  @Test
  void pointsThatDifferInAnythingAreAllKept() {
    List<Logged> each =
        new ArrayList<>(
            List.of(
                logged(1, 1, 1),
                logged(Double.NaN, 1, 1),
                logged(Double.NEGATIVE_INFINITY, 1, 1),
                logged(1, 2, 1),
                logged(1, 1, 2),
                logged(2, 1, 1),
                logged(1, 0, 1)));
    each.forEach(one -> log(List.of(one), Map.of()));
    each.forEach(one -> log(List.of(one), Map.of()));
    assertThat(history()).containsExactlyElementsOf(each.stream().map(Logged::point).toList());
  }

  @Test
  void aParameterMayBeSentAgainButNotChanged() {
    log(List.of(), Map.of("lr", "0.1"));
    log(List.of(), Map.of("lr", "0.1"));
    assertThatThrownBy(() -> log(List.of(logged(1, 1, 1)), Map.of("lr", "0.2")))
        .isInstanceOf(ProblemException.class);
    assertThat(history()).isEmpty();
  }
}
