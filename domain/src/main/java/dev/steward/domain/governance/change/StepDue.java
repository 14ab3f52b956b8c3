package dev.steward.domain.governance.change;

import dev.steward.model.Change;
import dev.steward.model.Change.Progress;
import dev.steward.model.Change.Status;
import dev.steward.model.Change.Step;
import dev.steward.model.Change.Step.State;
import dev.steward.model.Directive.What;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether something is due for a change, whoever asks for it to be done; pure. What {@link
 * ChangeMachine} has told a workflow to do is due until the store knows what became of it.
 */
public final class StepDue {
  private static final List<Status> CARRIED_OUT = List.of(Status.SCHEDULED, Status.RUNNING);
  private static final List<Status> CHECKED =
      List.of(Status.GRACE, Status.SCHEDULED, Status.RUNNING);

  private StepDue() {}

  /**
   * @param number of the step; of the measurement where it is measured
   */
  public static boolean is(Change change, What what, int number, Instant now) {
    Progress progress = change.progress();
    Status status = progress.status();
    if (what == What.MEASURE) return status.isOver() && progress.measured() == number - 1;
    if (number < 1 || number > change.steps().size()) return false;
    Step step = change.step(number);
    State state = step.state();
    return switch (what) {
      case CHECK -> state.isOpen() && CHECKED.contains(status);
      case EXECUTE -> state == State.ARMED && CARRIED_OUT.contains(status);
      case UNDO ->
          state == State.BROKEN && CARRIED_OUT.contains(status)
              || state == State.DONE
                  && status == Status.UNDOING
                  && change.planned(number).undoable();
      case HOLD -> state == State.DONE && status.isOver() && reached(progress.nextHold(), now);
      case CLEAN ->
          status.isOver()
              && UndoTerm.keeps(change, step)
              && reached(UndoTerm.removal(change, step), now);
      case MEASURE, WAIT, END -> false;
    };
  }

  private static boolean reached(@Nullable Instant due, Instant now) {
    return due != null && !due.isAfter(now);
  }
}
