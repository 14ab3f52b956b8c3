package dev.steward.estate.rds;

import dev.steward.estate.Attribute;
import dev.steward.estate.Kept;
import dev.steward.estate.Remediation;
import dev.steward.estate.RemediationDraft;
import dev.steward.estate.StepMoney;
import dev.steward.estate.When;
import dev.steward.estate.price.Item.Unit;
import dev.steward.model.Risk;
import java.util.List;
import java.util.Optional;

/** Deletes a database, of which a snapshot is kept. */
public final class SnapshotAndDeleteDatabase {
  public static final String ID = "snapshot_and_delete_rds";

  private SnapshotAndDeleteDatabase() {}

  static Remediation.Row row() {
    return Remediation.of(ID, "Snapshot, then delete the database", Risk.HIGH)
        .undoneBy("a database of the same name, address and settings is restored from the snapshot")
        .needs(
            "rds:CreateDBSnapshot",
            "rds:DescribeDBSnapshots",
            // A snapshot that is in the way after all: the database was not deleted.
            "rds:DeleteDBSnapshot",
            "rds:DeleteDBInstance",
            "rds:RestoreDBInstanceFromDBSnapshot",
            // What a restore does not take.
            "rds:ModifyDBInstance",
            "rds:AddTagsToResource")
        .in("available")
        .unused()
        .watching(
            Databases.CLASS,
            Databases.ENGINE,
            Databases.SIZE,
            Databases.CLUSTER,
            Databases.REPLICA_OF,
            Databases.REPLICAS,
            Databases.DELETION_PROTECTION,
            Databases.ENCRYPTED,
            Databases.KMS_KEY)
        .takesAway()
        .keeps(
            new Kept(
                "snapshot",
                DatabaseSnapshots.ID,
                List.of(
                    "rds:DescribeDBSnapshots",
                    "rds:DescribeDBSnapshotAttributes",
                    "rds:DeleteDBSnapshot")))
        .with(StandingAlone::only)
        .refusedWhere(
            (database, parameters) -> Databases.DELETION_PROTECTION.is(true, database),
            "it is protected against being deleted")
        .refusedWhere(
            (database, parameters) -> !Databases.DELETION_PROTECTION.isKnown(database),
            "nobody can tell whether it is protected against being deleted")
        .refusedWhere(
            (database, parameters) -> "stopped".equals(database.state()),
            "it is stopped, and AWS makes snapshots of an available database only: start it first")
        .with(SnapshotAndDeleteDatabase::losing)
        .madeAgain("DBInstance")
        .money(SnapshotAndDeleteDatabase::money);
  }

  /** What a restore does not bring back. */
  private static RemediationDraft losing(RemediationDraft action) {
    return action
        .loses(
            "the restored database has a new resource id, creation time, address in its subnet and"
                + " server certificate; CloudWatch and Performance Insights begin anew",
            "DBInstance.InstanceCreateTime",
            "DBInstance.DbiResourceId",
            "DBInstance.CertificateDetails.ValidTill")
        .loses(
            "the restored database carries the tag steward:undo, and the snapshot that it is"
                + " restored from stays",
            "DBInstance.Tags.steward:undo",
            "+DBSnapshot")
        .losesWhere(
            (database, parameters) -> Databases.BACKUP_DAYS.of(database, 1.0) > 0,
            "the automated backups of the restored database begin anew; those of before are kept"
                + " under its old resource id until they expire")
        .losesWhere(
            (database, parameters) -> !Databases.MULTI_AZ.is(false, database),
            "AWS chooses anew in which of its zones the first of the two databases is",
            "DBInstance.AvailabilityZone",
            "DBInstance.SecondaryAvailabilityZone")
        .losesWhere(
            having(Databases.MONITORING_ROLE),
            "Enhanced Monitoring is off after an undo: Steward may not pass roles to AWS",
            "DBInstance.MonitoringInterval",
            "DBInstance.MonitoringRoleArn",
            "DBInstance.EnhancedMonitoringResourceArn")
        .losesWhere(
            having(Databases.ROLES),
            "the restored database has none of its roles: Steward may not pass roles to AWS",
            "DBInstance.AssociatedRoles")
        .losesWhere(
            having(Databases.DOMAINS),
            "the restored database is joined to no directory",
            "DBInstance.DomainMemberships")
        .losesWhere(
            having(Databases.MASTER_SECRET),
            "the secret in which RDS keeps its master password goes with it: nobody knows the"
                + " restored one's until a new one is set",
            "DBInstance.MasterUserSecret")
        .losesWhere(
            having(Databases.ACTIVITY_STREAM),
            "its activity stream is off after an undo",
            "DBInstance.ActivityStreamStatus",
            "DBInstance.ActivityStreamMode",
            "DBInstance.ActivityStreamKmsKeyId",
            "DBInstance.ActivityStreamKinesisStreamName")
        .losesWhere(
            having(Databases.BACKUP_COPIES),
            "its backups are no longer copied to another region",
            "DBInstance.DBInstanceAutomatedBackupsReplications")
        .losesWhere(
            having(Databases.PENDING),
            "settings that wait for a reboot or a maintenance window are dropped",
            "DBInstance.PendingModifiedValues");
  }

  private static When having(Attribute<?> attribute) {
    return (database, parameters) -> attribute.isKnown(database);
  }

  private static void money(StepMoney money) {
    money
        .ends("the database", money.monthly())
        .begins("a snapshot of it, at most its whole size", money.sized(Unit.RDS_SNAPSHOT));
    if (Databases.BACKUP_DAYS.of(money.resource(), 1.0) > 0)
      money.stays("its automated backups, until they expire", Optional.empty());
  }
}
