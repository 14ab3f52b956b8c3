package dev.steward.model;

import java.util.List;
import java.util.Map;

/**
 * What came of one thing that was done about a step. Each question has its own answers; that there
 * was none ({@link Failed}) is one of all of them, so that nobody takes it for a yes.
 */
public sealed interface StepResult {
  /** What a look at the resource came to. */
  sealed interface Looked extends StepResult permits AsPlanned, Drifted, Failed {}

  /** What carrying it out came to. */
  sealed interface Acted extends StepResult permits Done, Drifted, Failed {}

  /** What putting it back came to. */
  sealed interface Reversed extends StepResult permits Back, Failed {}

  /** What the daily look at a stopped database came to. */
  sealed interface Held extends StepResult permits Still, Released, StoppedAgain, Failed {}

  /** What the removal of what was kept for an expired undo came to. */
  sealed interface Cleaned extends StepResult permits Removed, Failed {}

  /**
   * @param recipe what an undo will need beside the plan
   */
  record AsPlanned(Map<String, String> recipe) implements Looked {
    public AsPlanned {
      recipe = Map.copyOf(recipe);
    }
  }

  /**
   * Something speaks against it, and it is not carried out.
   *
   * @param recipe what was made on the way, and stays
   */
  record Drifted(Map<String, String> recipe, String why) implements Looked, Acted {
    public Drifted {
      recipe = Map.copyOf(recipe);
    }
  }

  /** There is no answer: AWS refused, or did not answer in time. */
  record Failed(String why) implements Looked, Acted, Reversed, Held, Cleaned {}

  /**
   * @param recipe what was made on the way, for the undo
   */
  record Done(Map<String, String> recipe, String detail) implements Acted {
    public Done {
      recipe = Map.copyOf(recipe);
    }
  }

  /**
   * Everything is as it was.
   *
   * @param begun whether there was anything to put back
   */
  record Back(boolean begun, String detail) implements Reversed {}

  /** It is held still, or it is not known that it is not. */
  record Still(String detail) implements Held {}

  /** Somebody started it on purpose, so it is let go. */
  record Released(String detail) implements Held {}

  /** AWS had started it, and it was stopped again. */
  record StoppedAgain(String detail) implements Held {}

  /**
   * @param ids of what is gone; empty where nothing of it was left
   */
  record Removed(List<String> ids) implements Cleaned {
    public Removed {
      ids = List.copyOf(ids);
    }
  }
}
