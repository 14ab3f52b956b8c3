package dev.steward.estate;

import static dev.steward.estate.Evidence.days;
import static dev.steward.estate.Evidence.number;
import static dev.steward.estate.Evidence.time;
import static dev.steward.estate.Evidence.waste;
import static dev.steward.estate.Verdict.FINE;
import static dev.steward.estate.Verdict.unknown;

import dev.steward.model.Finding.Confidence;
import dev.steward.model.Money;
import dev.steward.model.Resource;
import java.time.Instant;
import java.util.Optional;

/** Volumes, their snapshots, and images. */
final class StorageChecks {
  private StorageChecks() {}

  /**
   * Nothing says when it was detached. What is shown counts: the silence of a metric that it sends
   * while it is attached, and what discoveries saw.
   */
  static Verdict unattachedVolume(Resource volume, Sight sight) {
    if (!"available".equals(volume.state())) return FINE;
    Instant created = volume.createdAt();
    if (created == null) return unknown("no creation time");
    double least = sight.threshold("min_age_days");
    Looks looks = Looks.of(volume);
    Optional<Series> attached = sight.series(volume, "attached");
    // Of the day on which it sent the last one, nothing is shown.
    int silent = attached.map(Series::silentAtLast).orElse(0);
    boolean sent = attached.isPresent() && silent < attached.get().values().length;
    double quiet = Math.max(0, silent - 1);
    if (sight.daysSince(created) < least || looks.sawUse(sight, least) || (sent && quiet < least))
      return FINE;
    double shown = Math.max(quiet, sent ? 0 : looks.days(sight));
    if (shown < least)
      return unknown(
          attached.isEmpty()
              ? "nobody can tell for how long it has been attached to nothing: no metric, and too few looks"
              : "nobody can tell whether it has been attached to nothing for so long");
    return waste(
        sight,
        sight.prices().monthly(volume),
        attached.isEmpty() ? Confidence.MEDIUM : Confidence.HIGH,
        volume,
        "state",
        "available",
        "unattached_days_at_least",
        days(shown),
        "metrics_since_days",
        attached.isEmpty() ? "not answered" : "none in " + days(quiet) + " days",
        "seen_unattached_since",
        looks.since() == null ? null : looks.since().toString(),
        "created_days",
        days(sight.daysSince(created)),
        "size_gb",
        volume.attribute("size_gb"),
        "volume_type",
        volume.attribute("volume_type"));
  }

  static Verdict oldSnapshot(Resource snapshot, Sight sight) {
    // A snapshot without its volume is the other check's.
    if (!sight.isAnswered(snapshot.region(), "ebs_volume"))
      return unknown("volumes of the region were not answered");
    String volume = snapshot.attribute("volume");
    if (volume == null || sight.find("ebs_volume", snapshot.region(), volume).isEmpty())
      return FINE;
    return snapshot(snapshot, sight, Confidence.MEDIUM);
  }

  static Verdict orphanSnapshot(Resource snapshot, Sight sight) {
    if (!sight.isAnswered(snapshot.region(), "ebs_volume"))
      return unknown("volumes of the region were not answered");
    String volume = snapshot.attribute("volume");
    if (volume != null && sight.find("ebs_volume", snapshot.region(), volume).isPresent())
      return FINE;
    // A volume that went lately makes it the last copy, however old it is.
    if (Looks.of(snapshot).sawUse(sight, sight.threshold("min_age_days"))) return FINE;
    return snapshot(snapshot, sight, Confidence.MEDIUM);
  }

  private static Verdict snapshot(Resource snapshot, Sight sight, Confidence confidence) {
    if (isBackup(snapshot)) return FINE;
    if (!sight.isAnswered(snapshot.region(), "ec2_image"))
      return unknown("images of the region were not answered");
    if (!sight.referring("ec2_image", "snapshots", snapshot.region(), snapshot.id()).isEmpty())
      return FINE;
    Instant created = snapshot.createdAt();
    if (created == null) return unknown("no creation time");
    double age = sight.daysSince(created);
    if (age < sight.threshold("min_age_days")) return FINE;
    return waste(
        sight,
        sight.prices().monthly(snapshot),
        confidence,
        snapshot,
        "age_days",
        days(age),
        "size_gb",
        snapshot.attribute("size_gb"),
        "source_volume",
        snapshot.attribute("volume"),
        "saving_is",
        "an upper bound: snapshots are incremental");
  }

  /** Snapshots of AWS Backup and of Data Lifecycle Manager have their own expiry. */
  private static boolean isBackup(Resource snapshot) {
    String description = Optional.ofNullable(snapshot.attribute("description")).orElse("");
    return description.contains("AWS Backup")
        || snapshot.tags().keySet().stream()
            .anyMatch(t -> t.startsWith("aws:backup") || t.startsWith("aws:dlm"));
  }

  static Verdict unusedImage(Resource image, Sight sight) {
    if (!sight.isAnswered(image.region(), "ec2_instance"))
      return unknown("instances of the region were not answered");
    if (!sight.referring("ec2_instance", "image", image.region(), image.id()).isEmpty())
      return FINE;
    if (image.flag("public")) return FINE;
    Instant created = image.createdAt();
    if (created == null) return unknown("no creation time");
    Instant launched = time(image.attribute("last_launched"));
    double age =
        sight.daysSince(launched != null && launched.isAfter(created) ? launched : created);
    if (age < sight.threshold("min_age_days")) return FINE;
    if (Looks.of(image).sawUse(sight, sight.threshold("min_age_days"))) return FINE;
    return waste(
        sight,
        sight.prices().sized(image, "ebs_snapshot"),
        Confidence.LOW,
        image,
        "age_days",
        days(age),
        "snapshots",
        image.attribute("snapshots"),
        "size_gb",
        image.attribute("size_gb"),
        "not_checked",
        "launch templates, Auto Scaling groups and other accounts may still name it",
        "saving_is",
        "an upper bound: snapshots are incremental");
  }

  /** A gp3 that is no slower costs less, with the IOPS and the throughput that this takes. */
  static Verdict gp2Volume(Resource volume, Sight sight) {
    if (!"gp2".equals(volume.attribute("volume_type"))) return FINE;
    Optional<Gp3> gp3 = Gp3.asFastAs(volume);
    if (gp3.isEmpty()) return unknown("its size is not known");
    double size = volume.number("size_gb", 0);
    double saving =
        size * (sight.prices().price("ebs_gp2") - sight.prices().price("ebs_gp3"))
            - gp3.get().extra(sight.prices());
    if (saving <= 0) return FINE;
    return waste(
        sight,
        Money.usd(saving),
        Confidence.HIGH,
        volume,
        "size_gb",
        number(size),
        "gp3_iops",
        number(gp3.get().iops()),
        "gp3_throughput_mibs",
        number(gp3.get().throughput()));
  }
}
