package dev.steward.estate.sagemaker;

import static dev.steward.estate.shape.Condition.in;
import static dev.steward.estate.shape.Condition.olderThan;

import dev.steward.estate.Threshold;
import dev.steward.estate.WasteCheck;
import dev.steward.estate.shape.Shape;
import dev.steward.model.Finding.Confidence;

/** A notebook that runs day and night. What goes on in it AWS does not say. */
final class LongRunningNotebook {
  static final WasteCheck.Row CHECK =
      Shape.check("long_running_notebook", "SageMaker notebook that runs day and night")
          .when(
              in("InService"),
              olderThan(
                  Threshold.days("min_running_days", 7, 1, "some studies take a week"),
                  Notebooks.CHANGED))
          .confidence(Confidence.LOW)
          .savesUnknown()
          .savingIs("of the hours in which nobody works with it")
          .shows(Notebooks.TYPE, Notebooks.LIFECYCLE)
          .row();

  private LongRunningNotebook() {}
}
