package dev.steward.estate.rds;

import dev.steward.estate.Remediation;
import dev.steward.model.Risk;

/** Stops a database, and again whenever AWS has started it, which it does after seven days. */
public final class StopDatabase {
  public static final String ID = "stop_rds_instance";

  private StopDatabase() {}

  static Remediation.Row row() {
    return Remediation.of(ID, "Stop the database, and hold it stopped", Risk.MEDIUM)
        .undoneBy("the database is started again")
        .isHeld()
        .needs("rds:StopDBInstance", "rds:StartDBInstance")
        .in("available")
        .unused()
        .watching(
            Databases.CLASS,
            Databases.ENGINE,
            Databases.CLUSTER,
            Databases.REPLICA_OF,
            Databases.REPLICAS,
            Databases.ENCRYPTED,
            Databases.KMS_KEY)
        .leavesIn("stopped")
        .with(StandingAlone::only)
        .refusedWhere(
            (database, parameters) ->
                Databases.ENGINE.of(database, "").startsWith("sqlserver")
                    && !Databases.MULTI_AZ.is(false, database),
            "AWS does not stop SQL Server in several zones, in which it is or may be")
        .money(money ->
            money
                .ends("the instance's hours", money.prices().databaseHours(money.resource()))
                .stays("its storage", money.prices().databaseStorage(money.resource())));
  }
}
