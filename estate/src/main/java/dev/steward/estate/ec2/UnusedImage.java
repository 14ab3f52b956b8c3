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
import java.util.Optional;
import java.util.Set;

/** An image that no instance was made from. */
final class UnusedImage {
  static final WasteCheck.Row CHECK =
      WasteCheck.of("unused_image", "Image that no instance was made from")
          .version(4)
          .needs(Instances.ID, LaunchTemplates.ID, LaunchConfigurations.ID, ImageParameters.ID)
          .looksTwice()
          .threshold(Threshold.minAge(90, "a younger image may be the next release"))
          .answeredBy(DeregisterImage.ID)
          .rule(UnusedImage::judge);

  /** It has no snapshots yet, or never will (EC2 API reference, Image: state). */
  private static final Set<String> NOT_YET =
      Set.of("pending", "failed", "error", "invalid", "transient");

  private UnusedImage() {}

  static Verdict judge(Resource image, Sight sight) {
    if (image.state() == null) return unknown("its state is not known");
    if (Images.PUBLIC.is(true, image) || NOT_YET.contains(image.state())) return FINE;
    Instant created = image.createdAt();
    if (created == null) return unknown("no creation time");
    Instant launched = Images.LAST_LAUNCHED.of(image);
    double age =
        sight.daysSince(launched != null && launched.isAfter(created) ? launched : created);
    if (age < sight.threshold("min_age_days")) return FINE;
    if (Looks.of(image).sawUse(sight, sight.threshold("min_age_days"))) return FINE;
    Optional<Verdict> named = NamedBy.image(image, sight);
    if (named.isPresent()) return named.get();
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
        Images.SIZE.of(image),
        "not_checked",
        "fleets that name it themselves, and code",
        "saving_is",
        "an upper bound: snapshots are incremental");
  }
}
