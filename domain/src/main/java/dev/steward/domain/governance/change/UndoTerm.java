package dev.steward.domain.governance.change;

import dev.steward.estate.Kept;
import dev.steward.estate.Remediation;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.model.Change;
import dev.steward.model.Change.Step;
import dev.steward.model.Change.Step.State;
import dev.steward.model.PlanStep;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How long an undo may need what a step made or left, and what becomes of it then; pure. */
public final class UndoTerm {
  /** In a step's recipe: what was kept for its undo is removed, or was given up. */
  public static final String CLEANED = "cleaned";

  /** In a step's recipe: when the removal is tried again. */
  public static final String CLEAN_AGAIN = "clean_again";

  private UndoTerm() {}

  /** When the undo of a change that is over expires; empty while it is under way. */
  public static Optional<Instant> expires(Change change) {
    Instant finished = change.progress().finishedAt();
    if (finished == null || !change.progress().status().isOver()) return Optional.empty();
    int days = change.ruling() == null ? 0 : change.ruling().undoDays();
    return Optional.of(finished.plus(Duration.ofDays(days)));
  }

  /**
   * Whether an undo of the step may still need what the step made or left: until it has expired,
   * and after that until what was kept for it is removed or given up.
   */
  public static boolean mayNeed(Change change, Step step, Instant now) {
    if (step.state().isOpen() || step.state() == State.SKIPPED || step.state() == State.CANCELLED)
      return false;
    Optional<Instant> expires = expires(change);
    return expires.isEmpty() || expires.get().isAfter(now) || keeps(change, step);
  }

  /**
   * Whether something that the step made for its undo is still to be removed by us. What a step
   * left that cannot be undone, or whose undo failed, may be all that is left of the resource: it
   * stays.
   */
  public static boolean keeps(Change change, Step step) {
    PlanStep planned = change.planned(step.number());
    return (step.state() == State.DONE || step.state() == State.UNDONE)
        && planned.undoable()
        && !step.recipe().containsKey(CLEANED)
        && kept(planned).map(kept -> step.recipe().containsKey(kept.recipe())).orElse(false);
  }

  /** What such a step makes for its undo, if anything. */
  public static Optional<Kept> kept(PlanStep planned) {
    return Catalogue.remediation(planned.action()).flatMap(Remediation::keeps);
  }

  static boolean keepsAnything(Change change) {
    return change.steps().stream().anyMatch(step -> keeps(change, step));
  }

  /** When what the step kept is to be removed: when the undo expires, or when it is tried again. */
  static Instant removal(Change change, Step step) {
    String again = step.recipe().get(CLEAN_AGAIN);
    return again == null ? expires(change).orElse(Instant.MAX) : Instant.parse(again);
  }
}
