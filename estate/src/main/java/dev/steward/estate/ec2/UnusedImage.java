package dev.steward.estate.ec2;

import static dev.steward.estate.Evidence.days;
import static dev.steward.estate.Evidence.waste;
import static dev.steward.estate.Verdict.FINE;
import static dev.steward.estate.Verdict.unknown;

import dev.steward.estate.Looks;
import dev.steward.estate.Sight;
import dev.steward.estate.Threshold;
import dev.steward.estate.Verdict;
import dev.steward.estate.WasteCheck;
import dev.steward.estate.price.Item.Unit;
import dev.steward.model.Finding.Confidence;
import dev.steward.model.Resource;
import java.time.Instant;

/** An image that no instance was made from. */
final class UnusedImage {
  static final WasteCheck.Row CHECK =
      WasteCheck.of("unused_image", "Image that no instance was made from")
          .version(2)
          .needs(Instances.ID)
          .threshold(Threshold.minAge(90, "a younger image may be the next release"))
          .answeredBy(DeregisterImage.ID)
          .rule(UnusedImage::judge);

  private UnusedImage() {}

  static Verdict judge(Resource image, Sight sight) {
    if (!sight.isAnswered(image.region(), Instances.ID))
      return unknown("instances of the region were not answered");
    if (!sight.referring(Instances.ID, Instances.IMAGE, image.region(), image.id()).isEmpty())
      return FINE;
    if (Images.PUBLIC.of(image, false)) return FINE;
    Instant created = image.createdAt();
    if (created == null) return unknown("no creation time");
    Instant launched = Images.LAST_LAUNCHED.of(image);
    double age =
        sight.daysSince(launched != null && launched.isAfter(created) ? launched : created);
    if (age < sight.threshold("min_age_days")) return FINE;
    if (Looks.of(image).sawUse(sight, sight.threshold("min_age_days"))) return FINE;
    return waste(
        sight,
        sight.prices().sized(image, Unit.EBS_SNAPSHOT),
        Confidence.LOW,
        image,
        "age_days",
        days(age),
        "snapshots",
        Images.SNAPSHOTS.text(image),
        "size_gb",
        Images.SIZE.text(image),
        "not_checked",
        "launch templates, Auto Scaling groups and other accounts may still name it",
        "saving_is",
        "an upper bound: snapshots are incremental");
  }
}
