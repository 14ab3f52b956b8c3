package dev.steward.estate.states;

import static dev.steward.estate.shape.Condition.olderThan;
import static dev.steward.estate.shape.Condition.silent;

import dev.steward.estate.LastDay.Over;
import dev.steward.estate.Threshold;
import dev.steward.estate.WasteCheck;
import dev.steward.estate.shape.Shape;
import dev.steward.model.Finding.Confidence;

/** A state machine that nothing starts. */
final class IdleStateMachine {
  static final WasteCheck.Row CHECK =
      Shape.check("idle_state_machine", "State machine that nothing starts")
          .when(
              olderThan(Threshold.minAge(30, "a younger one may be being set up")),
              silent(Over.SUM, "started"))
          .confidence(Confidence.LOW)
          // Step Functions pricing: paid by transitions or by requests and their time.
          .savesNothing()
          .row();

  private IdleStateMachine() {}
}
