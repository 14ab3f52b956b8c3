package dev.steward.estate.comprehend;

import static dev.steward.estate.shape.Condition.in;
import static dev.steward.estate.shape.Condition.olderThan;
import static dev.steward.estate.shape.Condition.silent;

import dev.steward.estate.LastDay.Over;
import dev.steward.estate.Threshold;
import dev.steward.estate.WasteCheck;
import dev.steward.estate.shape.Shape;
import dev.steward.model.Finding.Confidence;

/** An endpoint of Comprehend that nothing asks. */
final class IdleEndpoint {
  static final WasteCheck.Row CHECK =
      Shape.check("idle_comprehend_endpoint", "Comprehend endpoint that nothing asks")
          .when(
              in("IN_SERVICE"),
              olderThan(Threshold.minAge(15, "Trusted Advisor waits as long")),
              silent(Over.MAXIMUM, "consumed"))
          .confidence(Confidence.HIGH)
          .shows(Endpoints.UNITS)
          .row();

  private IdleEndpoint() {}
}
