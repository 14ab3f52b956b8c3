package dev.steward.estate.sns;

import static dev.steward.estate.shape.Condition.is;
import static dev.steward.estate.shape.Condition.seenUnused;
import static dev.steward.estate.shape.Condition.silent;

import dev.steward.estate.LastDay.Over;
import dev.steward.estate.Threshold;
import dev.steward.estate.WasteCheck;
import dev.steward.estate.shape.Shape;
import dev.steward.model.Finding.Confidence;

/** A topic that nobody listens to: what is published there goes nowhere. */
final class TopicWithoutSubscribers {
  static final WasteCheck.Row CHECK =
      Shape.check("topic_without_subscribers", "SNS topic that nobody listens to")
          .when(
              is(Topics.CONFIRMED, "0"),
              is(Topics.PENDING, "0"),
              silent(Over.SUM, "published"),
              seenUnused(Threshold.days("min_unused_days", 30, 1, "it may be being set up")))
          .confidence(Confidence.LOW)
          // SNS pricing: paid by what is published and delivered, without a minimum.
          .savesNothing()
          .row();

  private TopicWithoutSubscribers() {}
}
