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
import dev.steward.model.Finding.Confidence;
import dev.steward.model.Resource;
import java.time.Instant;
import java.util.Optional;

/** Snapshots that nobody seems to need. */
final class AgedSnapshots {
  static final WasteCheck.Row OLD =
      WasteCheck.of("old_snapshot", "Old snapshot of a volume that is there, in no image")
          .version(3)
          .needs(Images.ID, Volumes.ID, LaunchTemplates.ID, LaunchConfigurations.ID)
          .looksTwice()
          .threshold(Threshold.minAge(90, "snapshots are kept for a while on purpose"))
          .answeredBy(DeleteSnapshot.ID)
          .rule(AgedSnapshots::old);

  static final WasteCheck.Row ORPHAN =
      WasteCheck.of("orphan_snapshot", "Snapshot whose volume is gone")
          .version(4)
          .needs(Images.ID, Volumes.ID, LaunchTemplates.ID, LaunchConfigurations.ID)
          .looksTwice()
          .threshold(Threshold.minAge(30, "the last copy of a volume is kept for a while"))
          .answeredBy(DeleteSnapshot.ID)
          .rule(AgedSnapshots::orphan);

  private static final String NO_VOLUME = "nobody can tell which volume it was made of";

  private AgedSnapshots() {}

  static Verdict old(Resource snapshot, Sight sight) {
    if (CopiedSnapshot.of(snapshot) != CopiedSnapshot.NO)
      return CopiedSnapshot.of(snapshot).verdict();
    // A snapshot without its volume is the other check's.
    if (!sight.isAnswered(snapshot.region(), Volumes.ID))
      return unknown("volumes of the region were not answered");
    String volume = Snapshots.VOLUME.text(snapshot);
    if (volume == null) return unknown(NO_VOLUME);
    if (sight.find(Volumes.ID, snapshot.region(), volume).isEmpty()) return FINE;
    return snapshot(snapshot, sight, Confidence.MEDIUM);
  }

  static Verdict orphan(Resource snapshot, Sight sight) {
    if (CopiedSnapshot.of(snapshot) != CopiedSnapshot.NO)
      return CopiedSnapshot.of(snapshot).verdict();
    if (!sight.isAnswered(snapshot.region(), Volumes.ID))
      return unknown("volumes of the region were not answered");
    String volume = Snapshots.VOLUME.text(snapshot);
    if (volume == null) return unknown(NO_VOLUME);
    if (sight.find(Volumes.ID, snapshot.region(), volume).isPresent()) return FINE;
    // A volume that went lately makes it the last copy, however old it is.
    if (Looks.of(snapshot).sawUse(sight, sight.threshold("min_age_days"))) return FINE;
    return snapshot(snapshot, sight, Confidence.MEDIUM);
  }

  private static Verdict snapshot(Resource snapshot, Sight sight, Confidence confidence) {
    if (snapshot.state() == null) return unknown("its state is not known");
    // One that is being made, or that failed, is none yet.
    if (isBackup(snapshot) || !"completed".equals(snapshot.state())) return FINE;
    Instant created = snapshot.createdAt();
    if (created == null) return unknown("no creation time");
    double age = sight.daysSince(created);
    if (age < sight.threshold("min_age_days")) return FINE;
    Optional<Verdict> named = NamedBy.snapshot(snapshot, sight);
    if (named.isPresent()) return named.get();
    return waste(
        sight,
        Snapshots.KIND.cost().monthly(snapshot, sight.prices()),
        confidence,
        snapshot,
        "age_days",
        days(age),
        "size_gb",
        Snapshots.SIZE.of(snapshot),
        "source_volume",
        Snapshots.VOLUME.text(snapshot),
        "saving_is",
        "an upper bound: snapshots are incremental");
  }

  /** Snapshots of AWS Backup and of Data Lifecycle Manager have their own expiry. */
  private static boolean isBackup(Resource snapshot) {
    String description = Optional.ofNullable(Snapshots.DESCRIPTION.text(snapshot)).orElse("");
    return description.contains("AWS Backup")
        || snapshot.tags().keySet().stream()
            .anyMatch(t -> t.startsWith("aws:backup") || t.startsWith("aws:dlm"));
  }
}
