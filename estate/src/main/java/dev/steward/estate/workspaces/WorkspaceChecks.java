package dev.steward.estate.workspaces;

import static dev.steward.estate.Evidence.days;
import static dev.steward.estate.Evidence.waste;
import static dev.steward.estate.Verdict.FINE;
import static dev.steward.estate.Verdict.doubt;
import static dev.steward.estate.Verdict.unknown;

import dev.steward.estate.Evidence;
import dev.steward.estate.Metric;
import dev.steward.estate.MetricSeries;
import dev.steward.estate.Sight;
import dev.steward.estate.Threshold;
import dev.steward.estate.Verdict;
import dev.steward.estate.WasteCheck;
import dev.steward.model.Finding.Confidence;
import dev.steward.model.Resource;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** WorkSpaces that nobody works in, or so seldom that hours would cost less than the month. */
final class WorkspaceChecks {
  static final WasteCheck.Row UNUSED =
      WasteCheck.of("unused_workspace", "WorkSpace that nobody connects to")
          .looksTwice()
          // Cloud Custodian's is 30 or 90.
          .threshold(Threshold.days("min_unused_days", 30, 1, "people are away for weeks"))
          .rule(WorkspaceChecks::unused);

  /**
   * One that is always on costs as much as 80 hours and more of one that stops (WorkSpaces pricing
   * of bundles), and a day has 24.
   */
  static final WasteCheck.Row ALWAYS_ON =
      WasteCheck.of("always_on_workspace", "WorkSpace that is always on and seldom used")
          .reads("connected")
          .standsBackFor("unused_workspace", "one that nobody needs can go")
          .threshold(
              new Threshold(
                  "max_used_days", 1, 0, 14, "days", "of a fortnight, in which somebody connected"))
          .threshold(Threshold.MIN_DATAPOINTS)
          .rule(WorkspaceChecks::alwaysOn);

  private static final Set<String> THERE = Set.of("AVAILABLE", "STOPPED");

  private WorkspaceChecks() {}

  static Verdict unused(Resource workspace, Sight sight) {
    if (workspace.state() == null) return unknown("its state is not known");
    if (!THERE.contains(workspace.state())) return FINE;
    if (!Workspaces.ASKED.isKnown(workspace))
      return doubt("nobody has asked when it was last connected to", List.of(workspace));
    Instant last = Workspaces.CONNECTED.of(workspace);
    if (last == null) return unknown("AWS does not say when it was last connected to");
    double days = sight.daysSince(last);
    if (days < sight.threshold("min_unused_days")) return FINE;
    return waste(
        sight,
        Optional.empty(),
        Confidence.HIGH,
        workspace,
        "unused_days",
        days(days),
        "running_mode",
        Workspaces.MODE.text(workspace),
        "compute",
        Workspaces.COMPUTE.text(workspace),
        "bundle",
        Workspaces.BUNDLE.text(workspace));
  }

  static Verdict alwaysOn(Resource workspace, Sight sight) {
    if (workspace.state() == null) return unknown("its state is not known");
    if (!THERE.contains(workspace.state())) return FINE;
    if (!Workspaces.MODE.isKnown(workspace)) return unknown("its running mode is not known");
    if (!Workspaces.MODE.is("ALWAYS_ON", workspace)) return FINE;
    Optional<MetricSeries> connected = sight.series(workspace, "connected");
    if (connected.isEmpty()) return unknown("metrics were not answered");
    double used = Arrays.stream(connected.get().values()).filter(v -> v > 0).count();
    if (used > sight.threshold("max_used_days")) return FINE;
    // A day that nobody knows of may be one on which somebody worked.
    if (connected.get().wholeDays() < Metric.WINDOW_DAYS - 1) return unknown("too few datapoints");
    return waste(
        sight,
        Optional.empty(),
        Confidence.MEDIUM,
        workspace,
        "used_days",
        Evidence.number(used),
        "window_days",
        Metric.WINDOW_DAYS,
        "compute",
        Workspaces.COMPUTE.text(workspace),
        "saving_is",
        "the month's price less the hours that somebody works");
  }
}
