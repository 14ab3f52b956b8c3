package dev.steward.estate.ec2;

import static dev.steward.estate.Evidence.days;
import static dev.steward.estate.Evidence.waste;
import static dev.steward.estate.Verdict.FINE;
import static dev.steward.estate.Verdict.doubt;
import static dev.steward.estate.Verdict.unknown;

import dev.steward.estate.Looks;
import dev.steward.estate.Sight;
import dev.steward.estate.Threshold;
import dev.steward.estate.Verdict;
import dev.steward.estate.WasteCheck;
import dev.steward.model.Finding.Confidence;
import dev.steward.model.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Snapshots that nobody seems to need. */
final class AgedSnapshots {
  static final WasteCheck.Row OLD =
      WasteCheck.of("old_snapshot", "Old snapshot of a volume that is there, in no image")
          .version(2)
          .needs(Images.ID, Volumes.ID, LaunchTemplates.ID, LaunchConfigurations.ID)
          .looksTwice()
          .threshold(Threshold.minAge(90, "snapshots are kept for a while on purpose"))
          .answeredBy(DeleteSnapshot.ID)
          .rule(AgedSnapshots::old);

  static final WasteCheck.Row ORPHAN =
      WasteCheck.of("orphan_snapshot", "Snapshot whose volume is gone")
          .version(3)
          .needs(Images.ID, Volumes.ID, LaunchTemplates.ID, LaunchConfigurations.ID)
          .looksTwice()
          .threshold(Threshold.minAge(30, "the last copy of a volume is kept for a while"))
          .answeredBy(DeleteSnapshot.ID)
          .rule(AgedSnapshots::orphan);

  private AgedSnapshots() {}

  static Verdict old(Resource snapshot, Sight sight) {
    if (CopiedSnapshot.of(snapshot) != CopiedSnapshot.NO)
      return CopiedSnapshot.of(snapshot).verdict();
    // A snapshot without its volume is the other check's.
    if (!sight.isAnswered(snapshot.region(), Volumes.ID))
      return unknown("volumes of the region were not answered");
    String volume = Snapshots.VOLUME.text(snapshot);
    if (volume == null || sight.find(Volumes.ID, snapshot.region(), volume).isEmpty()) return FINE;
    return snapshot(snapshot, sight, Confidence.MEDIUM);
  }

  static Verdict orphan(Resource snapshot, Sight sight) {
    if (CopiedSnapshot.of(snapshot) != CopiedSnapshot.NO)
      return CopiedSnapshot.of(snapshot).verdict();
    if (!sight.isAnswered(snapshot.region(), Volumes.ID))
      return unknown("volumes of the region were not answered");
    String volume = Snapshots.VOLUME.text(snapshot);
    if (volume != null && sight.find(Volumes.ID, snapshot.region(), volume).isPresent())
      return FINE;
    // A volume that went lately makes it the last copy, however old it is.
    if (Looks.of(snapshot).sawUse(sight, sight.threshold("min_age_days"))) return FINE;
    return snapshot(snapshot, sight, Confidence.MEDIUM);
  }

  private static Verdict snapshot(Resource snapshot, Sight sight, Confidence confidence) {
    if (isBackup(snapshot) || !isWhole(snapshot)) return FINE;
    if (!sight.isAnswered(snapshot.region(), Images.ID))
      return unknown("images of the region were not answered");
    if (!sight.referring(Images.ID, Images.SNAPSHOTS, snapshot.region(), snapshot.id()).isEmpty())
      return FINE;
    Instant created = snapshot.createdAt();
    if (created == null) return unknown("no creation time");
    double age = sight.daysSince(created);
    if (age < sight.threshold("min_age_days")) return FINE;
    Optional<Verdict> named = NamedBy.snapshot(snapshot, sight);
    if (named.isPresent()) return named.get();
    Double shared = Snapshots.SHARED.of(snapshot);
    if (shared == null)
      return doubt("nobody has asked whether it is shared with others", List.of(snapshot));
    if (shared > 0) return FINE;
    return waste(
        sight,
        Snapshots.KIND.cost().monthly(snapshot, sight.prices()),
        confidence,
        snapshot,
        "age_days",
        days(age),
        "size_gb",
        Snapshots.SIZE.text(snapshot),
        "source_volume",
        Snapshots.VOLUME.text(snapshot),
        "saving_is",
        "an upper bound: snapshots are incremental");
  }

  /** One that is being made, or that failed, is none yet. */
  private static boolean isWhole(Resource snapshot) {
    return snapshot.state() == null || "completed".equals(snapshot.state());
  }

  /** Snapshots of AWS Backup and of Data Lifecycle Manager have their own expiry. */
  private static boolean isBackup(Resource snapshot) {
    String description = Optional.ofNullable(Snapshots.DESCRIPTION.text(snapshot)).orElse("");
    return description.contains("AWS Backup")
        || snapshot.tags().keySet().stream()
            .anyMatch(t -> t.startsWith("aws:backup") || t.startsWith("aws:dlm"));
  }
}
