package dev.steward.estate.ec2;

import static dev.steward.estate.Evidence.days;
import static dev.steward.estate.Evidence.waste;
import static dev.steward.estate.Verdict.FINE;
import static dev.steward.estate.Verdict.unknown;

import dev.steward.estate.LastDay;
import dev.steward.estate.Looks;
import dev.steward.estate.MetricSeries;
import dev.steward.estate.Sight;
import dev.steward.estate.Threshold;
import dev.steward.estate.Verdict;
import dev.steward.estate.WasteCheck;
import dev.steward.model.Finding.Confidence;
import dev.steward.model.Resource;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** A volume that is attached to nothing. */
final class UnattachedVolume {
  static final WasteCheck.Row CHECK =
      WasteCheck.of("unattached_volume", "Volume attached to nothing")
          .version(4)
          .reads("attached", "reads", "writes")
          .threshold(Threshold.minAge(7, "shown to be attached to nothing for so long, and as old"))
          .answeredBy(SnapshotAndDeleteVolume.ID)
          .lastDay(LastDay.none(LastDay.Over.SUM, "attached", "reads", "writes"))
          .rule(UnattachedVolume::judge);

  private UnattachedVolume() {}

  /**
   * Nothing says when it was detached. What is shown counts: the silence of metrics that it sends
   * while it is attached, and what discoveries saw.
   */
  static Verdict judge(Resource volume, Sight sight) {
    if (!"available".equals(volume.state())) return FINE;
    Instant created = volume.createdAt();
    if (created == null) return unknown("no creation time");
    double least = sight.threshold("min_age_days");
    Looks looks = Looks.of(volume);
    Optional<MetricSeries> attached = sight.series(volume, "attached");
    Optional<MetricSeries> reads = sight.series(volume, "reads");
    Optional<MetricSeries> writes = sight.series(volume, "writes");
    // Of the day on which it sent the last one, nothing is shown.
    double quiet = Math.max(0, attached.map(MetricSeries::silentAtLast).orElse(0) - 1);
    boolean lately =
        Stream.of(attached, reads, writes)
            .flatMap(Optional::stream)
            .anyMatch(s -> s.silentAtLast() < s.values().length && s.silentAtLast() - 1 < least);
    if (sight.daysSince(created) < least || looks.sawUse(sight, least) || lately) return FINE;
    // Looks miss what is attached each night: who does not answer may hide it.
    boolean onlyOneMayHaveIt = Volumes.MULTI_ATTACH.is(false, volume);
    if (onlyOneMayHaveIt ? attached.isEmpty() : reads.isEmpty() || writes.isEmpty())
      return unknown("metrics were not answered");
    boolean sent = attached.filter(s -> s.silentAtLast() < s.values().length).isPresent();
    double shown = Math.max(quiet, sent ? 0 : looks.days(sight));
    if (shown < least)
      return unknown(
          attached.isEmpty()
              ? "nobody can tell for how long it has been attached to nothing: no metric, and too"
                  + " few looks"
              : "nobody can tell whether it has been attached to nothing for so long");
    return waste(
        sight,
        Volumes.KIND.cost().monthly(volume, sight.prices()),
        attached.isEmpty() ? Confidence.MEDIUM : Confidence.HIGH,
        volume,
        "state",
        "available",
        "unattached_days_at_least",
        days(shown),
        "metrics",
        attached.isEmpty() ? "not answered" : null,
        "metrics_silent_days",
        attached.isEmpty() ? null : days(quiet),
        "seen_unattached_since",
        looks.since(),
        "created_days",
        days(sight.daysSince(created)),
        "size_gb",
        Volumes.SIZE.of(volume),
        "volume_type",
        Volumes.TYPE.text(volume));
  }
}
