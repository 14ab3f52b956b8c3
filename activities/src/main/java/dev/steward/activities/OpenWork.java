package dev.steward.activities;

import dev.steward.domain.governance.desk.ApprovalDesk;
import dev.steward.domain.governance.desk.ChangeDesk;
import dev.steward.domain.governance.desk.Notices;
import dev.steward.domain.lab.Promotions;
import dev.steward.domain.lab.Searches;
import dev.steward.domain.lab.Trainings;
import dev.steward.domain.lab.Watches;
import dev.steward.domain.serve.Predictions;
import dev.steward.model.Approval;
import dev.steward.model.Delivery;
import dev.steward.model.Onboarding;
import dev.steward.model.Promotion;
import dev.steward.model.Run;
import dev.steward.model.RunId;
import dev.steward.storage.State;
import dev.steward.storage.Table;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import dev.steward.storage.Work;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What the store calls under way, and the workflow that must run for it. A workflow type that is
 * not here is a child of one that is, or is started by a schedule.
 */
public final class OpenWork {
  /** Whether a row is under way: something has to happen that only its workflow does. */
  interface Open<R> {
    boolean is(State state, R row, Instant now);
  }

  /**
   * @param type the workflow type that all of them have
   */
  record Kind<R>(Table<R> table, String type, Open<R> open, Function<R, Work.Start> start) {
    /** The workflows that must run now. */
    Stream<Needed<R>> needed(State state, Instant now) {
      return state.rows(table).stream()
          .filter(row -> open.is(state, row, now))
          .map(row -> new Needed<>(this, table.key().apply(row), start.apply(row)));
    }
  }

  /**
   * A workflow that must run.
   *
   * @param key of the row that needs it
   */
  record Needed<R>(Kind<R> kind, String key, Work.Start start) {
    /** The same, if the row needs it in this transaction still. */
    boolean isStill(Transaction t, Instant now) {
      return t.find(kind.table(), key)
          .filter(row -> kind.open().is(t.state(), row, now))
          .filter(row -> kind.start().apply(row).workflowId().equals(start.workflowId()))
          .isPresent();
    }
  }

  static final List<Kind<?>> KINDS =
      List.of(
          new Kind<>(
              Tables.ONBOARDINGS,
              "OnboardingVerification",
              (state, o, now) -> o.status() == Onboarding.Status.VERIFYING,
              Work::start),
          new Kind<>(
              Tables.DISCOVERIES,
              "Discovery",
              (state, d, now) -> !d.status().isOver(),
              Work::start),
          new Kind<>(
              Tables.SCANS, "WasteScan", (state, s, now) -> !s.status().isOver(), Work::start),
          new Kind<>(Tables.DISCONNECTIONS, "Disconnection", (state, d, now) -> true, Work::start),
          new Kind<>(Tables.CHANGES, "Change", ChangeDesk::isUnderWay, ChangeDesk::start),
          new Kind<>(
              Tables.APPROVALS,
              "Approval",
              (state, a, now) -> a.status() == Approval.Status.PENDING,
              ApprovalDesk::start),
          new Kind<>(
              Tables.DELIVERIES,
              "Delivery",
              (state, d, now) -> d.status() == Delivery.Status.WAITING,
              Notices::start),
          new Kind<>(
              Tables.TRAININGS,
              "Training",
              // A trial is its search's child.
              (state, t, now) -> !t.trial() && isOpen(state, t.run()),
              Trainings::start),
          new Kind<>(
              Tables.SEARCHES,
              "Search",
              (state, s, now) -> isOpen(state, s.run()),
              Searches::start),
          new Kind<>(
              Tables.PROMOTIONS,
              "Promotion",
              (state, p, now) -> p.status() == Promotion.Status.WAITING,
              Promotions::start),
          new Kind<>(Tables.WATCHES, "Watch", (state, w, now) -> true, Watches::start),
          new Kind<>(
              Tables.PREDICTIONS,
              "Prediction",
              (state, p, now) -> !p.status().isOver(),
              Predictions::start));

  private OpenWork() {}

  private static boolean isOpen(State state, RunId run) {
    return state.find(Tables.RUNS, run.value()).map(Run::status).filter(s -> !s.over()).isPresent();
  }

  static List<Needed<?>> needed(State state, Instant now) {
    return KINDS.stream().<Needed<?>>flatMap(kind -> kind.needed(state, now)).toList();
  }
}
