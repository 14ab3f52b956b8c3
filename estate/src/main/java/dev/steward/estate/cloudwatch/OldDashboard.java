package dev.steward.estate.cloudwatch;

import static dev.steward.estate.Evidence.days;
import static dev.steward.estate.Evidence.waste;
import static dev.steward.estate.Verdict.FINE;
import static dev.steward.estate.Verdict.unknown;

import dev.steward.estate.Sight;
import dev.steward.estate.Threshold;
import dev.steward.estate.Verdict;
import dev.steward.estate.WasteCheck;
import dev.steward.estate.price.Item.Unit;
import dev.steward.model.Finding.Confidence;
import dev.steward.model.Resource;
import java.time.Instant;

/**
 * A dashboard that is paid and that nobody changed for long. The three that were changed last are
 * taken for those that are free. Whether anybody looks at it AWS does not say.
 */
final class OldDashboard {
  static final WasteCheck.Row CHECK =
      WasteCheck.of("old_dashboard", "Paid dashboard that nobody changed for long")
          .threshold(
              Threshold.days("min_unchanged_days", 365, 1, "good ones are left alone for long"))
          .rule(OldDashboard::judge);

  /** CloudWatch pricing, free tier: three dashboards of up to 50 metrics. */
  private static final int FREE = 3;

  private OldDashboard() {}

  static Verdict judge(Resource board, Sight sight) {
    Instant changed = Dashboards.CHANGED.of(board);
    if (changed == null) return unknown("nobody can tell when it was last changed");
    double age = sight.daysSince(changed);
    if (age < sight.threshold("min_unchanged_days")) return FINE;
    long newer =
        sight.all(Dashboards.ID).stream()
            .filter(other -> isNewer(other, board.id(), changed))
            .count();
    if (newer < FREE) return FINE;
    return waste(
        sight,
        sight.prices().units(board, Unit.DASHBOARD_MONTH, 1),
        Confidence.LOW,
        board,
        "unchanged_days",
        days(age),
        "newer_dashboards",
        newer,
        "not_checked",
        "whether anybody looks at it");
  }

  /** Of those that were changed at once the names decide. */
  private static boolean isNewer(Resource other, String id, Instant changed) {
    Instant then = Dashboards.CHANGED.of(other);
    return then != null
        && (then.isAfter(changed) || (then.equals(changed) && other.id().compareTo(id) < 0));
  }
}
