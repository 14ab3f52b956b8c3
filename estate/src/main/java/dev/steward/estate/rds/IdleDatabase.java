package dev.steward.estate.rds;

import static dev.steward.estate.shape.Condition.in;
import static dev.steward.estate.shape.Condition.olderThan;
import static dev.steward.estate.shape.Condition.silent;
import static dev.steward.estate.shape.Condition.without;

import dev.steward.estate.LastDay.Over;
import dev.steward.estate.Threshold;
import dev.steward.estate.WasteCheck;
import dev.steward.estate.shape.Shape;
import dev.steward.model.Finding.Confidence;

/**
 * A database that nobody connects to. A replica that nobody reads may be the plan for a disaster.
 */
final class IdleDatabase {
  static final WasteCheck.Row CHECK =
      Shape.check("idle_rds_instance", "Database that nobody connects to")
          .when(
              in("available"),
              without(
                  Databases.REPLICA_OF,
                  "RDS API reference, DBInstance: ReadReplicaSourceDBInstanceIdentifier is there if"
                      + " it is a read replica"),
              olderThan(Threshold.minAge(7, "a younger one may be being set up")),
              silent(Over.MAXIMUM, "connections"))
          .confidence(Confidence.HIGH)
          .saves((database, prices) -> prices.databaseHours(database))
          .savingIs("of the instance; its storage is paid while it is stopped")
          .shows(Databases.CLASS, Databases.ENGINE)
          .row()
          .version(4)
          .answeredBy(StopDatabase.ID, SnapshotAndDeleteDatabase.ID);

  private IdleDatabase() {}
}
