package dev.steward.estate.kms;

import static dev.steward.estate.shape.Condition.in;
import static dev.steward.estate.shape.Condition.is;
import static dev.steward.estate.shape.Condition.seenUnused;

import dev.steward.estate.Threshold;
import dev.steward.estate.WasteCheck;
import dev.steward.estate.shape.Shape;
import dev.steward.model.Finding.Confidence;

/**
 * A key that is switched off, and paid all the same. When a key was last used AWS does not say
 * here, so one that is on is not judged.
 */
final class DisabledKey {
  static final WasteCheck.Row CHECK =
      Shape.check("disabled_kms_key", "KMS key that is switched off")
          .when(
              in("Disabled"),
              is(KmsKeys.MANAGER, "CUSTOMER"),
              // As Cloud Custodian.
              seenUnused(Threshold.days("min_unused_days", 30, 1, "it may be switched on again")))
          .confidence(Confidence.LOW)
          .savingIs("of a deletion, after which nothing encrypted under it can be read")
          .shows(KmsKeys.DESCRIPTION, KmsKeys.MULTI_REGION)
          .row();

  private DisabledKey() {}
}
