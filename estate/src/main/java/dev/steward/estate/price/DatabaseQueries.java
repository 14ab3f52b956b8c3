package dev.steward.estate.price;

import dev.steward.estate.price.Item.DatabaseHour;
import dev.steward.estate.price.Item.Deployment;
import dev.steward.estate.price.Item.Family;
import dev.steward.estate.price.Item.NodeHour;
import dev.steward.estate.price.Item.NodeService;
import dev.steward.estate.price.Item.Unit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Databases and caches. */
final class DatabaseQueries {
  private static final Map<String, Deployment> DEPLOYMENTS =
      Map.of("Single-AZ", Deployment.SINGLE_AZ, "Multi-AZ", Deployment.MULTI_AZ);

  static final List<PriceQuery> ALL =
      List.of(
          engine("mysql", "MySQL"),
          engine("postgres", "PostgreSQL"),
          engine("mariadb", "MariaDB"),
          engine("aurora-mysql", "Aurora MySQL"),
          engine("aurora-postgresql", "Aurora PostgreSQL"),
          rds("rds-storage", "Database Storage")
              .gives(Unit.RDS_STORAGE, "RDS:GP[23]-Storage", Map.of("databaseEngine", "Any"))
              .gives(
                  Unit.RDS_STORAGE_MULTI_AZ,
                  "RDS:Multi-AZ-GP[23]-Storage",
                  Map.of("databaseEngine", "Any"))
              .gives(Unit.RDS_IO1_STORAGE, "RDS:PIOPS-Storage", Map.of("databaseEngine", "Any"))
              .gives(Unit.RDS_MAGNETIC_STORAGE, "RDS:StorageUsage", Map.of("databaseEngine", "Any"))
              .gives(Unit.AURORA_STORAGE, "Aurora:StorageUsage")
              .row(),
          rds("rds-iops", "Provisioned IOPS")
              .gives(Unit.RDS_IO1_IOPS, "RDS:PIOPS", Map.of("databaseEngine", "Any"))
              .gives(Unit.RDS_GP3_IOPS, "RDS:GP3-PIOPS", Map.of("databaseEngine", "Any"))
              .gives(
                  Unit.RDS_GP3_IOPS_MULTI_AZ,
                  "RDS:Multi-AZ-GP3-PIOPS",
                  Map.of("databaseEngine", "Any"))
              .row(),
          rds("rds-snapshots", "Storage Snapshot")
              .gives(Unit.RDS_SNAPSHOT, "RDS:ChargedBackupUsage")
              .gives(Unit.AURORA_BACKUP, "Aurora:BackupUsage")
              .row(),
          rds("aurora-serverless", "ServerlessV2")
              .gives(Unit.AURORA_CAPACITY_UNIT_HOUR, "Aurora:ServerlessV2Usage")
              .gives(
                  Unit.AURORA_CAPACITY_UNIT_IO_OPTIMIZED_HOUR,
                  "Aurora:ServerlessV2IOOptimizedUsage")
              .row(),
          cluster("documentdb", "AmazonDocDB", NodeService.DOCUMENTDB)
              .gives(Unit.DOCUMENTDB_STORAGE, "StorageUsage")
              .gives(Unit.DOCUMENTDB_BACKUP, "BackupUsage")
              .row(),
          cluster("neptune", "AmazonNeptune", NodeService.NEPTUNE)
              .gives(Unit.NEPTUNE_STORAGE, "StorageUsage")
              .gives(Unit.NEPTUNE_BACKUP, "BackupUsage")
              .row(),
          PriceQuery.of("elasticache", "AmazonElastiCache")
              .family("Cache Instance")
              .gives(Family.NODE_HOUR, "elasticache ", "NodeUsage:.*", DatabaseQueries::cache)
              .gives(
                  Family.NODE_HOUR, "elasticache_valkey ", "NodeUsage:.*", DatabaseQueries::valkey)
              .row(),
          PriceQuery.of("elasticache-backups", "AmazonElastiCache")
              .family("Storage Snapshot")
              .gives(Unit.ELASTICACHE_BACKUP, "BackupUsage")
              .row(),
          PriceQuery.of("dynamodb-capacity", "AmazonDynamoDB")
              .family("Provisioned IOPS")
              .gives(Unit.DYNAMODB_READ_HOUR, "ReadCapacityUnit-Hrs")
              .gives(Unit.DYNAMODB_WRITE_HOUR, "WriteCapacityUnit-Hrs")
              .row(),
          PriceQuery.of("dynamodb-storage", "AmazonDynamoDB")
              .family("Database Storage")
              .gives(Unit.DYNAMODB_STORAGE, "TimedStorage-ByteHrs")
              .gives(Unit.DYNAMODB_PITR, "TimedPITRStorage-ByteHrs")
              .row(),
          PriceQuery.of("dynamodb-backups", "AmazonDynamoDB")
              .family("Amazon DynamoDB On-Demand Backup Storage")
              .gives(Unit.DYNAMODB_BACKUP, "TimedBackupStorage-ByteHrs")
              .row());

  private DatabaseQueries() {}

  private static PriceQuery.Row rds(String id, String family) {
    return PriceQuery.of(id, "AmazonRDS").family(family);
  }

  /** Without clusters of readable standbys, and of Aurora those on standard storage. */
  private static PriceQuery engine(String engine, String name) {
    return rds("rds-" + engine, "Database Instance")
        .where("databaseEngine", name)
        .where("licenseModel", "No license required")
        .gives(
            Family.RDS_HOUR,
            engine + " ",
            "(InstanceUsage|Multi-AZUsage):.*",
            product -> database(engine, product))
        .row();
  }

  private static @Nullable Item database(String engine, ListedProduct product) {
    Deployment deployment = DEPLOYMENTS.get(product.attribute("deploymentOption"));
    return deployment == null
        ? null
        : new DatabaseHour(engine, deployment, product.attribute("instanceType"));
  }

  private static PriceQuery.Row cluster(String id, String service, NodeService nodes) {
    return PriceQuery.of(id, service)
        .gives(
            Family.NODE_HOUR,
            new NodeHour(nodes, "").key(),
            "InstanceUsage:.*",
            product -> new NodeHour(nodes, product.attribute("instanceType")));
  }

  private static @Nullable Item cache(ListedProduct product) {
    return switch (product.attribute("cacheEngine")) {
      case "Redis", "Memcached" ->
          new NodeHour(NodeService.ELASTICACHE, product.attribute("instanceType"));
      default -> null;
    };
  }

  private static @Nullable Item valkey(ListedProduct product) {
    return product.attribute("cacheEngine").equals("Valkey")
        ? new NodeHour(NodeService.ELASTICACHE_VALKEY, product.attribute("instanceType"))
        : null;
  }
}
