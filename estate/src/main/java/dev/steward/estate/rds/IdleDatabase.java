package dev.steward.estate.rds;

import static dev.steward.estate.Evidence.waste;
import static dev.steward.estate.Verdict.FINE;
import static dev.steward.estate.Verdict.unknown;

import dev.steward.estate.LastDay;
import dev.steward.estate.MetricSeries;
import dev.steward.estate.Sight;
import dev.steward.estate.Threshold;
import dev.steward.estate.Verdict;
import dev.steward.estate.WasteCheck;
import dev.steward.model.Finding.Confidence;
import dev.steward.model.Resource;
import java.time.Instant;
import java.util.Optional;

/** A database that nobody connects to. */
final class IdleDatabase {
  static final WasteCheck.Row CHECK =
      WasteCheck.of("idle_rds_instance", "Database that nobody connects to")
          .version(3)
          .reads("connections")
          .threshold(Threshold.minAge(7, "a younger one may be being set up"))
          .threshold(Threshold.MIN_DATAPOINTS)
          .answeredBy(StopDatabase.ID, SnapshotAndDeleteDatabase.ID)
          .lastDay(LastDay.none(LastDay.Over.MAXIMUM, "connections"))
          .rule(IdleDatabase::judge);

  private IdleDatabase() {}

  static Verdict judge(Resource database, Sight sight) {
    if (!"available".equals(database.state())) return FINE;
    // A replica that nobody reads may still be the plan for a disaster.
    if (Databases.REPLICA_OF.isKnown(database)) return FINE;
    Instant created = database.createdAt();
    if (created == null) return unknown("no creation time");
    if (sight.daysSince(created) < sight.threshold("min_age_days")) return FINE;
    Optional<MetricSeries> connections = sight.series(database, "connections");
    if (connections.isEmpty()) return unknown("metrics were not answered");
    int days = connections.get().wholeDays();
    Optional<Verdict> few = sight.tooFew(days);
    if (few.isPresent()) return few.get();
    if (connections.get().max() > 0) return FINE;
    return waste(
        sight,
        sight.prices().databaseHours(database),
        Confidence.HIGH,
        database,
        "connections_max",
        "0",
        "datapoints",
        Integer.toString(days),
        "window_days",
        Integer.toString(connections.get().resolution().days()),
        "instance_class",
        Databases.CLASS.of(database),
        "engine",
        Databases.ENGINE.of(database),
        "saving_is",
        "of the instance; its storage is paid while it is stopped");
  }
}
