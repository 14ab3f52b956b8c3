package dev.steward.domain.jobs;

import dev.steward.domain.governance.desk.ChangeDesk;
import dev.steward.domain.work.Work;
import dev.steward.model.Approval;
import dev.steward.model.Delivery;
import dev.steward.model.Onboarding;
import dev.steward.model.OrganizationId;
import dev.steward.model.Promotion;
import dev.steward.model.RunId;
import dev.steward.model.job.Asked;
import dev.steward.model.job.Job;
import dev.steward.model.job.Jobs;
import dev.steward.model.job.Jobs.AccountRef;
import dev.steward.model.job.Jobs.ApprovalRef;
import dev.steward.model.job.Jobs.AttemptRef;
import dev.steward.model.job.Jobs.ChangeRef;
import dev.steward.model.job.Jobs.DeliveryRef;
import dev.steward.model.job.Jobs.DiscoveryRef;
import dev.steward.model.job.Jobs.PredictionRef;
import dev.steward.model.job.Jobs.PromotionRef;
import dev.steward.model.job.Jobs.RunRef;
import dev.steward.model.job.Jobs.ScanRef;
import dev.steward.model.job.Jobs.WatchRef;
import dev.steward.storage.State;
import dev.steward.storage.Table;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Where the store says what of a job is to be done, so that it can be asked for again. What names
 * its row and is the input of the job is the same.
 *
 * @param table whose rows are this work
 * @param open which of them are unfinished
 * @param look what whoever waits for one sees of it
 */
public record OpenWork<R, I extends Asked>(
    Job<I> job, Table<R> table, Function<R, I> input, Open<R> open, Look<R> look) {
  /** Whether a row is under way: something has to happen that only its workflow does. */
  public interface Open<R> {
    boolean is(State state, R row, Instant now);
  }

  /** One for each job that the store asks for. */
  public static final List<OpenWork<?, ?>> ALL =
      List.of(
          new OpenWork<>(
              Jobs.VERIFICATION,
              Tables.ONBOARDINGS,
              AttemptRef::of,
              (state, o, now) -> o.status() == Onboarding.Status.VERIFYING,
              WorkLooks::of),
          new OpenWork<>(
              Jobs.DISCOVERY,
              Tables.DISCOVERIES,
              DiscoveryRef::of,
              (state, d, now) -> !d.status().isOver(),
              WorkLooks::of),
          new OpenWork<>(
              Jobs.SCAN,
              Tables.SCANS,
              ScanRef::of,
              (state, s, now) -> !s.status().isOver(),
              WorkLooks::of),
          new OpenWork<>(
              Jobs.DISCONNECTION,
              Tables.DISCONNECTIONS,
              AccountRef::of,
              (state, d, now) -> true,
              Look.none()),
          new OpenWork<>(
              Jobs.CHANGE, Tables.CHANGES, ChangeRef::of, ChangeDesk::isUnderWay, WorkLooks::of),
          new OpenWork<>(
              Jobs.APPROVAL,
              Tables.APPROVALS,
              ApprovalRef::of,
              (state, a, now) -> a.status() == Approval.Status.PENDING,
              Look.none()),
          new OpenWork<>(
              Jobs.DELIVERY,
              Tables.DELIVERIES,
              DeliveryRef::of,
              (state, d, now) -> d.status() == Delivery.Status.WAITING,
              Look.none()),
          new OpenWork<>(
              Jobs.TRAINING,
              Tables.TRAININGS,
              RunRef::of,
              // A trial is its search's child.
              (state, t, now) -> !t.trial() && isOpen(state, t.run()),
              WorkLooks::of),
          new OpenWork<>(
              Jobs.SEARCH,
              Tables.SEARCHES,
              RunRef::of,
              (state, s, now) -> isOpen(state, s.run()),
              WorkLooks::of),
          new OpenWork<>(
              Jobs.PROMOTION,
              Tables.PROMOTIONS,
              PromotionRef::of,
              (state, p, now) -> p.status() == Promotion.Status.WAITING,
              Look.none()),
          new OpenWork<>(
              Jobs.WATCH, Tables.WATCHES, WatchRef::of, (state, w, now) -> true, Look.none()),
          new OpenWork<>(
              Jobs.PREDICTION,
              Tables.PREDICTIONS,
              PredictionRef::of,
              (state, p, now) -> !p.status().isOver(),
              WorkLooks::of));

  private static boolean isOpen(State state, RunId run) {
    return WorkLooks.run(state, run).filter(r -> !r.status().over()).isPresent();
  }

  /** The workflows that must run now. */
  public static List<Needed<?, ?>> needed(State state, Instant now) {
    return ALL.stream().<Needed<?, ?>>flatMap(work -> work.neededOf(state, now)).toList();
  }

  private Stream<Needed<R, I>> neededOf(State state, Instant now) {
    return state.rows(table).stream()
        .filter(row -> open.is(state, row, now))
        .map(row -> new Needed<>(this, table.key().apply(row), input.apply(row)));
  }

  /** How many rows need the job now. */
  public long count(State state, Instant now) {
    return state.rows(table).stream().filter(row -> open.is(state, row, now)).count();
  }

  /** What of the organization is under way and waited for. */
  public static List<Look.Seen> seen(State state, OrganizationId organization, Instant now) {
    return ALL.stream().flatMap(work -> work.seenOf(state, organization, now)).toList();
  }

  private Stream<Look.Seen> seenOf(State state, OrganizationId organization, Instant now) {
    if (!look.shows()) return Stream.empty();
    return state
        .own(organization)
        .all(table)
        .filter(row -> open.is(state, row, now))
        .flatMap(row -> look.of(state, row).stream());
  }

  /**
   * A workflow that must run.
   *
   * @param key of the row that needs it
   */
  public record Needed<R, I extends Asked>(OpenWork<R, I> work, String key, I input) {
    public String workflowId() {
      return work.job().id(input);
    }

    /** Asks for it, if the row needs it in this transaction still. */
    public boolean ask(Transaction t, Work asking, Instant now) {
      boolean still =
          t.find(work.table(), key)
              .filter(row -> work.open().is(t.state(), row, now))
              .filter(row -> work.input().apply(row).equals(input))
              .isPresent();
      if (still) asking.start(t, work.job(), input);
      return still;
    }
  }
}
