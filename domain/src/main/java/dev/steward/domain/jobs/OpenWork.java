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
import dev.steward.model.job.Jobs.PriceRefreshRef;
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
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the store says what of a job is to be done, so that it can be asked for again. What names
 * its row and is the input of the job is the same.
 *
 * @param table whose rows are this work
 * @param open which of them are unfinished
 * @param look what whoever waits for one sees of it
 * @param standing since when one is under way, and what it waits for
 */
public record OpenWork<R, I extends Asked>(
    Job<I> job,
    Table<R> table,
    Function<R, I> input,
    Open<R> open,
    Look<R> look,
    Standing<R> standing) {
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
              WorkLooks::of,
              (state, o) -> at(o.createdAt(), o.status())),
          new OpenWork<>(
              Jobs.DISCOVERY,
              Tables.DISCOVERIES,
              DiscoveryRef::of,
              (state, d, now) -> !d.status().isOver(),
              WorkLooks::of,
              (state, d) -> at(d.startedAt(), d.status())),
          new OpenWork<>(
              Jobs.SCAN,
              Tables.SCANS,
              ScanRef::of,
              (state, s, now) -> !s.status().isOver(),
              WorkLooks::of,
              (state, s) -> at(s.startedAt(), s.status())),
          new OpenWork<>(
              Jobs.DISCONNECTION,
              Tables.DISCONNECTIONS,
              AccountRef::of,
              (state, d, now) -> true,
              Look.none(),
              (state, d) -> new Stand(d.begunAt(), "cleaning up")),
          new OpenWork<>(
              Jobs.CHANGE,
              Tables.CHANGES,
              ChangeRef::of,
              ChangeDesk::isUnderWay,
              // One that is over is held and measured still, which nobody waits for.
              Look.only(c -> !c.progress().status().isOver(), WorkLooks::of),
              (state, c) -> at(c.createdAt(), c.progress().status())),
          new OpenWork<>(
              Jobs.APPROVAL,
              Tables.APPROVALS,
              ApprovalRef::of,
              (state, a, now) -> a.status() == Approval.Status.PENDING,
              Look.none(),
              (state, a) ->
                  new Stand(a.requestedAt(), "a decision until " + a.timing().expiresAt())),
          new OpenWork<>(
              Jobs.DELIVERY,
              Tables.DELIVERIES,
              DeliveryRef::of,
              (state, d, now) -> d.status() == Delivery.Status.WAITING,
              Look.none(),
              (state, d) ->
                  new Stand(d.createdAt(), "being taken; attempts so far: " + d.attempts())),
          new OpenWork<>(
              Jobs.TRAINING,
              Tables.TRAININGS,
              RunRef::of,
              // A trial is its search's child.
              (state, t, now) -> !t.trial() && isOpen(state, t.run()),
              WorkLooks::of,
              (state, t) -> run(state, t.run())),
          new OpenWork<>(
              Jobs.SEARCH,
              Tables.SEARCHES,
              RunRef::of,
              (state, s, now) -> isOpen(state, s.run()),
              WorkLooks::of,
              (state, s) -> run(state, s.run())),
          new OpenWork<>(
              Jobs.PROMOTION,
              Tables.PROMOTIONS,
              PromotionRef::of,
              (state, p, now) -> p.status() == Promotion.Status.WAITING,
              Look.none(),
              (state, p) -> new Stand(p.createdAt(), "the decision of " + p.approval())),
          new OpenWork<>(
              Jobs.WATCH,
              Tables.WATCHES,
              WatchRef::of,
              (state, w, now) -> true,
              Look.none(),
              (state, w) ->
                  new Stand(
                      null, w.due() == null ? "the look of the day" : "outcomes until " + w.due())),
          new OpenWork<>(
              Jobs.PREDICTION,
              Tables.PREDICTIONS,
              PredictionRef::of,
              (state, p, now) -> !p.status().isOver(),
              WorkLooks::of,
              (state, p) -> at(p.createdAt(), p.status())),
          new OpenWork<>(
              Jobs.PRICE_REFRESH,
              Tables.PRICE_REFRESHES,
              PriceRefreshRef::of,
              (state, r, now) -> !r.status().isOver(),
              WorkLooks::of,
              (state, r) -> at(r.startedAt(), r.status())));

  private static boolean isOpen(State state, RunId run) {
    return WorkLooks.run(state, run).filter(r -> !r.status().over()).isPresent();
  }

  /** Says how an unfinished row stands. */
  public interface Standing<R> {
    Stand of(State state, R row);
  }

  /**
   * @param since when it was asked for; null where nobody noted that
   * @param waitsFor what it is at, or what has to happen, in words
   */
  public record Stand(@Nullable Instant since, String waitsFor) {}

  private static Stand at(Instant since, Enum<?> status) {
    return new Stand(since, status.name().toLowerCase(Locale.ROOT));
  }

  private static Stand run(State state, RunId run) {
    return WorkLooks.run(state, run)
        .map(r -> at(r.startedAt(), r.status()))
        .orElse(new Stand(null, "its run"));
  }

  /**
   * Work that is not over.
   *
   * @param workflow the id of its run
   */
  public record Unfinished(Job<?> job, String workflow, OrganizationId organization, Stand stand) {}

  /** All work that is not over, of every organization. */
  public static Stream<Unfinished> unfinished(State state, Instant now) {
    return ALL.stream().flatMap(work -> work.unfinishedOf(state, now));
  }

  private Stream<Unfinished> unfinishedOf(State state, Instant now) {
    return open(state, now)
        .map(row -> {
          I asked = input.apply(row);
          return new Unfinished(job, job.id(asked), asked.organization(), standing.of(state, row));
        });
  }

  /** The workflows that must run now. */
  public static List<Needed<?, ?>> needed(State state, Instant now) {
    return ALL.stream().<Needed<?, ?>>flatMap(work -> work.neededOf(state, now)).toList();
  }

  private Stream<Needed<R, I>> neededOf(State state, Instant now) {
    return open(state, now)
        .map(row -> new Needed<>(this, table.key().apply(row), input.apply(row)));
  }

  private Stream<R> open(State state, Instant now) {
    return state.rows(table).stream().filter(row -> open.is(state, row, now));
  }

  /** How many rows need the job now. */
  public long count(State state, Instant now) {
    return open(state, now).count();
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
        .filter(look::shows)
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
