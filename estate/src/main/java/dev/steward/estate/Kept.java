package dev.steward.estate;

import java.util.List;

/**
 * What an action makes and keeps so that it can be undone. It is never waste while an undo may need
 * it, and it is removed when the undo has expired.
 *
 * @param recipe under which name the id of what was made stands in a step's recipe
 * @param kind of what was made
 * @param iam the IAM actions that finding and removing it needs
 */
public record Kept(String recipe, String kind, List<String> iam) {
  /**
   * The tag on whatever a step makes; its value is the change's id, a slash and the step's number.
   */
  public static final String STEP_TAG = "steward:step";

  /** The tag on what an undo made. */
  public static final String UNDO_TAG = "steward:undo";

  public Kept {
    iam = List.copyOf(iam);
  }
}
