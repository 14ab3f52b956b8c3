package dev.steward.activities.governance;

import dev.steward.aws.actions.Keys;
import dev.steward.aws.actions.Referrers;
import dev.steward.aws.actions.Seen;
import dev.steward.aws.actions.Site;
import dev.steward.aws.actions.UsageProbe;
import dev.steward.domain.governance.desk.Exemptions;
import dev.steward.domain.governance.desk.UndoNeeds;
import dev.steward.domain.governance.plan.Drift;
import dev.steward.estate.LastDay;
import dev.steward.estate.WasteCheck;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.estate.catalogue.WasteDetector;
import dev.steward.model.Change;
import dev.steward.model.CheckSettings;
import dev.steward.model.Exemption;
import dev.steward.model.Finding;
import dev.steward.model.PlanStep;
import dev.steward.model.Resource;
import dev.steward.storage.State;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The look before a step. It says everything that speaks against acting on the resource as it is
 * now; whatever cannot be found out speaks against it too.
 */
final class BeforeActing {
  private final Store store;
  private final InstantSource clock;

  BeforeActing(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  Seen look(Change change, PlanStep step, Site site, Resource now) {
    return look(change, step, site, now, true, false);
  }

  /**
   * The look at a step that was begun, which has changed some of what it looks at. Once it has, the
   * last day's metrics are its own doing too: a stop is silent, and a start is busy.
   */
  Seen again(Change change, PlanStep step, Site site, Resource now) {
    Resource planned = Drift.asPlanned(step, now);
    return look(change, step, site, planned, planned.equals(now), true);
  }

  private Seen look(
      Change change, PlanStep step, Site site, Resource now, boolean usage, boolean begun) {
    List<String> against = new ArrayList<>(Drift.of(step, Optional.of(now)));
    // What is no longer what was planned need not be asked about any further.
    if (!against.isEmpty()) return new Seen(against, List.of());
    against.addAll(site.row().refusals(now, step.parameters()));
    State state = store.state();
    against.addAll(said(state, change, step));
    UndoNeeds.of(state, change.account(), clock.instant()).why(now).ifPresent(against::add);
    if (usage) against.addAll(used(state, change, step, site, now));
    Referrers.Found found = Referrers.of(site, now);
    against.addAll(found.refusals());
    Seen keys = begun ? Keys.again(site, now) : Keys.look(site, now);
    against.addAll(keys.against());
    List<String> notes = new ArrayList<>(found.notes());
    notes.addAll(keys.notes());
    return new Seen(against, notes);
  }

  /** What people have said of it since it was planned; and a scan that no longer finds it. */
  private List<String> said(State state, Change change, PlanStep step) {
    List<String> against = new ArrayList<>();
    Instant now = clock.instant();
    Exemptions.covering(state, change.organization(), change.account(), step, now)
        .ifPresent((Exemption e) -> against.add("it is exempt until " + e.until()));
    if (step.finding() == null) return against;
    Optional<Finding> finding = state.find(Tables.FINDINGS, step.finding().value());
    if (finding.isEmpty()) against.add("the finding is gone");
    else if (finding.get().state() == Finding.State.DISMISSED)
      against.add("the finding was dismissed");
    else if (finding.get().state() == Finding.State.RESOLVED)
      against.add("a later scan no longer finds it");
    return against;
  }

  /**
   * What was found unused must still be shown to be unused, by the organization's own thresholds as
   * they are now: one that was made stricter since the plan holds, and one that was loosened is the
   * organization's newest word.
   */
  private List<String> used(State state, Change change, PlanStep step, Site site, Resource now) {
    if (step.finding() == null || step.check() == null) return List.of();
    WasteCheck check = Catalogue.check(step.check()).orElse(null);
    if (check == null || check.lastDay() == null) return List.of();
    CheckSettings own =
        state
            .find(Tables.CHECK_SETTINGS, CheckSettings.key(change.organization(), check.id()))
            .orElse(null);
    Map<String, Double> thresholds = new HashMap<>(WasteDetector.thresholds(check, own));
    state
        .find(Tables.FINDINGS, step.finding().value())
        .ifPresent(finding -> LastDay.measured(finding.evidence()).forEach(thresholds::put));
    return UsageProbe.refusals(site.clients(), now, check.lastDay(), thresholds, clock.instant());
  }
}
