package dev.steward.estate.sagemaker;

import static dev.steward.estate.shape.Condition.in;
import static dev.steward.estate.shape.Condition.olderThan;
import static dev.steward.estate.shape.Condition.silent;

import dev.steward.estate.LastDay.Over;
import dev.steward.estate.Threshold;
import dev.steward.estate.WasteCheck;
import dev.steward.estate.shape.Shape;
import dev.steward.model.Finding.Confidence;

/** An endpoint of SageMaker that nothing asks. */
final class IdleMlEndpoint {
  static final WasteCheck.Row CHECK =
      Shape.check("idle_sagemaker_endpoint", "SageMaker endpoint that nothing asks")
          .when(
              in("InService"),
              olderThan(Threshold.minAge(7, "a younger one may be being set up")),
              silent(Over.SUM, "invocations"))
          .confidence(Confidence.HIGH)
          .shows(MlEndpoints.VARIANTS, MlEndpoints.TYPES)
          .row();

  private IdleMlEndpoint() {}
}
