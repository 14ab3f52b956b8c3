package dev.steward.estate.rds;

import dev.steward.estate.KeyUse;
import dev.steward.estate.RemediationDraft;
import java.util.List;

/** What actions on a database have in common: they are for one that others do not depend on. */
final class StandingAlone {
  /**
   * RDS user guide, <a
   * href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.Keys.html">Authorizing
   * use of a customer managed key</a>.
   */
  private static final List<String> KEY = List.of("kms:DescribeKey", "kms:CreateGrant");

  private StandingAlone() {}

  /**
   * RDS API reference, StopDBInstance and CreateDBSnapshot; RDS user guide, Stopping a DB instance
   * temporarily.
   */
  static RemediationDraft only(RemediationDraft action) {
    return action
        .keys(KeyUse.always(KEY))
        .refusedWhere(
            (database, parameters) ->
                Databases.CLUSTER.isKnown(database)
                    || Databases.ENGINE.of(database, "").startsWith("aurora"),
            "it is a member of a cluster, which AWS stops, snapshots and restores as a whole")
        .refusedWhere(
            (database, parameters) -> !Databases.ENGINE.isKnown(database),
            "nobody can tell what AWS can do with it: its engine is not known")
        .refusedWhere(
            (database, parameters) -> Databases.REPLICA_OF.isKnown(database),
            "it is a read replica, which AWS does not stop and an undo could not make again")
        .refusedWhere(
            (database, parameters) -> Databases.REPLICAS.isKnown(database),
            "it has read replicas: AWS does not stop it, and they would be promoted if it went")
        .refusedWhere(
            (database, parameters) -> Databases.ENGINE.of(database, "").startsWith("custom-"),
            "RDS Custom cannot be stopped, nor restored with what was set up on its host");
  }
}
