package dev.steward.activities.governance;

import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.CreateDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.Tag;

/** Databases to act on. */
record DatabaseWorlds(RdsClient rds, List<String> subnets) {
  static final String NAME = "orders";

  String plain() {
    return make(r -> r.storageType("gp2"));
  }

  String make(Consumer<CreateDbInstanceRequest.Builder> how) {
    CreateDbInstanceRequest.Builder request =
        CreateDbInstanceRequest.builder()
            .dbInstanceIdentifier(NAME)
            .dbInstanceClass("db.m5.large")
            .engine("postgres")
            .allocatedStorage(100)
            .masterUsername("root")
            .masterUserPassword("emulated-only");
    how.accept(request);
    rds.createDBInstance(request.build());
    return NAME;
  }

  /** It moves on from one state to the next with each look. */
  void take(String id) {
    for (int i = 0; i < 20 && !states().contains("available"); i++) states();
    rds.deleteDBInstance(r -> r.dbInstanceIdentifier(id).skipFinalSnapshot(true));
    for (int i = 0; i < 20 && !states().isEmpty(); i++) states();
  }

  private List<String> states() {
    return rds.describeDBInstances().dbInstances().stream()
        .map(DBInstance::dbInstanceStatus)
        .toList();
  }

  /** With everything that an undo could forget. */
  String rich() {
    rds.createDBParameterGroup(r ->
        r.dbParameterGroupName("tuned").dbParameterGroupFamily("mysql8.0").description("tuned"));
    rds.createOptionGroup(r ->
        r.optionGroupName("audited")
            .engineName("mysql")
            .majorEngineVersion("8.0")
            .optionGroupDescription("audited"));
    rds.createDBSubnetGroup(
        r -> r.dbSubnetGroupName("inside").dbSubnetGroupDescription("inside").subnetIds(subnets));
    return make(r ->
        r.engine("mysql")
            .engineVersion("8.0.35")
            .allocatedStorage(500)
            .maxAllocatedStorage(1_000)
            .storageType("gp3")
            .iops(13_000)
            .storageThroughput(600)
            .storageEncrypted(true)
            .kmsKeyId(Worlds.KEY)
            .port(3_333)
            .multiAZ(true)
            .publiclyAccessible(true)
            .dbParameterGroupName("tuned")
            .optionGroupName("audited")
            .dbSubnetGroupName("inside")
            .vpcSecurityGroupIds("sg-11112222", "sg-33334444")
            .caCertificateIdentifier("rds-ca-ecc384-g1")
            .enableIAMDatabaseAuthentication(true)
            .enableCloudwatchLogsExports("audit", "slowquery")
            .enablePerformanceInsights(true)
            .performanceInsightsRetentionPeriod(93)
            .performanceInsightsKMSKeyId(Worlds.KEY)
            .monitoringInterval(30)
            .monitoringRoleArn("arn:aws:iam::111122223333:role/monitoring")
            .backupRetentionPeriod(14)
            .preferredBackupWindow("03:00-03:30")
            .preferredMaintenanceWindow("sun:05:00-sun:05:30")
            .autoMinorVersionUpgrade(false)
            .copyTagsToSnapshot(true)
            .engineLifecycleSupport("open-source-rds-extended-support-disabled")
            .tags(
                Tag.builder().key("team").value("data").build(),
                Tag.builder().key("cost").value("42").build()));
  }
}
