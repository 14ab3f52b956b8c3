package dev.steward.activities.aws;

import static dev.steward.activities.aws.ComputeListers.next;

import dev.steward.model.Resource;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogGroupsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;
import software.amazon.awssdk.services.dynamodb.model.ListTablesResponse;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.ListFunctionsResponse;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBSnapshot;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesResponse;
import software.amazon.awssdk.services.rds.model.DescribeDbSnapshotsResponse;
import software.amazon.awssdk.services.rds.model.Tag;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.ListBucketsResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Databases, tables, buckets, logs and functions. */
final class DataListers {
  private DataListers() {}

  static Page databases(RegionClients clients, @Nullable String token) {
    // RDS takes 20 to 100 records a page.
    DescribeDbInstancesResponse page =
        clients
            .rds()
            .describeDBInstances(r -> r.maxRecords(Math.max(20, clients.page(100))).marker(token));
    return new Page(
        page.dbInstances().stream().map(d -> database(clients.region(), d)).toList(),
        next(page.marker()));
  }

  static Resource database(String region, DBInstance d) {
    return new Described("rds_instance", region, d.dbInstanceIdentifier())
        .name(d.dbInstanceIdentifier())
        .state(d.dbInstanceStatus())
        .created(d.instanceCreateTime())
        .tags(d.tagList(), Tag::key, Tag::value)
        .with("instance_class", d.dbInstanceClass())
        .with("engine", d.engine())
        .with("size_gb", d.allocatedStorage())
        .with("storage_type", d.storageType())
        .with("multi_az", d.multiAZ())
        .with("replica_of", d.readReplicaSourceDBInstanceIdentifier())
        .resource();
  }

  static Page databaseSnapshots(RegionClients clients, @Nullable String token) {
    DescribeDbSnapshotsResponse page =
        clients
            .rds()
            .describeDBSnapshots(r -> r.maxRecords(Math.max(20, clients.page(100))).marker(token));
    return new Page(
        page.dbSnapshots().stream().map(s -> databaseSnapshot(clients.region(), s)).toList(),
        next(page.marker()));
  }

  private static Resource databaseSnapshot(String region, DBSnapshot s) {
    return new Described("rds_snapshot", region, s.dbSnapshotIdentifier())
        .name(s.dbSnapshotIdentifier())
        .state(s.status())
        .created(s.snapshotCreateTime())
        .tags(s.tagList(), Tag::key, Tag::value)
        .with("size_gb", s.allocatedStorage())
        .with("instance", s.dbInstanceIdentifier())
        .with("type", s.snapshotType())
        .resource();
  }

  static Page tables(RegionClients clients, @Nullable String token) {
    ListTablesResponse page =
        clients.dynamo().listTables(r -> r.limit(clients.page(100)).exclusiveStartTableName(token));
    return new Page(
        page.tableNames().stream()
            .map(name ->
                table(
                    clients.region(),
                    clients.dynamo().describeTable(r -> r.tableName(name)).table()))
            .toList(),
        next(page.lastEvaluatedTableName()));
  }

  private static Resource table(String region, TableDescription t) {
    return new Described("dynamodb_table", region, t.tableName())
        .name(t.tableName())
        .state(t.tableStatusAsString())
        .created(t.creationDateTime())
        .with(
            "billing",
            t.billingModeSummary() == null
                ? "PROVISIONED"
                : t.billingModeSummary().billingModeAsString())
        .with("size_bytes", t.tableSizeBytes())
        .with(
            "read_capacity",
            t.provisionedThroughput() == null
                ? null
                : t.provisionedThroughput().readCapacityUnits())
        .with(
            "write_capacity",
            t.provisionedThroughput() == null
                ? null
                : t.provisionedThroughput().writeCapacityUnits())
        .resource();
  }

  static Page buckets(RegionClients clients, @Nullable String token) {
    ListBucketsResponse page =
        clients.s3().listBuckets(r -> r.maxBuckets(clients.page(1_000)).continuationToken(token));
    return new Page(
        page.buckets().stream().map(b -> bucket(clients, b)).toList(),
        next(page.continuationToken()));
  }

  static Resource bucket(RegionClients clients, Bucket b) {
    String region = b.bucketRegion() == null ? location(clients, b.name()) : b.bucketRegion();
    Described bucket =
        new Described("s3_bucket", region, b.name()).name(b.name()).created(b.creationDate());
    // A bucket answers only at its own region.
    RegionClients there = clients.in(region);
    lifecycle(there, b.name(), bucket);
    tags(there, b.name(), bucket);
    return bucket.resource();
  }

  private static String location(RegionClients clients, String bucket) {
    String location =
        clients.s3().getBucketLocation(r -> r.bucket(bucket)).locationConstraintAsString();
    if (location == null || location.isEmpty()) return "us-east-1";
    return location.equals("EU") ? "eu-west-1" : location;
  }

  private static void lifecycle(RegionClients clients, String name, Described bucket) {
    try {
      long rules =
          clients.s3().getBucketLifecycleConfiguration(r -> r.bucket(name)).rules().stream()
              .filter(rule -> rule.status() == ExpirationStatus.ENABLED)
              .count();
      bucket.with("lifecycle_rules", rules);
    } catch (S3Exception e) {
      if (AwsError.code(e).equals("NoSuchLifecycleConfiguration"))
        bucket.with("lifecycle_rules", 0);
      // One bucket whose policy denies us must not hide the others.
      else if (AwsError.of(e) == AwsError.DENIED) bucket.with("lifecycle_unknown", true);
      else throw e;
    }
  }

  private static void tags(RegionClients clients, String name, Described bucket) {
    try {
      List<software.amazon.awssdk.services.s3.model.Tag> tags =
          clients.s3().getBucketTagging(r -> r.bucket(name)).tagSet();
      bucket.tags(
          tags,
          software.amazon.awssdk.services.s3.model.Tag::key,
          software.amazon.awssdk.services.s3.model.Tag::value);
    } catch (S3Exception e) {
      if (AwsError.code(e).equals("NoSuchTagSet")) return;
      if (AwsError.of(e) != AwsError.DENIED) throw e;
      bucket.with(Resource.TAGS_UNKNOWN, true);
    }
  }

  static Page logGroups(RegionClients clients, @Nullable String token) {
    DescribeLogGroupsResponse page =
        clients.logs().describeLogGroups(r -> r.limit(clients.page(50)).nextToken(token));
    return new Page(
        page.logGroups().stream().map(g -> logGroup(clients.region(), g)).toList(),
        next(page.nextToken()));
  }

  static Resource logGroup(String region, LogGroup g) {
    return new Described("log_group", region, g.logGroupName())
        .name(g.logGroupName())
        .created(g.creationTime() == null ? null : Instant.ofEpochMilli(g.creationTime()))
        .with("retention_days", g.retentionInDays())
        .with("stored_bytes", g.storedBytes())
        .with("class", g.logGroupClassAsString())
        .resource();
  }

  static Page functions(RegionClients clients, @Nullable String token) {
    ListFunctionsResponse page =
        clients.lambda().listFunctions(r -> r.maxItems(clients.page(50)).marker(token));
    return new Page(
        page.functions().stream().map(f -> function(clients.region(), f)).toList(),
        next(page.nextMarker()));
  }

  private static Resource function(String region, FunctionConfiguration f) {
    return new Described("lambda_function", region, f.functionName())
        .name(f.functionName())
        .state(f.stateAsString())
        .with("memory_mb", f.memorySize())
        .with("runtime", f.runtimeAsString())
        .with(
            "architecture",
            f.architecturesAsStrings().isEmpty() ? null : f.architecturesAsStrings().getFirst())
        .resource();
  }
}
