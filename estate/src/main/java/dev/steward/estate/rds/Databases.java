package dev.steward.estate.rds;

import static dev.steward.estate.Attribute.flag;
import static dev.steward.estate.Attribute.number;
import static dev.steward.estate.Attribute.text;
import static dev.steward.estate.Attribute.texts;

import dev.steward.estate.Attribute;
import dev.steward.estate.CarriedTags;
import dev.steward.estate.KeyUse;
import dev.steward.estate.Kind;
import dev.steward.estate.Metric;
import dev.steward.estate.Paging;
import dev.steward.estate.Tags;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** RDS instances. */
public final class Databases {
  public static final String ID = "rds_instance";

  public static final Attribute<String> CLASS =
      text("instance_class", "e.g. db.m5.large", "DBInstanceClass");
  public static final Attribute<String> ENGINE = text("engine", "e.g. postgres", "Engine");
  public static final Attribute<Double> SIZE = number("size_gb", "GiB", "AllocatedStorage");
  public static final Attribute<String> STORAGE_TYPE =
      text("storage_type", "gp2, gp3, io1", "StorageType");
  public static final Attribute<Double> IOPS =
      number("iops", "provisioned, or those that gp3 includes", "Iops");
  public static final Attribute<Double> THROUGHPUT =
      number("storage_throughput", "MiB/s, of gp3", "StorageThroughput");
  public static final Attribute<Boolean> MULTI_AZ = flag("multi_az", "true or false", "MultiAZ");
  public static final Attribute<Boolean> ENCRYPTED =
      flag(KeyUse.ENCRYPTED, "true or false", "StorageEncrypted");
  public static final Attribute<String> KMS_KEY = text(KeyUse.KEY, "ARN of its key", "KmsKeyId");
  public static final Attribute<String> REPLICA_OF =
      text(
          "replica_of",
          "its source",
          "ReadReplicaSourceDBInstanceIdentifier || ReadReplicaSourceDBClusterIdentifier");
  public static final Attribute<List<String>> REPLICAS =
      texts(
          "replicas",
          "its read replicas, separated by commas",
          "[ReadReplicaDBInstanceIdentifiers, ReadReplicaDBClusterIdentifiers][]");
  public static final Attribute<String> CLUSTER =
      text("cluster", "the cluster that it is a member of", "DBClusterIdentifier");
  public static final Attribute<Boolean> DELETION_PROTECTION =
      flag("deletion_protection", "true or false", "DeletionProtection");
  public static final Attribute<Double> BACKUP_DAYS =
      number(
          "backup_days",
          "for how long automated backups are kept; 0: none",
          "BackupRetentionPeriod");
  public static final Attribute<String> MONITORING_ROLE =
      text("monitoring_role", "the role of Enhanced Monitoring", "MonitoringRoleArn");
  public static final Attribute<String> MASTER_SECRET =
      text(
          "master_secret",
          "the secret in which RDS keeps its master password",
          "MasterUserSecret.SecretArn");
  public static final Attribute<List<String>> ROLES =
      texts(
          "roles",
          "roles that it uses, separated by commas",
          "AssociatedRoles[].[RoleArn || 'unnamed'][]");
  public static final Attribute<List<String>> DOMAINS =
      texts(
          "domains",
          "directories that it is joined to",
          "DomainMemberships[].[Domain || FQDN || 'unnamed'][]");
  public static final Attribute<String> ACTIVITY_STREAM =
      text("activity_stream", "its stream in Kinesis", "ActivityStreamKinesisStreamName");
  public static final Attribute<List<String>> BACKUP_COPIES =
      texts(
          "backup_copies",
          "backups that are copied to another region",
          "DBInstanceAutomatedBackupsReplications[].[DBInstanceAutomatedBackupsArn || 'unnamed'][]");

  /** The names of what waits for a reboot or the next maintenance window. */
  public static final Attribute<List<String>> PENDING =
      texts("pending", "settings that wait for a reboot or a window", "PendingModifiedValues")
          .as(Databases::waiting);

  /** RDS takes 20 to 100 records a page. */
  static final Paging PAGES = new Paging("Marker", "Marker", "MaxRecords", 20, 100);

  /** RDS keeps {@code rds:} to itself too, and looks at values as well (RDS API reference, Tag). */
  static final CarriedTags TAGS = new CarriedTags(Set.of("aws:", "rds:"), true);

  public static final Kind KIND =
      Kind.regional(ID, "RDS instance", "rds:DescribeDBInstances")
          .lists("DBInstances[]")
          .id("DBInstanceIdentifier")
          .name("DBInstanceIdentifier")
          .state("DBInstanceStatus")
          .created("InstanceCreateTime")
          .pages(PAGES)
          .again("DBInstanceIdentifier")
          .goingIn("deleting")
          .tags(Tags.listed("TagList"))
          .knows(
              CLASS,
              ENGINE,
              SIZE,
              STORAGE_TYPE,
              IOPS,
              THROUGHPUT,
              MULTI_AZ,
              ENCRYPTED,
              KMS_KEY,
              REPLICA_OF,
              REPLICAS,
              CLUSTER,
              DELETION_PROTECTION,
              BACKUP_DAYS,
              MONITORING_ROLE,
              MASTER_SECRET,
              ROLES,
              DOMAINS,
              ACTIVITY_STREAM,
              BACKUP_COPIES,
              PENDING)
          .measures(
              Metric.of(
                  "connections",
                  "AWS/RDS",
                  "DatabaseConnections",
                  "DBInstanceIdentifier",
                  "Maximum",
                  "count"),
              Metric.of(
                  "cpu", "AWS/RDS", "CPUUtilization", "DBInstanceIdentifier", "Average", "percent"))
          .carries(TAGS)
          .costs((database, prices) -> prices.database(database))
          .check(IdleDatabase.CHECK)
          .action(StopDatabase.row())
          .action(SnapshotAndDeleteDatabase.row())
          .row();

  private Databases() {}

  /** AWS also writes empty lists, of which nothing waits. */
  private static List<String> waiting(Object values) {
    return ((Map<?, ?>) values)
        .entrySet().stream()
            .filter(one -> !(one.getValue() instanceof Collection<?> list && list.isEmpty()))
            .map(one -> String.valueOf(one.getKey()))
            .sorted()
            .toList();
  }
}
