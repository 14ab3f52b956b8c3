package dev.steward.workflows.governance;

import dev.steward.model.Money;
import dev.steward.model.StepResult;
import dev.steward.model.job.Jobs.ChangeRef;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a change does in AWS. Task queue {@code aws}. Each may run again at any point, and then ends
 * as if it had run once: it looks before it acts, and what it makes carries the step's name.
 */
@ActivityInterface
public interface ActionActivities {
  record StepRef(ChangeRef input, int step) {}

  /**
   * What a resource looks like now.
   *
   * @param drift what differs from the plan, in words; empty when the step may go on
   * @param recipe what an undo will need beside the plan
   */
  record Inspection(List<String> drift, Map<String, String> recipe) {
    public Inspection {
      drift = List.copyOf(drift);
      recipe = Map.copyOf(recipe);
    }

    StepResult.Looked result() {
      return drift.isEmpty()
          ? new StepResult.AsPlanned(recipe)
          : new StepResult.Drifted(recipe, String.join("; ", drift));
    }
  }

  @ActivityMethod(name = "ActionCheck")
  Inspection check(StepRef step);

  /**
   * @param drift why nothing was done; empty when it was
   * @param recipe what was made on the way, for the undo
   */
  record Execution(List<String> drift, Map<String, String> recipe, String detail) {
    public Execution {
      drift = List.copyOf(drift);
      recipe = Map.copyOf(recipe);
    }

    StepResult.Acted result() {
      return drift.isEmpty()
          ? new StepResult.Done(recipe, detail)
          : new StepResult.Drifted(recipe, detail);
    }
  }

  /** Acts, and reads AWS again to see that it is so. */
  @ActivityMethod(name = "ActionExecute")
  Execution execute(StepRef step);

  /** What a version that did not say {@code begun} wrote where nothing was. */
  String NOTHING_BEGUN = "nothing was begun";

  /**
   * @param begun whether there was anything to put back; null from a version that did not say
   */
  record Reversal(boolean back, String detail, @Nullable Boolean begun) {
    public static Reversal nothingBegun() {
      return new Reversal(true, NOTHING_BEGUN, false);
    }

    StepResult.Reversed result() {
      if (!back) return new StepResult.Failed(detail);
      return new StepResult.Back(begun == null ? !detail.equals(NOTHING_BEGUN) : begun, detail);
    }
  }

  /** Puts back what the step did, or what it had begun. */
  @ActivityMethod(name = "ActionUndo")
  Reversal undo(StepRef step);

  /**
   * @param released somebody started it on purpose
   * @param again AWS had started it, and it was stopped again
   */
  record Holding(boolean released, boolean again, String detail) {
    public static Holding still(String detail) {
      return new Holding(false, false, detail);
    }

    public static Holding released(String detail) {
      return new Holding(true, false, detail);
    }

    public static Holding stoppedAgain(String detail) {
      return new Holding(false, true, detail);
    }

    StepResult.Held result() {
      if (released) return new StepResult.Released(detail);
      return again ? new StepResult.StoppedAgain(detail) : new StepResult.Still(detail);
    }
  }

  @ActivityMethod(name = "ActionHold")
  Holding hold(StepRef step);

  record MeasureRef(ChangeRef input, int measurement) {}

  record Measure(int step, @Nullable Money monthly, String basis) {}

  record Measurement(List<Measure> measures) {
    public Measurement {
      measures = List.copyOf(measures);
    }
  }

  @ActivityMethod(name = "ActionMeasure")
  Measurement measure(MeasureRef ref);

  /**
   * @param removed the ids of what is gone; empty where nothing of it was left
   */
  record Cleaning(List<String> removed) {
    public Cleaning {
      removed = List.copyOf(removed);
    }

    StepResult.Cleaned result() {
      return new StepResult.Removed(removed);
    }
  }

  /** Removes what the step kept for its undo, which has expired. */
  @ActivityMethod(name = "ActionClean")
  Cleaning clean(StepRef step);
}
