package dev.steward.domain.governance.change;

import dev.steward.estate.Remediation;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.model.Approval;
import dev.steward.model.Change;
import dev.steward.model.Change.Progress;
import dev.steward.model.Change.Status;
import dev.steward.model.Change.Step;
import dev.steward.model.Change.Step.State;
import dev.steward.model.Directive;
import dev.steward.model.Directive.What;
import dev.steward.model.PlanStep;
import dev.steward.model.Policy.OnFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a change does next; pure. It is asked again after everything that happens, so each
 * answer depends on nothing but the change and the facts.
 */
public final class ChangeMachine {
  /** When savings are measured, in days after the change. */
  public static final List<Integer> MEASUREMENTS = List.of(1, 7, 30);

  /** How long a check of a resource is good for. */
  static final Duration FRESH = Duration.ofMinutes(2);

  private static final Duration DAY = Duration.ofDays(1);
  private static final String PLATFORM = "steward";

  private ChangeMachine() {}

  /** What a decision depends on beside the change itself. */
  public interface Facts {
    Instant now();

    /** How the approval stands; empty where none is needed. */
    Optional<Approval> approval();

    /** Why no step may begin, where a kill switch is on. */
    Optional<String> stopped();

    /** The next moment at which the maintenance windows are open; empty for never. */
    Optional<Instant> open();

    /** Which cap one more resource of the kind would break. */
    Optional<String> capped(PlanStep step);

    /** Whether the account is still connected. */
    boolean connected();
  }

  /** The change as it is now, and what to do. */
  public record Move(Change change, Directive directive) {}

  /** A move whose directive is null only moved the change on. */
  private record Turn(Change change, @Nullable Directive directive) {}

  public static Move next(Change change, Facts facts) {
    Change at = change;
    // Each round either answers or moves the change on; there are fewer states than this.
    for (int i = 0; i < 1_000; i++) {
      Turn turn = once(at, facts);
      if (turn.directive() != null) return new Move(turn.change(), turn.directive());
      at = turn.change();
    }
    throw new IllegalStateException("change " + change.id() + " goes round in circles");
  }

  private static Turn on(Change change) {
    return new Turn(change, null);
  }

  private static Turn once(Change change, Facts facts) {
    if (!facts.connected())
      return change.progress().status().isOver()
          ? new Turn(change, Directive.end("the account was disconnected"))
          : on(ended(change, Status.CANCELLED, "the account was disconnected", facts));
    return switch (change.progress().status()) {
      case DRAFT -> new Turn(change, Directive.await(null, "a draft"));
      case WAITING -> waiting(change, facts);
      case GRACE -> grace(change, facts);
      case SCHEDULED, RUNNING -> running(change, facts);
      case UNDOING -> undoing(change, facts);
      case DONE, PARTLY_DONE, FAILED, UNDONE, CANCELLED -> after(change, facts);
      case REJECTED, EXPIRED -> new Turn(change, Directive.end("refused"));
    };
  }

  private static Turn waiting(Change change, Facts facts) {
    Optional<Approval> approval = facts.approval();
    if (approval.isEmpty()) {
      if (change.approval() != null)
        return on(ended(change, Status.CANCELLED, "its approval is gone", facts));
      return on(approved(change, facts, "a policy approves it without asking anybody"));
    }
    Approval asked = approval.get();
    return switch (asked.status()) {
      case PENDING -> new Turn(change, Directive.await(null, "waiting for approval"));
      // What was approved is exactly this plan, or nothing is.
      case APPROVED ->
          asked.planHash().equals(change.planHash())
              ? on(approved(change, facts, "approved"))
              : on(ended(change, Status.REJECTED, "another plan was approved", facts));
      case REJECTED -> on(ended(change, Status.REJECTED, text(asked.reason()), facts));
      case EXPIRED -> on(ended(change, Status.EXPIRED, text(asked.reason()), facts));
      case WITHDRAWN -> on(ended(change, Status.CANCELLED, text(asked.reason()), facts));
    };
  }

  private static String text(@Nullable String reason) {
    return reason == null ? "" : reason;
  }

  private static Change approved(Change change, Facts facts, String how) {
    int hours = change.ruling() == null ? 0 : change.ruling().graceHours();
    Progress grace = change.progress().grace(facts.now().plus(Duration.ofHours(hours)));
    return change
        .with(hours > 0 ? grace : grace.status(Status.SCHEDULED))
        .noted(
            facts.now(),
            PLATFORM,
            "approved",
            how + (hours > 0 ? "; " + hours + " hours of grace begin" : ""));
  }

  /**
   * A step whose resource comes back into use is cancelled: looked at once a day and at the end.
   */
  private static Turn grace(Change change, Facts facts) {
    Progress progress = change.progress();
    if (progress.cancel())
      return on(ended(change, Status.CANCELLED, "cancelled in the grace period", facts));
    Optional<Turn> held = held(change, facts);
    if (held.isPresent()) return held.get();
    Instant until = progress.graceUntil() == null ? facts.now() : progress.graceUntil();
    Instant last = progress.checkedAt() == null ? progress.submittedAt() : progress.checkedAt();
    Instant daily = last == null ? until : last.plus(DAY);
    Instant due = daily.isBefore(until) ? daily : until;
    if (facts.now().isBefore(due))
      return new Turn(change, Directive.await(due, "grace until " + until));
    for (Step step : change.steps())
      if (step.state().isOpen() && !isLookedAt(step, due, facts.now()))
        return new Turn(change, Directive.step(What.CHECK, step.number(), "is it still unused?"));
    Change checked = change.with(progress.checked(facts.now()));
    return on(
        facts.now().isBefore(until)
            ? checked
            : checked.with(checked.progress().status(Status.SCHEDULED)));
  }

  private static Optional<Turn> held(Change change, Facts facts) {
    if (facts.stopped().isPresent())
      return Optional.of(new Turn(change, Directive.await(null, facts.stopped().get())));
    return change.progress().paused()
        ? Optional.of(new Turn(change, Directive.await(null, "paused")))
        : Optional.empty();
  }

  private static Turn running(Change change, Facts facts) {
    // What was begun is brought to an end first, whatever was asked meanwhile.
    for (Step step : change.steps()) {
      if (step.state() == State.ARMED)
        return new Turn(change, Directive.step(What.EXECUTE, step.number(), action(change, step)));
      if (step.state() == State.BROKEN)
        return new Turn(
            change, Directive.step(What.UNDO, step.number(), "putting back what was begun"));
    }
    Progress progress = change.progress();
    if (progress.undo())
      return on(
          closed(change, State.CANCELLED, "an undo was asked for")
              .with(progress.status(Status.UNDOING)));
    if (progress.cancel())
      return on(finished(closed(change, State.CANCELLED, "the change was cancelled"), facts));
    Optional<Change> afterFailure = afterFailure(change);
    if (afterFailure.isPresent()) return on(afterFailure.get());
    Optional<Step> open = change.steps().stream().filter(s -> s.state().isOpen()).findFirst();
    if (open.isEmpty()) return on(finished(change, facts));
    Optional<Turn> held = held(change, facts);
    if (held.isPresent()) return held.get();
    return step(change, open.get(), facts);
  }

  private static Turn step(Change change, Step step, Facts facts) {
    Optional<Instant> opens = facts.open();
    if (opens.isEmpty())
      return new Turn(
          change.with(change.progress().status(Status.SCHEDULED)),
          Directive.await(facts.now().plus(DAY), "no maintenance window opens within a year"));
    if (opens.get().isAfter(facts.now()))
      return new Turn(
          change.with(change.progress().status(Status.SCHEDULED)),
          Directive.await(opens.get(), "the maintenance window opens at " + opens.get()));
    Change now = change.with(change.progress().status(Status.RUNNING));
    Optional<String> capped = facts.capped(change.planned(step.number()));
    if (capped.isPresent())
      return on(
          now.with(step.is(State.SKIPPED, capped.get()))
              .noted(facts.now(), PLATFORM, "step " + step.number() + " skipped", capped.get()));
    if (!isFresh(step, facts.now()))
      return new Turn(now, Directive.step(What.CHECK, step.number(), "re-reading the resource"));
    return new Turn(
        now.with(step.is(State.ARMED, "")),
        Directive.step(What.EXECUTE, step.number(), action(change, step)));
  }

  private static boolean isFresh(Step step, Instant now) {
    return step.state() == State.CHECKED && isLookedAt(step, now.minus(FRESH).plusNanos(1), now);
  }

  /** What was looked at later than now was looked at before the clock went back. */
  private static boolean isLookedAt(Step step, Instant since, Instant now) {
    Instant looked = step.checkedAt();
    return looked != null && !looked.isBefore(since) && !looked.isAfter(now);
  }

  private static String action(Change change, Step step) {
    PlanStep planned = change.planned(step.number());
    return planned.action() + " " + planned.resource();
  }

  private static Optional<Change> afterFailure(Change change) {
    Optional<Step> failed =
        change.steps().stream().filter(s -> s.state() == State.FAILED).findFirst();
    boolean open = change.steps().stream().anyMatch(s -> s.state().isOpen());
    if (failed.isEmpty()) return Optional.empty();
    OnFailure rule = change.ruling() == null ? OnFailure.STOP : change.ruling().onFailure();
    String why = "step " + failed.get().number() + " failed";
    return switch (rule) {
      case CONTINUE -> Optional.empty();
      case STOP -> open ? Optional.of(closed(change, State.CANCELLED, why)) : Optional.empty();
      case UNDO_ALL ->
          Optional.of(
              closed(change, State.CANCELLED, why).with(change.progress().status(Status.UNDOING)));
    };
  }

  private static Change closed(Change change, State state, String why) {
    Change at = change;
    for (Step step : change.steps()) if (step.state().isOpen()) at = at.with(step.is(state, why));
    return at;
  }

  /** In the reverse order. */
  private static Turn undoing(Change change, Facts facts) {
    for (Step step : change.steps().reversed())
      if (step.state() == State.DONE && change.planned(step.number()).undoable())
        return new Turn(
            change, Directive.step(What.UNDO, step.number(), "undoing " + action(change, step)));
    boolean left = change.steps().stream().anyMatch(s -> s.state().hasEffect());
    boolean some = change.steps().stream().anyMatch(s -> s.state() == State.UNDONE);
    boolean failed = change.steps().stream().anyMatch(s -> s.state() == State.FAILED);
    return on(
        ended(
            change,
            left ? Status.PARTLY_DONE : some || !failed ? Status.UNDONE : Status.FAILED,
            left ? "not everything could be undone" : "everything was put back",
            facts));
  }

  private static Change finished(Change change, Facts facts) {
    long done = count(change, State.DONE);
    Status how;
    if (done == change.steps().size()) how = Status.DONE;
    else if (done > 0) how = Status.PARTLY_DONE;
    else if (count(change, State.FAILED) > 0) how = Status.FAILED;
    else how = Status.CANCELLED;
    return ended(
        change,
        how,
        done
            + " of "
            + change.steps().size()
            + " steps done, "
            + count(change, State.SKIPPED)
            + " skipped, "
            + count(change, State.FAILED)
            + " failed",
        facts);
  }

  private static long count(Change change, State state) {
    return change.steps().stream().filter(s -> s.state() == state).count();
  }

  private static Change ended(Change change, Status how, String why, Facts facts) {
    Change closed = closed(change, State.CANCELLED, why);
    int days = change.ruling() == null ? 0 : change.ruling().undoDays();
    boolean undoable =
        steps(closed, State.DONE).anyMatch(s -> closed.planned(s.number()).undoable());
    // A second end, after an undo, keeps the day from which savings are measured.
    Instant first = change.progress().finishedAt();
    Instant at = first == null ? facts.now() : first;
    Progress progress =
        change.progress().finished(how, at, undoable ? at.plus(Duration.ofDays(days)) : null);
    return closed
        .with(progress.held(heldSteps(closed).isEmpty() ? null : facts.now().plus(DAY)))
        .noted(facts.now(), PLATFORM, lower(how), why);
  }

  private static String lower(Status status) {
    return status.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
  }

  private static Stream<Step> steps(Change change, State state) {
    return change.steps().stream().filter(s -> s.state() == state);
  }

  /** What AWS takes back by itself, as it starts a stopped database after seven days. */
  private static List<Step> heldSteps(Change change) {
    return steps(change, State.DONE)
        .filter(s ->
            Catalogue.remediation(change.planned(s.number()).action())
                .map(Remediation::isHeld)
                .orElse(false))
        .filter(s -> !"released".equals(s.recipe().get("hold")))
        .toList();
  }

  /** The undo, the measurements, the databases that are held. */
  private static Turn after(Change change, Facts facts) {
    Progress progress = change.progress();
    Instant now = facts.now();
    if (progress.undo()) return on(change.with(progress.unasked().status(Status.UNDOING)));
    Instant finished = progress.finishedAt();
    boolean done = steps(change, State.DONE).findAny().isPresent();
    if (finished == null || !(done || UndoTerm.keepsAnything(change)))
      return new Turn(change, Directive.end(lower(progress.status())));
    Instant wake = progress.undoUntil();
    if (wake != null && !wake.isAfter(now)) wake = null;
    if (done && progress.measured() < MEASUREMENTS.size()) {
      Instant due = finished.plus(Duration.ofDays(MEASUREMENTS.get(progress.measured())));
      if (!due.isAfter(now))
        return new Turn(
            change,
            Directive.step(
                What.MEASURE,
                progress.measured() + 1,
                "measuring after " + MEASUREMENTS.get(progress.measured()) + " days"));
      wake = earlier(wake, due);
    }
    Instant hold = progress.nextHold();
    if (hold != null) {
      if (!hold.isAfter(now))
        for (Step step : heldSteps(change))
          if (lastHeld(step).isBefore(hold))
            return new Turn(
                change, Directive.step(What.HOLD, step.number(), "is it still stopped?"));
      if (!hold.isAfter(now))
        return on(change.with(progress.held(heldSteps(change).isEmpty() ? null : now.plus(DAY))));
      wake = earlier(wake, hold);
    }
    for (Step step : change.steps()) {
      if (!UndoTerm.keeps(change, step)) continue;
      Instant due = UndoTerm.removal(change, step);
      if (!due.isAfter(now) && facts.stopped().isEmpty())
        return new Turn(
            change,
            Directive.step(
                What.CLEAN, step.number(), "the undo has expired: removing what was kept for it"));
      // A kill switch stops this too; nobody nudges a change that is over, so it looks again.
      wake = earlier(wake, due.isAfter(now) ? due : now.plus(DAY));
    }
    if (wake == null) return new Turn(change, Directive.end("measured, and no longer undoable"));
    return new Turn(change, Directive.await(wake, lower(progress.status())));
  }

  private static Instant lastHeld(Step step) {
    String at = step.recipe().get("held_at");
    return at == null ? Instant.MIN : Instant.parse(at);
  }

  private static Instant earlier(@Nullable Instant a, Instant b) {
    return a == null || b.isBefore(a) ? b : a;
  }
}
