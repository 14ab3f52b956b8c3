package dev.steward.estate.cloudwatch;

import static dev.steward.estate.shape.Condition.in;
import static dev.steward.estate.shape.Condition.is;
import static dev.steward.estate.shape.Condition.olderThan;

import dev.steward.estate.Threshold;
import dev.steward.estate.WasteCheck;
import dev.steward.estate.shape.Shape;
import dev.steward.model.Finding.Confidence;

/**
 * An alarm whose metric tells nothing. One that waits for what never happened, such as errors,
 * looks the same.
 */
final class StuckAlarm {
  static final WasteCheck.Row CHECK =
      Shape.check("alarm_without_data", "Alarm whose metric tells nothing")
          .when(
              in("INSUFFICIENT_DATA"),
              is(Alarms.SCALES, "false"),
              // As Cloud Custodian.
              olderThan(
                  Threshold.days("min_silent_days", 30, 1, "some metrics pause for weeks"),
                  Alarms.SINCE))
          .confidence(Confidence.LOW)
          .shows(Alarms.NAMESPACE, Alarms.METRIC, Alarms.MISSING)
          .row();

  private StuckAlarm() {}
}
