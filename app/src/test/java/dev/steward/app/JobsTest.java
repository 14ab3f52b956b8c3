package dev.steward.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.activities.IntentDispatcher;
import dev.steward.activities.Reconciler;
import dev.steward.activities.onboarding.TemporalScheduleActivities;
import dev.steward.domain.jobs.OpenWork;
import dev.steward.domain.work.Work;
import dev.steward.model.Ids;
import dev.steward.model.job.Asked;
import dev.steward.model.job.Job;
import dev.steward.model.job.TaskQueues;
import dev.steward.storage.MasterKey;
import dev.steward.storage.State;
import dev.steward.storage.Store;
import dev.steward.storage.Table;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import dev.steward.testing.Samples;
import dev.steward.workflows.Unbound;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.history.v1.WorkflowExecutionStartedEventAttributes;
import io.temporal.client.WorkflowClient;
import io.temporal.payload.context.WorkflowSerializationContext;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every job that there is, on a real server: started, joined, lost and asked for again. */
final class JobsTest {
  private static final InstantSource CLOCK = InstantSource.system();

  @TempDir Path folder;

  private final Work work = new Work(Ids.random(), CLOCK);

  @Test
  void everyJobIsStartedOnceAndComesBackWhenTemporalHasLostIt() throws Exception {
    try (Store store = Store.open(folder.resolve("store"))) {
      store.write(t -> {
        OpenWork.ALL.forEach(open -> underWay(t, open));
        return true;
      });
      Map<String, String> runs = everyJobRuns(store);
      // Another server with nothing in it: what the first one knew is lost.
      assertThat(everyJobRuns(store)).hasSameSizeAs(runs).doesNotContainValue("");
    }
  }

  private Map<String, String> everyJobRuns(Store store) throws Exception {
    SealedPayloadCodec seal =
        new SealedPayloadCodec(
            MasterKey.at(folder.resolve("master.key"), false),
            new Unbound(Instant.EPOCH, Instant.EPOCH, CLOCK));
    try (LocalTemporal server =
            new LocalTemporal(folder, 0, 0, true, "http://127.0.0.1:1/codec").start();
        TemporalLink link = new TemporalLink(server.address(), "default", false, "", seal)) {
      link.prepare(true);
      Reconciler reconciler =
          new Reconciler(
              store,
              work,
              link.client(),
              new TemporalScheduleActivities(link.client(), link.schedules()),
              CLOCK);
      assertThat(reconciler.reconcile()).isEqualTo(OpenWork.ALL.size());
      try (IntentDispatcher dispatcher =
          new IntentDispatcher(store, link.client(), () -> {}).start()) {
        awaitTaken(store);
        Map<String, String> runs = new HashMap<>();
        for (OpenWork<?, ?> open : OpenWork.ALL)
          runs.put(open.job().type(), run(link.client(), store, open));
        assertThat(reconciler.reconcile()).isZero();
        // Whoever asks again, as a user or after a crash, joins what runs.
        store.write(t -> {
          OpenWork.ALL.forEach(open -> askAgain(t, open));
          return true;
        });
        awaitTaken(store);
        for (OpenWork<?, ?> open : OpenWork.ALL)
          assertThat(run(link.client(), store, open)).isEqualTo(runs.get(open.job().type()));
        return runs;
      }
    }
  }

  /** A row that needs the job, whatever its table calls that. */
  private static <R, I extends Asked> void underWay(Transaction t, OpenWork<R, I> open) {
    t.put(Tables.RUNS, first(Tables.RUNS, run -> !run.status().over()));
    R row = first(open.table(), r -> open.open().is(t.state(), r, CLOCK.instant()));
    t.put(open.table(), row);
  }

  private static <R> R first(Table<R> table, Predicate<R> fits) {
    return IntStream.range(0, 20)
        .mapToObj(variant -> Samples.of(table.type(), variant))
        .filter(fits)
        .findFirst()
        .orElseThrow();
  }

  private static <R, I extends Asked> I input(OpenWork<R, I> open, State state) {
    return state.rows(open.table()).stream().map(open.input()).findFirst().orElseThrow();
  }

  private <R, I extends Asked> void askAgain(Transaction t, OpenWork<R, I> open) {
    work.start(t, open.job(), input(open, t.state()));
  }

  /** The run of the job, which is what the table says. */
  private static <R, I extends Asked> String run(
      WorkflowClient client, Store store, OpenWork<R, I> open) {
    Job<I> job = open.job();
    I input = input(open, store.state());
    String id = job.id(input);
    HistoryEvent first = client.fetchHistory(id).getEvents().getFirst();
    WorkflowExecutionStartedEventAttributes started =
        first.getWorkflowExecutionStartedEventAttributes();
    assertThat(started.getWorkflowType().getName()).isEqualTo(job.type());
    assertThat(started.getTaskQueue().getName()).isEqualTo(TaskQueues.WORKFLOWS);
    assertThat(started.getPriority().getPriorityKey()).isEqualTo(job.urgency().key());
    assertThat(
            client
                .getOptions()
                .getDataConverter()
                .withContext(new WorkflowSerializationContext("default", id))
                .fromPayloads(0, Optional.of(started.getInput()), job.input(), job.input()))
        .isEqualTo(input);
    return started.getOriginalExecutionRunId();
  }

  private static void awaitTaken(Store store) {
    assertThat(
            store.await(
                s -> s.rows(Tables.INTENTS).size() == 0 ? Optional.of(true) : Optional.empty(),
                Duration.ofMinutes(2)))
        .isPresent();
  }
}
