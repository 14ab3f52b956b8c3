package dev.steward.estate.logs;

import static dev.steward.estate.Evidence.number;
import static dev.steward.estate.Evidence.waste;
import static dev.steward.estate.Verdict.FINE;
import static dev.steward.estate.Verdict.unknown;

import dev.steward.estate.Sight;
import dev.steward.estate.Threshold;
import dev.steward.estate.Verdict;
import dev.steward.estate.WasteCheck;
import dev.steward.model.Finding.Confidence;
import dev.steward.model.Resource;

/** A log group that keeps everything for ever. */
final class WithoutRetention {
  static final WasteCheck.Row CHECK =
      WasteCheck.of("log_group_without_retention", "Log group that keeps everything for ever")
          .threshold(
              new Threshold(
                  "min_stored_gb", 1, 0, 1e9, "GB", "smaller groups are not worth a change"))
          .answeredBy(SetRetention.ID)
          .rule(WithoutRetention::judge);

  private WithoutRetention() {}

  static Verdict judge(Resource group, Sight sight) {
    if (LogGroups.RETENTION_DAYS.isKnown(group)) return FINE;
    Double bytes = LogGroups.STORED_BYTES.of(group);
    if (bytes == null) return unknown("no stored size");
    double stored = bytes / 1e9;
    if (stored < sight.threshold("min_stored_gb")) return FINE;
    return waste(
        sight,
        LogGroups.KIND.cost().monthly(group, sight.prices()),
        Confidence.LOW,
        group,
        "retention",
        "for ever",
        "stored_gb",
        number(stored),
        "saving_is",
        "an upper bound: what the retention keeps is still paid");
  }
}
