package dev.steward.testing;

import static dev.steward.testing.Row.answers;
import static dev.steward.testing.Row.refuses;

import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.rds.model.DeleteDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.RestoreDbInstanceFromDbSnapshotRequest;

/** RDS: states of passage, and what a restore makes of a backup. */
final class DatabaseRows {
  private static final String API = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/";
  private static final String SNAPSHOT = API + "API_CreateDBSnapshot.html";
  private static final String RESTORE = API + "API_RestoreDBInstanceFromDBSnapshot.html";
  private static final String DELETE = API + "API_DeleteDBInstance.html";
  private static final String MODIFY = API + "API_ModifyDBInstance.html";
  private static final String STATUS =
      "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/accessing-monitoring.html";
  private static final String STOP =
      "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_StopInstance.html";
  private static final String STORAGE =
      "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html";
  private static final String ID = Made.DATABASE;

  static final List<Row> ALL =
      List.of(
          answers(
              "rds:CreateDBSnapshot",
              "the database is backing up, and then available",
              List.of("backing-up", "available"),
              STATUS,
              aws -> {
                Made.backup(aws);
                return List.of(status(aws), status(aws));
              }),
          refuses(
              "rds:CreateDBSnapshot",
              "while it is backing up",
              400,
              "InvalidDBInstanceState",
              SNAPSHOT,
              aws -> {
                Made.backup(aws);
                backup(aws, "again");
              }),
          refuses(
              "rds:CreateDBSnapshot",
              "of a database that is stopped",
              400,
              "InvalidDBInstanceState",
              SNAPSHOT,
              aws -> {
                Made.database(aws);
                stopped(aws);
                backup(aws, "kept");
              }),
          refuses(
              "rds:CreateDBSnapshot",
              "of a database that is not there",
              404,
              "DBInstanceNotFound",
              SNAPSHOT,
              aws -> backup(aws, "kept")),
          answers(
              "rds:ModifyDBInstance",
              "it is modifying, and then available and as it was asked for",
              List.of("modifying", "available", "db.m5.xlarge"),
              MODIFY,
              aws -> {
                Made.database(aws);
                aws.rds()
                    .modifyDBInstance(r ->
                        r.dbInstanceIdentifier(ID)
                            .dbInstanceClass("db.m5.xlarge")
                            .applyImmediately(true));
                return List.of(status(aws), status(aws), Made.database(aws, ID).dbInstanceClass());
              }),
          refuses(
              "rds:ModifyDBInstance",
              "while it is backing up",
              400,
              "InvalidDBInstanceState",
              MODIFY,
              aws -> {
                Made.backup(aws);
                aws.rds()
                    .modifyDBInstance(
                        r -> r.dbInstanceIdentifier(ID).dbInstanceClass("db.m5.xlarge"));
              }),
          answers(
              "rds:StopDBInstance",
              "it is stopping, and then stopped",
              List.of("stopping", "stopped"),
              STOP,
              aws -> {
                Made.database(aws);
                aws.rds().stopDBInstance(r -> r.dbInstanceIdentifier(ID));
                return List.of(status(aws), status(aws));
              }),
          answers(
              "rds:StartDBInstance",
              "it is starting, and then available",
              List.of("starting", "available"),
              STOP,
              aws -> {
                Made.database(aws);
                stopped(aws);
                aws.rds().startDBInstance(r -> r.dbInstanceIdentifier(ID));
                return List.of(status(aws), status(aws));
              }),
          refuses(
              "rds:StopDBInstance",
              "of one that others copy from",
              400,
              "InvalidDBInstanceState",
              STOP,
              aws -> {
                Made.database(aws);
                aws.rds()
                    .createDBInstanceReadReplica(
                        r -> r.dbInstanceIdentifier("copy").sourceDBInstanceIdentifier(ID));
                aws.rds().stopDBInstance(r -> r.dbInstanceIdentifier(ID));
              }),
          answers(
              "rds:DeleteDBInstance",
              "it is deleting, and then not there",
              List.of("deleting", "DBInstanceNotFound"),
              DELETE,
              aws -> {
                Made.database(aws);
                delete(aws, r -> r.skipFinalSnapshot(true));
                return List.of(status(aws), status(aws));
              }),
          refuses(
              "rds:DeleteDBInstance",
              "that is protected",
              400,
              "InvalidParameterCombination",
              DELETE,
              aws -> {
                Made.database(aws, r -> r.deletionProtection(true));
                delete(aws, r -> r.skipFinalSnapshot(true));
              }),
          refuses(
              "rds:DeleteDBInstance",
              "while it is backing up",
              400,
              "InvalidDBInstanceState",
              DELETE,
              aws -> {
                Made.backup(aws);
                delete(aws, r -> r.skipFinalSnapshot(true));
              }),
          answers(
              "rds:RestoreDBInstanceFromDBSnapshot",
              "it is creating, and then available",
              List.of("creating", "available"),
              RESTORE,
              aws -> {
                restored(aws, _ -> {});
                return List.of(status(aws, "back"), status(aws, "back"));
              }),
          answers(
              "rds:RestoreDBInstanceFromDBSnapshot",
              "what the request does not name is the service's, and not the backup's",
              "protected false, zones 1",
              RESTORE,
              aws -> {
                Made.database(aws, r -> r.deletionProtection(true).multiAZ(true));
                backup(aws, "kept");
                restore(aws, _ -> {});
                DBInstance back = Made.database(aws, "back");
                return "protected "
                    + back.deletionProtection()
                    + ", zones "
                    + (back.multiAZ() ? 2 : 1);
              }),
          answers(
              "rds:RestoreDBInstanceFromDBSnapshot",
              "its storage is gp3 unless the request says otherwise",
              "gp3",
              RESTORE,
              aws -> {
                Made.database(aws, r -> r.storageType("gp2"));
                backup(aws, "kept");
                restore(aws, _ -> {});
                return Made.database(aws, "back").storageType();
              }),
          refuses(
              "rds:RestoreDBInstanceFromDBSnapshot",
              "io1 without a word of its IOPS",
              400,
              "InvalidParameterCombination",
              RESTORE,
              aws -> restored(aws, r -> r.storageType("io1"))),
          refuses(
              "rds:RestoreDBInstanceFromDBSnapshot",
              "gp3 of 100 GiB with IOPS of its own",
              400,
              "InvalidParameterCombination",
              STORAGE,
              aws -> restored(aws, r -> r.storageType("gp3").iops(4_000))),
          refuses(
              "rds:RestoreDBInstanceFromDBSnapshot",
              "in two zones, and in a certain one",
              400,
              "InvalidParameterCombination",
              RESTORE,
              aws -> restored(aws, r -> r.multiAZ(true).availabilityZone(Tenant.ZONE))),
          refuses(
              "rds:RestoreDBInstanceFromDBSnapshot",
              "under the name of one that is there",
              400,
              "DBInstanceAlreadyExists",
              RESTORE,
              aws -> restored(aws, r -> r.dbInstanceIdentifier(ID))),
          answers(
              "rds:RestoreDBInstanceFromDBSnapshot",
              "it has a resource id of its own",
              true,
              API + "API_DBInstance.html",
              aws -> {
                restored(aws, _ -> {});
                String old = Made.database(aws, ID).dbiResourceId();
                String back = Made.database(aws, "back").dbiResourceId();
                return old.matches("db-[A-Z0-9]{26}") && !old.equals(back);
              }),
          answers(
              "rds:DescribeDBSnapshots",
              "a backup says what it was made of",
              "io1 3000 postgres",
              API + "API_DBSnapshot.html",
              aws -> {
                Made.database(aws, r -> r.storageType("io1").iops(3_000));
                backup(aws, "kept");
                var kept =
                    aws.rds()
                        .describeDBSnapshots(r -> r.dbSnapshotIdentifier("kept"))
                        .dbSnapshots()
                        .getFirst();
                return kept.storageType() + " " + kept.iops() + " " + kept.engine();
              }));

  private DatabaseRows() {}

  /** Stops it, and asks until that is over. */
  static void stopped(Tenant aws) {
    aws.rds().stopDBInstance(r -> r.dbInstanceIdentifier(ID));
    for (int asked = 0; asked < 2; asked++) status(aws);
  }

  private static String status(Tenant aws) {
    return status(aws, ID);
  }

  private static String status(Tenant aws, String id) {
    try {
      return Made.database(aws, id).dbInstanceStatus();
    } catch (DbInstanceNotFoundException gone) {
      return gone.awsErrorDetails().errorCode();
    }
  }

  private static void backup(Tenant aws, String name) {
    aws.rds().createDBSnapshot(r -> r.dbInstanceIdentifier(ID).dbSnapshotIdentifier(name));
  }

  private static void delete(Tenant aws, Consumer<DeleteDbInstanceRequest.Builder> how) {
    aws.rds().deleteDBInstance(r -> how.accept(r.dbInstanceIdentifier(ID)));
  }

  private static void restored(
      Tenant aws, Consumer<RestoreDbInstanceFromDbSnapshotRequest.Builder> how) {
    Made.backup(aws);
    restore(aws, how);
  }

  private static void restore(
      Tenant aws, Consumer<RestoreDbInstanceFromDbSnapshotRequest.Builder> how) {
    aws.rds()
        .restoreDBInstanceFromDBSnapshot(
            r -> how.accept(r.dbInstanceIdentifier("back").dbSnapshotIdentifier("kept")));
  }
}
