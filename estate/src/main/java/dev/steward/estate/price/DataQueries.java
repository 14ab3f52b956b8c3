package dev.steward.estate.price;

import dev.steward.estate.price.Item.Family;
import dev.steward.estate.price.Item.NodeHour;
import dev.steward.estate.price.Item.NodeService;
import dev.steward.estate.price.Item.Unit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Files, objects, logs, streams, brokers, and warehouses. */
final class DataQueries {
  static final List<PriceQuery> ALL =
      List.of(
          PriceQuery.of("s3", "AmazonS3")
              .family("Storage")
              .gives(Unit.S3_STANDARD, "TimedStorage-ByteHrs", Map.of("volumeType", "Standard"))
              .gives(Unit.S3_INFREQUENT, "TimedStorage-SIA-ByteHrs")
              .row(),
          PriceQuery.of("s3-deep-archive", "AmazonS3GlacierDeepArchive")
              .gives(Unit.S3_DEEP_ARCHIVE, "TimedStorage-GDA-ByteHrs")
              .row(),
          PriceQuery.of("s3-glacier", "AmazonGlacier")
              .gives(Unit.S3_GLACIER_FLEXIBLE, "TimedStorage-ByteHrs")
              .row(),
          PriceQuery.of("logs", "AmazonCloudWatch")
              .family("Storage Snapshot")
              .gives(Unit.LOGS_STORAGE, "TimedStorage-ByteHrs")
              .row(),
          PriceQuery.of("ecr", "AmazonECR")
              .family("EC2 Container Registry")
              .gives(Unit.ECR_STORAGE, "TimedStorage-ByteHrs")
              .row(),
          PriceQuery.of("efs", "AmazonEFS")
              .family("Storage")
              .gives(Unit.EFS_STANDARD, "TimedStorage-ByteHrs")
              .gives(Unit.EFS_INFREQUENT, "IATimedStorage-ByteHrs")
              .gives(Unit.EFS_ONE_ZONE, "TimedStorage-Z-ByteHrs")
              .gives(Unit.EFS_ONE_ZONE_INFREQUENT, "IATimedStorage-Z-ByteHrs")
              .row(),
          PriceQuery.of("efs-throughput", "AmazonEFS")
              .family("Provisioned Throughput")
              .gives(Unit.EFS_THROUGHPUT, "ProvisionedTP-MiBpsHrs")
              .row(),
          PriceQuery.of("efs-backups", "AWSBackup")
              .family("AWS Backup Storage")
              .gives(Unit.EFS_BACKUP, "WarmStorage-ByteHrs-EFS")
              .gives(Unit.EFS_BACKUP_COLD, "ColdStorage-ByteHrs-EFS")
              .row(),
          PriceQuery.of("fsx-storage", "AmazonFSx")
              .family("Storage")
              .gives(
                  Unit.FSX_WINDOWS_SSD_MULTI_AZ,
                  ".*",
                  Map.of(
                      "fileSystemType", "Windows",
                      "storageType", "SSD",
                      "deploymentOption", "Multi-AZ"))
              .gives(
                  Unit.FSX_WINDOWS_HDD_MULTI_AZ,
                  ".*",
                  Map.of(
                      "fileSystemType", "Windows",
                      "storageType", "HDD",
                      "deploymentOption", "Multi-AZ"))
              .gives(
                  Unit.FSX_OPENZFS_SSD,
                  ".*",
                  Map.of(
                      "fileSystemType", "OpenZFS",
                      "storageType", "SSD",
                      "deploymentOption", "Single-AZ"))
              .row(),
          PriceQuery.of("kinesis", "AmazonKinesis")
              .family("Kinesis Streams")
              .gives(Unit.KINESIS_SHARD_HOUR, "Storage-ShardHour")
              .gives(Unit.KINESIS_STREAM_HOUR, "OnDemand-StreamHour")
              .row(),
          PriceQuery.of("mq", "AmazonMQ")
              .family("Broker Instances")
              .gives(Family.NODE_HOUR, "activemq", ".*", DataQueries::broker)
              .covers(Family.NODE_HOUR, "rabbitmq")
              .row(),
          PriceQuery.of("mq-storage", "AmazonMQ")
              .family("Broker Storage")
              .gives(Unit.ACTIVEMQ_EFS_STORAGE, "TimedStorage-ByteHrs")
              .gives(Unit.MQ_EBS_STORAGE, "TimedStorage-(EBS|RabbitMQ)-ByteHrs")
              .row(),
          PriceQuery.of("opensearch", "AmazonES")
              .family("Amazon OpenSearch Service Instance")
              .gives(
                  Family.NODE_HOUR,
                  "opensearch ",
                  "ESInstance:.*",
                  product ->
                      new NodeHour(NodeService.OPENSEARCH, product.attribute("instanceType")))
              .row(),
          PriceQuery.of("redshift", "AmazonRedshift")
              .family("Compute Instance")
              .gives(
                  Family.NODE_HOUR,
                  "redshift ",
                  "Node:.*",
                  product -> new NodeHour(NodeService.REDSHIFT, product.attribute("instanceType")))
              .row());

  private DataQueries() {}

  /** A cluster of RabbitMQ has a price as a whole, and ActiveMQ's standby is in the pair's. */
  private static @Nullable Item broker(ListedProduct product) {
    boolean single = product.attribute("deploymentOption").equals("Single-AZ");
    if (!single && !product.attribute("deploymentOption").equals("Multi-AZ")) return null;
    String type = product.attribute("instanceType");
    if (!type.startsWith("mq.")) return null;
    return switch (product.attribute("brokerEngine")) {
      case "ActiveMQ" ->
          new NodeHour(single ? NodeService.ACTIVEMQ : NodeService.ACTIVEMQ_STANDBY, type);
      case "RabbitMQ" ->
          new NodeHour(single ? NodeService.RABBITMQ : NodeService.RABBITMQ_CLUSTER, type);
      default -> null;
    };
  }
}
