package dev.steward.workflows.governance;

import dev.steward.model.Directive;
import dev.steward.model.StepResult;
import dev.steward.model.job.Jobs.ChangeRef;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import org.jspecify.annotations.Nullable;

/** What a change reads and writes. Local activities; each is one transaction, and may run twice. */
@ActivityInterface
public interface ChangeActivities {
  // What is told of a step is an answer or why there is none: result() says which, in one place.

  private static StepResult.Failed failed(@Nullable String why) {
    return new StepResult.Failed(String.valueOf(why));
  }

  /**
   * @param status where the change stands
   */
  record Next(Directive directive, String status, String risk, String requester) {}

  /** Moves the change on as far as it goes by itself, and says what is to be done. */
  @ActivityMethod(name = "ChangeNext")
  Next next(ChangeRef input);

  record Checked(
      ChangeRef input,
      int step,
      ActionActivities.@Nullable Inspection inspection,
      @Nullable String failure) {
    public StepResult.Looked result() {
      return inspection == null ? failed(failure) : inspection.result();
    }
  }

  @ActivityMethod(name = "ChangeChecked")
  void checked(Checked checked);

  record Executed(
      ChangeRef input,
      int step,
      ActionActivities.@Nullable Execution execution,
      @Nullable String failure) {
    public StepResult.Acted result() {
      return execution == null ? failed(failure) : execution.result();
    }
  }

  @ActivityMethod(name = "ChangeExecuted")
  void executed(Executed executed);

  record Undone(
      ChangeRef input,
      int step,
      ActionActivities.@Nullable Reversal reversal,
      @Nullable String failure) {
    public StepResult.Reversed result() {
      return reversal == null ? failed(failure) : reversal.result();
    }
  }

  @ActivityMethod(name = "ChangeUndone")
  void undone(Undone undone);

  record Held(
      ChangeRef input,
      int step,
      ActionActivities.@Nullable Holding holding,
      @Nullable String failure) {
    public StepResult.Held result() {
      return holding == null ? failed(failure) : holding.result();
    }
  }

  @ActivityMethod(name = "ChangeHeld")
  void held(Held held);

  record Measured(
      ChangeRef input, int measurement, ActionActivities.@Nullable Measurement values) {}

  @ActivityMethod(name = "ChangeMeasured")
  void measured(Measured measured);

  record Cleaned(
      ChangeRef input,
      int step,
      ActionActivities.@Nullable Cleaning cleaning,
      @Nullable String failure) {
    public StepResult.Cleaned result() {
      return cleaning == null ? failed(failure) : cleaning.result();
    }
  }

  @ActivityMethod(name = "ChangeCleaned")
  void cleaned(Cleaned cleaned);

  /**
   * @param ask null where it could not be read
   * @param refusal what the workflow already finds wrong with it
   */
  record Wish(ChangeRef input, ChangeWorkflow.@Nullable Ask ask, @Nullable String refusal) {}

  /**
   * @param refusal the problem's type; null when it was taken
   */
  record Answer(@Nullable String refusal, String detail, String status) {}

  /** Asks for a proof of who wishes it, and writes down what it refuses. */
  @ActivityMethod(name = "ChangeAsk")
  Answer ask(Wish wish);
}
