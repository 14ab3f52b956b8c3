package dev.steward.estate;

import static dev.steward.estate.Evidence.number;
import static dev.steward.estate.Evidence.waste;
import static dev.steward.estate.Verdict.FINE;
import static dev.steward.estate.Verdict.unknown;

import dev.steward.model.Finding.Confidence;
import dev.steward.model.Money;
import dev.steward.model.Resource;
import java.time.Instant;
import java.util.Optional;

/** Databases, logs and buckets. */
final class DataChecks {
  private DataChecks() {}

  static Verdict idleDatabase(Resource database, Sight sight) {
    if (!"available".equals(database.state())) return FINE;
    // A replica that nobody reads may still be the plan for a disaster.
    if (database.attribute("replica_of") != null) return FINE;
    Instant created = database.createdAt();
    if (created == null) return unknown("no creation time");
    if (sight.daysSince(created) < sight.threshold("min_age_days")) return FINE;
    Optional<Series> connections = sight.series(database, "connections");
    if (connections.isEmpty()) return unknown("metrics were not answered");
    if (connections.get().datapoints() < sight.threshold("min_datapoints"))
      return unknown(connections.get().datapoints() == 0 ? "no datapoints" : "too few datapoints");
    if (connections.get().max() > 0) return FINE;
    return waste(
        sight,
        sight.prices().databaseHours(database),
        Confidence.HIGH,
        database,
        "connections_max",
        "0",
        "datapoints",
        Integer.toString(connections.get().datapoints()),
        "window_days",
        Integer.toString(connections.get().days()),
        "instance_class",
        database.attribute("instance_class"),
        "engine",
        database.attribute("engine"),
        "saving_is",
        "of the instance; its storage is paid while it is stopped");
  }

  static Verdict logGroupWithoutRetention(Resource group, Sight sight) {
    if (group.attribute("retention_days") != null) return FINE;
    if (group.attribute("stored_bytes") == null) return unknown("no stored size");
    double stored = group.number("stored_bytes", 0) / 1e9;
    if (stored < sight.threshold("min_stored_gb")) return FINE;
    return waste(
        sight,
        Money.usd(stored * sight.prices().price("logs_storage")),
        Confidence.LOW,
        group,
        "retention",
        "for ever",
        "stored_gb",
        number(stored),
        "saving_is",
        "an upper bound: what the retention keeps is still paid");
  }

  static Verdict bucketWithoutLifecycle(Resource bucket, Sight sight) {
    if (bucket.attribute("lifecycle_rules") == null)
      return unknown("the lifecycle could not be read");
    if (bucket.number("lifecycle_rules", 0) > 0) return FINE;
    Optional<Series> size = sight.series(bucket, "size_bytes");
    if (size.isEmpty()) return unknown("metrics were not answered");
    if (size.get().datapoints() == 0) return unknown("no datapoints");
    double gigabytes = size.get().latest() / 1e9;
    if (gigabytes < sight.threshold("min_size_gb")) return FINE;
    double difference = sight.prices().price("s3_standard") - sight.prices().price("s3_infrequent");
    return waste(
        sight,
        Money.usd(gigabytes * difference),
        Confidence.LOW,
        bucket,
        "lifecycle_rules",
        "0",
        "size_gb",
        number(gigabytes),
        "saving_is",
        "an upper bound: if all of it is read seldom enough for infrequent access");
  }
}
