package dev.steward.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A plan on its way from draft to measured saving.
 *
 * @param planHash SHA-256 of the plan's canonical form: what is approved, and all that is run
 * @param ruling null until it was submitted
 * @param steps how each step stands, in the plan's order
 */
@Copied
public record Change(
    ChangeId id,
    OrganizationId organization,
    AccountId account,
    String title,
    UserId requestedBy,
    String requester,
    Plan plan,
    String planHash,
    @Nullable Ruling ruling,
    @Nullable ApprovalId approval,
    Progress progress,
    List<Step> steps,
    List<Note> timeline,
    Instant createdAt) {
  /** Where a change stands. */
  public enum Status {
    DRAFT,
    /** For people to decide. */
    WAITING,
    /** Approved; a resource that comes back into use cancels its step. */
    GRACE,
    /** For a maintenance window to open. */
    SCHEDULED,
    RUNNING,
    UNDOING,
    DONE,
    PARTLY_DONE,
    FAILED,
    UNDONE,
    REJECTED,
    EXPIRED,
    CANCELLED;

    /** Nothing more is carried out, unless it is asked to be undone. */
    public boolean isOver() {
      return compareTo(DONE) >= 0;
    }

    /** It never began, so there is nothing to undo or to measure. */
    public boolean isRefused() {
      return this == REJECTED || this == EXPIRED;
    }
  }

  /**
   * @param measured how many of the measurements (1, 7 and 30 days) are done
   * @param nextHold when a stopped database is looked at again
   */
  @Copied
  public record Progress(
      Status status,
      @Nullable Instant submittedAt,
      @Nullable Instant graceUntil,
      @Nullable Instant checkedAt,
      @Nullable Instant finishedAt,
      @Nullable Instant undoUntil,
      @Nullable Instant nextHold,
      int measured,
      boolean paused,
      boolean cancel,
      boolean undo) {
    public static Progress draft() {
      return new Progress(Status.DRAFT, null, null, null, null, null, null, 0, false, false, false);
    }

    public Progress status(Status now) {
      return ChangeProgressBuilder.builder(this).status(now).build();
    }

    public Progress submitted(Instant at) {
      return ChangeProgressBuilder.builder(draft()).status(Status.WAITING).submittedAt(at).build();
    }

    public Progress grace(Instant until) {
      return ChangeProgressBuilder.builder(this).status(Status.GRACE).graceUntil(until).build();
    }

    public Progress checked(Instant at) {
      return ChangeProgressBuilder.builder(this).checkedAt(at).build();
    }

    public Progress finished(Status how, Instant at, @Nullable Instant canUndoUntil) {
      return ChangeProgressBuilder.builder(unasked())
          .status(how)
          .finishedAt(at)
          .undoUntil(canUndoUntil)
          .build();
    }

    public Progress held(@Nullable Instant next) {
      return ChangeProgressBuilder.builder(this).nextHold(next).build();
    }

    public Progress measured(int count) {
      return ChangeProgressBuilder.builder(this).measured(count).build();
    }

    /** Held where it stands, or going on. */
    public Progress paused(boolean now) {
      return ChangeProgressBuilder.builder(this).paused(now).build();
    }

    /** To be stopped; who stops it does not want it paused as well. */
    public Progress cancelling() {
      return ChangeProgressBuilder.builder(this).paused(false).cancel(true).build();
    }

    /** To be undone, now. */
    public Progress undoing() {
      return ChangeProgressBuilder.builder(this).paused(false).undo(true).build();
    }

    /** What was asked of it is seen to. */
    public Progress unasked() {
      return ChangeProgressBuilder.builder(this).paused(false).cancel(false).undo(false).build();
    }
  }

  /**
   * How a step stands.
   *
   * @param recipe what undoing it needs beside the plan; written before the first call that changes
   *     anything
   */
  @Copied
  public record Step(
      int number,
      State state,
      String detail,
      Map<String, String> recipe,
      @Nullable Instant checkedAt,
      @Nullable Instant doneAt,
      @Nullable Instant undoneAt) {
    /**
     * ARMED: its undo is registered, and a call may have been made. BROKEN: it failed, and what it
     * began is to be put back.
     */
    public enum State {
      PENDING,
      CHECKED,
      ARMED,
      BROKEN,
      DONE,
      SKIPPED,
      FAILED,
      CANCELLED,
      UNDONE,
      UNDO_FAILED;

      /** It may have changed something that an undo can put back. */
      public boolean hasEffect() {
        return this == DONE || this == UNDO_FAILED;
      }

      /** Nothing was done yet. */
      public boolean isOpen() {
        return this == PENDING || this == CHECKED;
      }
    }

    public Step {
      recipe = Map.copyOf(recipe);
    }

    public static Step pending(int number) {
      return new Step(number, State.PENDING, "", Map.of(), null, null, null);
    }

    public Step is(State now, String why) {
      return ChangeStepBuilder.builder(this).state(now).detail(why).build();
    }

    /** As it was, with more written down. */
    public Step with(Map<String, String> more, String how) {
      return ChangeStepBuilder.builder(this).detail(how).recipe(more).build();
    }

    /** It could not be read this time; it is read again right before it is done. */
    public Step unread(String why, Instant at) {
      return ChangeStepBuilder.builder(pending(number)).detail(why).checkedAt(at).build();
    }

    public Step checked(Map<String, String> undo, Instant at) {
      return ChangeStepBuilder.builder(pending(number))
          .state(State.CHECKED)
          .recipe(undo)
          .checkedAt(at)
          .build();
    }

    public Step done(Map<String, String> undo, String how, Instant at) {
      return ChangeStepBuilder.builder(this)
          .state(State.DONE)
          .detail(how)
          .recipe(undo)
          .doneAt(at)
          .undoneAt(null)
          .build();
    }

    public Step undone(String how, Instant at) {
      return ChangeStepBuilder.builder(this).state(State.UNDONE).detail(how).undoneAt(at).build();
    }
  }

  /** Something that happened to it. */
  public record Note(Instant at, String who, String what, String detail) {}

  /** Later notes than this many push out none: they are no longer taken. */
  private static final int MOST_NOTES = 1_000;

  public Change {
    steps = List.copyOf(steps);
    timeline = List.copyOf(timeline);
  }

  public PlanStep planned(int number) {
    return plan.steps().get(number - 1);
  }

  public Step step(int number) {
    return steps.get(number - 1);
  }

  public Change with(Progress now) {
    return ChangeBuilder.builder(this).progress(now).build();
  }

  public Change with(Step step) {
    List<Step> next = new ArrayList<>(steps);
    next.set(step.number() - 1, step);
    return ChangeBuilder.builder(this).steps(next).build();
  }

  public Change submitted(Ruling how, @Nullable ApprovalId asked, Progress now) {
    return ChangeBuilder.builder(this).ruling(how).approval(asked).progress(now).build();
  }

  public Change noted(Instant at, String who, String what, String detail) {
    if (timeline.size() >= MOST_NOTES) return this;
    List<Note> notes = new ArrayList<>(timeline);
    notes.add(new Note(at, who, what, detail));
    return ChangeBuilder.builder(this).timeline(notes).build();
  }
}
