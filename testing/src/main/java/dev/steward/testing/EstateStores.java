package dev.steward.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;

/** Databases, tables, buckets and logs. */
final class EstateStores {
  private static final long GB = 1_000_000_000L;
  private final Customer customer;
  private final String region;
  private final Instant now;
  private final int scale;
  private final Estate.Labels labels;
  private final RdsClient rds;
  private final CloudWatchLogsClient logs;
  private final DynamoDbClient dynamo;
  private final S3Client s3;
  private final EstateMetrics metrics;

  EstateStores(Customer customer, String region, Instant now, int scale, Estate.Labels labels) {
    this.customer = customer;
    this.region = region;
    this.now = now;
    this.scale = scale;
    this.labels = labels;
    this.rds = customer.client(region, RdsClient.class, RdsClient::builder);
    this.logs = customer.client(region, CloudWatchLogsClient.class, CloudWatchLogsClient::builder);
    this.dynamo = customer.client(region, DynamoDbClient.class, DynamoDbClient::builder);
    this.s3 = customer.client(region, S3Client.class, S3Client::builder);
    this.metrics = new EstateMetrics(customer, region, now);
  }

  void build() {
    for (int round = 0; round < scale; round++) {
      databases(round);
      logGroups(round);
      tables(round);
      buckets(round);
    }
  }

  private void ago(int days) {
    customer.at(now.minus(Duration.ofDays(days)));
  }

  private void databases(int round) {
    ago(150);
    String idle = database("reporting-" + round);
    metrics.publish("AWS/RDS", "DatabaseConnections", Map.of("DBInstanceIdentifier", idle), d -> 0);
    labels.waste("idle_rds_instance", region, idle);
    String used = database("orders-" + round);
    metrics.publish(
        "AWS/RDS", "DatabaseConnections", Map.of("DBInstanceIdentifier", used), d -> 40);
    // Used once in the fortnight.
    String seldom = database("ledger-" + round);
    metrics.publish(
        "AWS/RDS",
        "DatabaseConnections",
        Map.of("DBInstanceIdentifier", seldom),
        d -> d == 9 ? 2 : 0);
    labels.unknown("idle_rds_instance", region, database("silent-" + round));
    ago(1);
    String young = database("young-" + round);
    metrics.publish(
        "AWS/RDS", "DatabaseConnections", Map.of("DBInstanceIdentifier", young), 1, d -> 0);
  }

  private String database(String name) {
    labels.made(2);
    rds.createDBInstance(r ->
        r.dbInstanceIdentifier(name)
            .dbInstanceClass("db.m5.large")
            .engine("postgres")
            .allocatedStorage(100)
            .masterUsername("root")
            .masterUserPassword("emulated-only"));
    return name;
  }

  private void logGroups(int round) {
    ago(365);
    for (int i = 0; i < 2; i++) {
      String big = logGroup("/app/everything-" + round + "-" + i, 400 * GB);
      labels.waste("log_group_without_retention", region, big);
    }
    logGroup("/app/small-" + round, GB / 100);
    String kept = logGroup("/app/kept-" + round, 300 * GB);
    logs.putRetentionPolicy(r -> r.logGroupName(kept).retentionInDays(30));
  }

  private String logGroup(String name, long storedBytes) {
    labels.made(1);
    logs.createLogGroup(r ->
        r.logGroupName(name).tags(Map.of("emulator:stored-bytes", Long.toString(storedBytes))));
    return name;
  }

  private void tables(int round) {
    ago(90);
    for (String table : new String[] {"sessions-" + round, "audit-" + round}) {
      dynamo.createTable(r ->
          r.tableName(table)
              .billingMode(BillingMode.PAY_PER_REQUEST)
              .attributeDefinitions(
                  AttributeDefinition.builder()
                      .attributeName("id")
                      .attributeType(ScalarAttributeType.S)
                      .build())
              .keySchema(
                  KeySchemaElement.builder().attributeName("id").keyType(KeyType.HASH).build()));
      labels.made(1);
    }
  }

  private void buckets(int round) {
    ago(700);
    String big = bucket("exports", round, 2_000 * GB);
    labels.waste("bucket_without_lifecycle", region, big);
    bucket("tiny", round, GB);
    String managed = bucket("managed", round, 900 * GB);
    s3.putBucketLifecycleConfiguration(r ->
        r.bucket(managed)
            .lifecycleConfiguration(c ->
                c.rules(
                    LifecycleRule.builder()
                        .id("expire")
                        .status(ExpirationStatus.ENABLED)
                        .filter(f -> f.prefix(""))
                        .expiration(e -> e.days(90))
                        .build())));
    bucket("empty", round, 0);
    // S3 has not told how much is in it.
    String silent = bucket("silent", round, 0);
    s3.putObject(r -> r.bucket(silent).key("new"), RequestBody.fromString("new"));
    labels.unknown("bucket_without_lifecycle", region, silent);
    String tiered = bucket("tiered", round, 0);
    size(tiered, "IntelligentTieringFAStorage", 3_000 * GB);
  }

  private String bucket(String name, int round, long bytes) {
    String bucket = name + "-" + round + "-" + region + "-" + customer.account();
    CreateBucketRequest.Builder request = CreateBucketRequest.builder().bucket(bucket);
    if (!region.equals("us-east-1"))
      request.createBucketConfiguration(c -> c.locationConstraint(region));
    s3.createBucket(request.build());
    labels.made(1);
    if (bytes > 0) size(bucket, "StandardStorage", bytes);
    return bucket;
  }

  private void size(String bucket, String type, long bytes) {
    metrics.publish(
        "AWS/S3", "BucketSizeBytes", Map.of("BucketName", bucket, "StorageType", type), d -> bytes);
  }
}
