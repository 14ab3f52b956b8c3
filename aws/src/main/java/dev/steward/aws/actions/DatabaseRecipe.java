package dev.steward.aws.actions;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBParameterGroupStatus;
import software.amazon.awssdk.services.rds.model.ModifyDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.OptionGroupMembership;
import software.amazon.awssdk.services.rds.model.ProcessorFeature;
import software.amazon.awssdk.services.rds.model.RestoreDbInstanceFromDbSnapshotRequest;
import software.amazon.awssdk.services.rds.model.Tag;
import software.amazon.awssdk.services.rds.model.VpcSecurityGroupMembership;

/**
 * What a database is restored with: each field of DescribeDBInstances that
 * RestoreDBInstanceFromDBSnapshot takes, and then those that only ModifyDBInstance takes (RDS API
 * reference, https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/). What no call takes, or
 * what would need the right to pass roles, stands in {@code Losses}.
 */
final class DatabaseRecipe {
  static final String RESOURCE_ID = "resource_id";
  static final String BACKUP_DAYS = "backup_days";
  private static final String STORAGE = "storage_type";
  private static final String IOPS = "iops";
  private static final String THROUGHPUT = "throughput";
  private static final String MULTI_AZ = "multi_az";

  /** Engines that have Extended Support; of the others nothing can be said about it. */
  private static final List<String> EXTENDED = List.of("mysql", "postgres");

  /**
   * A field, how it is read, and how it is given back.
   *
   * @param read null where the database has none
   */
  private record Field<B>(
      String name, Function<DBInstance, @Nullable Object> read, BiConsumer<B, String> write) {}

  private static final List<Field<RestoreDbInstanceFromDbSnapshotRequest.Builder>> RESTORED =
      List.of(
          field("class", DBInstance::dbInstanceClass, (r, v) -> r.dbInstanceClass(v)),
          field("port", DatabaseRecipe::port, (r, v) -> r.port(Integer.valueOf(v))),
          field(
              "subnet_group",
              d -> d.dbSubnetGroup() == null ? null : d.dbSubnetGroup().dbSubnetGroupName(),
              (r, v) -> r.dbSubnetGroupName(v)),
          field(
              "security_groups",
              d -> joined(d.vpcSecurityGroups(), VpcSecurityGroupMembership::vpcSecurityGroupId),
              (r, v) -> r.vpcSecurityGroupIds(v.split(","))),
          field(
              "parameter_group",
              d -> own(joined(d.dbParameterGroups(), DBParameterGroupStatus::dbParameterGroupName)),
              (r, v) -> r.dbParameterGroupName(v)),
          field(
              "option_group",
              d -> own(joined(d.optionGroupMemberships(), OptionGroupMembership::optionGroupName)),
              (r, v) -> r.optionGroupName(v)),
          field(MULTI_AZ, DBInstance::multiAZ, (r, v) -> r.multiAZ(Boolean.valueOf(v))),
          // AWS takes a zone of a database that has one zone only.
          field(
              "zone",
              d -> Boolean.TRUE.equals(d.multiAZ()) ? null : d.availabilityZone(),
              (r, v) -> r.availabilityZone(v)),
          field(
              "public",
              DBInstance::publiclyAccessible,
              (r, v) -> r.publiclyAccessible(Boolean.valueOf(v))),
          field("network", d -> unless("IPV4", d.networkType()), (r, v) -> r.networkType(v)),
          field("license", DBInstance::licenseModel, (r, v) -> r.licenseModel(v)),
          field(
              "minor_upgrades",
              DBInstance::autoMinorVersionUpgrade,
              (r, v) -> r.autoMinorVersionUpgrade(Boolean.valueOf(v))),
          field(
              "lifecycle_support",
              d -> EXTENDED.contains(d.engine()) ? d.engineLifecycleSupport() : null,
              (r, v) -> r.engineLifecycleSupport(v)),
          field(
              "copy_tags",
              d -> ifSet(d.copyTagsToSnapshot()),
              (r, v) -> r.copyTagsToSnapshot(Boolean.valueOf(v))),
          field(
              "iam_authentication",
              d -> ifSet(d.iamDatabaseAuthenticationEnabled()),
              (r, v) -> r.enableIAMDatabaseAuthentication(Boolean.valueOf(v))),
          field(
              "logs",
              d -> String.join(",", d.enabledCloudwatchLogsExports()),
              (r, v) -> r.enableCloudwatchLogsExports(v.split(","))),
          field(
              "deletion_protection",
              d -> ifSet(d.deletionProtection()),
              (r, v) -> r.deletionProtection(Boolean.valueOf(v))),
          field("ca", DBInstance::caCertificateIdentifier, (r, v) -> r.caCertificateIdentifier(v)),
          field(
              "log_volume",
              d -> ifSet(d.dedicatedLogVolume()),
              (r, v) -> r.dedicatedLogVolume(Boolean.valueOf(v))),
          field(
              "processor",
              d -> joined(d.processorFeatures(), f -> f.name() + "=" + f.value()),
              (r, v) -> r.processorFeatures(processor(v))),
          field(
              "customer_ip",
              d -> ifSet(d.customerOwnedIpEnabled()),
              (r, v) -> r.enableCustomerOwnedIp(Boolean.valueOf(v))),
          field(
              "backup_target",
              d -> unless("region", d.backupTarget()),
              (r, v) -> r.backupTarget(v)));

  private static final List<Field<ModifyDbInstanceRequest.Builder>> MODIFIED =
      List.of(
          field(
              "max_storage",
              DBInstance::maxAllocatedStorage,
              (r, v) -> r.maxAllocatedStorage(Integer.valueOf(v))),
          field(
              BACKUP_DAYS,
              DBInstance::backupRetentionPeriod,
              (r, v) -> r.backupRetentionPeriod(Integer.valueOf(v))),
          field(
              "backup_window",
              DBInstance::preferredBackupWindow,
              (r, v) -> r.preferredBackupWindow(v)),
          field(
              "maintenance_window",
              DBInstance::preferredMaintenanceWindow,
              (r, v) -> r.preferredMaintenanceWindow(v)),
          field(
              "insights_mode",
              DBInstance::databaseInsightsModeAsString,
              (r, v) -> r.databaseInsightsMode(v)),
          field(
              "insights",
              DBInstance::performanceInsightsEnabled,
              (r, v) -> r.enablePerformanceInsights(Boolean.valueOf(v))),
          field(
              "insights_days",
              DBInstance::performanceInsightsRetentionPeriod,
              (r, v) -> r.performanceInsightsRetentionPeriod(Integer.valueOf(v))),
          field(
              "insights_key",
              DBInstance::performanceInsightsKMSKeyId,
              (r, v) -> r.performanceInsightsKMSKeyId(v)));

  private DatabaseRecipe() {}

  private static <B> Field<B> field(
      String name, Function<DBInstance, @Nullable Object> read, BiConsumer<B, String> write) {
    return new Field<>(name, read, write);
  }

  private static <T> String joined(List<T> list, Function<T, String> name) {
    return list.stream().map(name).collect(Collectors.joining(","));
  }

  private static @Nullable Integer port(DBInstance d) {
    return d.endpoint() == null ? null : d.endpoint().port();
  }

  /** A default group belongs to AWS, and is what a database gets for which none is named. */
  private static @Nullable String own(String group) {
    return group.startsWith("default.") || group.startsWith("default:") ? null : group;
  }

  /** What is off where nothing is said is not said: not every engine knows it. */
  private static @Nullable Boolean ifSet(@Nullable Boolean value) {
    return Boolean.TRUE.equals(value) ? value : null;
  }

  private static @Nullable String unless(String usual, @Nullable String value) {
    return usual.equals(value) ? null : value;
  }

  private static List<ProcessorFeature> processor(String features) {
    return Arrays.stream(features.split(","))
        .map(f -> f.split("=", 2))
        .map(f -> ProcessorFeature.builder().name(f[0]).value(f[1]).build())
        .toList();
  }

  static Map<String, String> of(DBInstance d) {
    Map<String, String> recipe = new TreeMap<>();
    RESTORED.forEach(f -> put(recipe, f.name(), f.read().apply(d)));
    MODIFIED.forEach(f -> put(recipe, f.name(), f.read().apply(d)));
    put(recipe, STORAGE, d.storageType());
    put(recipe, IOPS, d.iops());
    put(recipe, THROUGHPUT, d.storageThroughput());
    put(recipe, RESOURCE_ID, d.dbiResourceId());
    return recipe;
  }

  private static void put(Map<String, String> recipe, String key, @Nullable Object value) {
    if (value != null && !value.toString().isEmpty()) recipe.put(key, value.toString());
  }

  static RestoreDbInstanceFromDbSnapshotRequest restore(Site site) {
    RestoreDbInstanceFromDbSnapshotRequest.Builder request =
        RestoreDbInstanceFromDbSnapshotRequest.builder()
            .dbInstanceIdentifier(site.id())
            .dbSnapshotIdentifier(site.name())
            .tags(
                site.marked(Site.UNDO_TAG).entrySet().stream()
                    .map(t -> Tag.builder().key(t.getKey()).value(t.getValue()).build())
                    .toList());
    for (var field : RESTORED)
      if (!site.note(field.name()).isEmpty())
        field.write().accept(request, site.note(field.name()));
    storage(site, request);
    return request.build();
  }

  /**
   * gp3 with the 3,000 IOPS and 125 MiB/s of small storage is what AWS makes where nothing is said,
   * and it refuses to be told (RDS user guide, "gp3 storage"); io1, io2 and any other gp3 must come
   * with their IOPS.
   */
  private static void storage(Site site, RestoreDbInstanceFromDbSnapshotRequest.Builder request) {
    String type = site.note(STORAGE);
    boolean small =
        type.equals("gp3")
            && List.of("", "3000").contains(site.note(IOPS))
            && List.of("", "125").contains(site.note(THROUGHPUT));
    if (type.isEmpty() || small) return;
    request.storageType(type);
    if (List.of("io1", "io2", "gp3").contains(type) && !site.note(IOPS).isEmpty())
      request.iops(Integer.valueOf(site.note(IOPS)));
    if (type.equals("gp3") && !site.note(THROUGHPUT).isEmpty())
      request.storageThroughput(Integer.valueOf(site.note(THROUGHPUT)));
  }

  /** Gives the database back what a restore does not take and what it lacks. */
  static ModifyDbInstanceRequest modify(Site site, DBInstance d) {
    ModifyDbInstanceRequest.Builder request =
        ModifyDbInstanceRequest.builder().dbInstanceIdentifier(site.id()).applyImmediately(true);
    for (var field : MODIFIED)
      if (!isSet(field, site, d)) field.write().accept(request, site.note(field.name()));
    return request.build();
  }

  /** Whether the database has everything that a restore does not take. */
  static boolean isSet(Site site, DBInstance d) {
    return MODIFIED.stream().allMatch(field -> isSet(field, site, d));
  }

  private static boolean isSet(Field<?> field, Site site, DBInstance d) {
    String wanted = site.note(field.name());
    return wanted.isEmpty() || wanted.equals(String.valueOf(field.read().apply(d)));
  }
}
