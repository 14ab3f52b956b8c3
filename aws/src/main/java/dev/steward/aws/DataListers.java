package dev.steward.aws;

import static dev.steward.aws.ComputeListers.next;

import dev.steward.model.Resource;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogGroupsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;
import software.amazon.awssdk.services.dynamodb.model.ListTablesResponse;
import software.amazon.awssdk.services.dynamodb.model.ListTagsOfResourceResponse;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.ListFunctionsResponse;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBInstanceAutomatedBackupsReplication;
import software.amazon.awssdk.services.rds.model.DBInstanceRole;
import software.amazon.awssdk.services.rds.model.DBSnapshot;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesResponse;
import software.amazon.awssdk.services.rds.model.DescribeDbSnapshotsResponse;
import software.amazon.awssdk.services.rds.model.DomainMembership;
import software.amazon.awssdk.services.rds.model.Tag;

/** Databases, tables, logs and functions. */
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
        .with("iops", d.iops())
        .with("storage_throughput", d.storageThroughput())
        .with("multi_az", d.multiAZ())
        .with("encrypted", d.storageEncrypted())
        .with("kms_key", d.kmsKeyId())
        .with(
            "replica_of",
            d.readReplicaSourceDBInstanceIdentifier() == null
                ? d.readReplicaSourceDBClusterIdentifier()
                : d.readReplicaSourceDBInstanceIdentifier())
        .with("replicas", String.join(",", replicas(d)))
        .with("cluster", d.dbClusterIdentifier())
        .with("deletion_protection", d.deletionProtection())
        .with("backup_days", d.backupRetentionPeriod())
        .with("monitoring_role", d.monitoringRoleArn())
        .with(
            "master_secret", d.masterUserSecret() == null ? null : d.masterUserSecret().secretArn())
        .with("roles", names(d.associatedRoles(), DBInstanceRole::roleArn))
        .with("domains", names(d.domainMemberships(), DataListers::domain))
        .with("activity_stream", d.activityStreamKinesisStreamName())
        .with(
            "backup_copies",
            names(
                d.dbInstanceAutomatedBackupsReplications(),
                DBInstanceAutomatedBackupsReplication::dbInstanceAutomatedBackupsArn))
        .with("pending", d.pendingModifiedValues() == null ? null : pending(d))
        .resource();
  }

  private static List<String> replicas(DBInstance d) {
    return Stream.concat(
            d.readReplicaDBInstanceIdentifiers().stream(),
            d.readReplicaDBClusterIdentifiers().stream())
        .toList();
  }

  private static @Nullable String domain(DomainMembership membership) {
    return membership.domain() == null ? membership.fqdn() : membership.domain();
  }

  private static <T> String names(List<T> list, Function<T, @Nullable String> name) {
    return list.stream().map(name).map(String::valueOf).collect(Collectors.joining(","));
  }

  /** The names of what waits for a reboot or the next maintenance window. */
  private static String pending(DBInstance d) {
    return d.pendingModifiedValues().sdkFields().stream()
        .filter(field -> isSet(field.getValueOrDefault(d.pendingModifiedValues())))
        .map(SdkField::memberName)
        .sorted()
        .collect(Collectors.joining(","));
  }

  private static boolean isSet(@Nullable Object value) {
    return value != null && !(value instanceof List<?> list && list.isEmpty());
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
        clients
            .dynamo()
            .listTables(r -> r.limit(clients.page(Page.DETAILED)).exclusiveStartTableName(token));
    return Page.detailed(
        page.tableNames(), name -> table(clients, name), next(page.lastEvaluatedTableName()));
  }

  private static Described table(RegionClients clients, String name) {
    Described table = new Described("dynamodb_table", clients.region(), name).name(name);
    @Nullable String[] arn = {null};
    return table
        .detail(
            "description",
            () -> {
              TableDescription described =
                  clients.dynamo().describeTable(r -> r.tableName(name)).table();
              arn[0] = described.tableArn();
              describe(table, described);
            })
        .tagsOf(arn[0], a -> tableTags(clients, a));
  }

  private static void describe(Described table, TableDescription t) {
    table
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
                : t.provisionedThroughput().writeCapacityUnits());
  }

  /** On pages; where one comes again nobody knows the rest. */
  private static Map<String, String> tableTags(RegionClients clients, String arn) {
    Map<String, String> tags = new HashMap<>();
    Set<String> tokens = new HashSet<>();
    @Nullable String token = null;
    do {
      String from = token;
      ListTagsOfResourceResponse page =
          clients.dynamo().listTagsOfResource(r -> r.resourceArn(arn).nextToken(from));
      page.tags().forEach(t -> tags.put(t.key(), t.value()));
      token = next(page.nextToken());
      if (token != null && !tokens.add(token)) throw new SamePage.Again();
    } while (token != null);
    return tags;
  }

  static Page logGroups(RegionClients clients, @Nullable String token) {
    DescribeLogGroupsResponse page =
        clients.logs().describeLogGroups(r -> r.limit(clients.page(50)).nextToken(token));
    return Page.detailed(page.logGroups(), g -> logGroup(clients, g), next(page.nextToken()));
  }

  static Described logGroup(RegionClients clients, LogGroup g) {
    return new Described("log_group", clients.region(), g.logGroupName())
        .name(g.logGroupName())
        .created(g.creationTime() == null ? null : Instant.ofEpochMilli(g.creationTime()))
        .with("retention_days", g.retentionInDays())
        .with("stored_bytes", g.storedBytes())
        .with("class", g.logGroupClassAsString())
        .tagsOf(arn(g), arn -> clients.logs().listTagsForResource(r -> r.resourceArn(arn)).tags());
  }

  /** Tags belong to the ARN without the star for its streams at the end. */
  private static @Nullable String arn(LogGroup g) {
    if (g.logGroupArn() != null) return g.logGroupArn();
    return g.arn() == null ? null : g.arn().replaceFirst(":\\*$", "");
  }

  static Page functions(RegionClients clients, @Nullable String token) {
    ListFunctionsResponse page =
        clients.lambda().listFunctions(r -> r.maxItems(clients.page(50)).marker(token));
    return Page.detailed(page.functions(), f -> function(clients, f), next(page.nextMarker()));
  }

  private static Described function(RegionClients clients, FunctionConfiguration f) {
    return new Described("lambda_function", clients.region(), f.functionName())
        .name(f.functionName())
        .state(f.stateAsString())
        .with("memory_mb", f.memorySize())
        .with("runtime", f.runtimeAsString())
        .with(
            "architecture",
            f.architecturesAsStrings().isEmpty() ? null : f.architecturesAsStrings().getFirst())
        .tagsOf(f.functionArn(), arn -> clients.lambda().listTags(r -> r.resource(arn)).tags());
  }
}
