package dev.steward.estate.sqs;

import static dev.steward.estate.shape.Condition.olderThan;
import static dev.steward.estate.shape.Condition.silent;
import static dev.steward.estate.shape.Condition.unnamed;

import dev.steward.estate.LastDay.Over;
import dev.steward.estate.Threshold;
import dev.steward.estate.WasteCheck;
import dev.steward.estate.lambda.EventSources;
import dev.steward.estate.lambda.Functions;
import dev.steward.estate.shape.Shape;
import dev.steward.model.Finding.Confidence;

/**
 * A queue that nothing is put into and nothing taken from. Queues for what nobody could take are
 * silent as long as all goes well, so one that is named as such is not judged.
 */
final class DeadQueue {
  static final WasteCheck.Row CHECK =
      Shape.check("dead_sqs_queue", "SQS queue without messages")
          .when(
              olderThan(Threshold.minAge(30, "a younger one may be being set up"), Queues.MADE),
              silent(Over.SUM, "sent", "received"),
              silent(Over.MAXIMUM, "waiting"),
              unnamed(Queues.ID, Queues.DEAD_LETTERS),
              unnamed(EventSources.ID, EventSources.QUEUE),
              unnamed(Functions.ID, Functions.DEAD_LETTERS))
          .confidence(Confidence.LOW)
          // SQS pricing: paid by the request, without a minimum.
          .savesNothing()
          .row();

  private DeadQueue() {}
}
