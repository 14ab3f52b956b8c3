package dev.steward.activities.waste;

import dev.steward.domain.data.OwnSeries;
import dev.steward.domain.serve.Champions;
import dev.steward.domain.serve.Forecasts;
import dev.steward.model.Account;
import dev.steward.model.Scan;
import dev.steward.model.job.Jobs.ScanRef;
import dev.steward.storage.Events;
import dev.steward.storage.State;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.workflows.waste.UsageActivities;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Tells what is unusual about the hours of an account's resources, as an event. */
public final class UsageLook implements UsageActivities {
  private final Store store;
  private final Forecasts forecasts;
  private final InstantSource clock;

  public UsageLook(Store store, Champions champions, InstantSource clock) {
    this.store = store;
    forecasts = new Forecasts(champions);
    this.clock = clock;
  }

  @Override
  public void look(ScanRef input) {
    ActivityExecutionContext activity = Activity.getExecutionContext();
    State state = store.state();
    Optional<Account> account = state.find(Tables.ACCOUNTS, input.account().value());
    Optional<Scan> scan = state.find(Tables.SCANS, input.scan().value());
    if (account.isEmpty() || scan.isEmpty()) return;
    UsageAnomalies.since(
            since(state, scan.get()),
            OwnSeries.hourly(state, List.of(account.get())),
            forecasts,
            input.organization(),
            () -> activity.heartbeat(null))
        .ifPresent(why ->
            store.write(t -> {
              Events.append(
                  t,
                  input.organization(),
                  "anomaly.usage",
                  input.account().value(),
                  why,
                  clock.instant());
              return true;
            }));
  }

  /** When the scan before began, or a day ago. */
  private static Instant since(State state, Scan scan) {
    return state
        .rows(Tables.SCANS)
        .where("account", scan.account().value())
        .filter(s -> s.status().isOver() && s.startedAt().isBefore(scan.startedAt()))
        .map(Scan::startedAt)
        .max(Instant::compareTo)
        .orElse(scan.startedAt().minus(Duration.ofDays(1)));
  }
}
