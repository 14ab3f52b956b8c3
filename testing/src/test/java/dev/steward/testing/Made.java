package dev.steward.testing;

import java.util.function.Consumer;
import software.amazon.awssdk.services.ec2.model.CreateVolumeRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.rds.model.CreateDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.DBInstance;

/** What rows ask about, made by the account's administrator. */
final class Made {
  static final String DATABASE = "orders";

  private Made() {}

  static String volume(Tenant aws, Consumer<CreateVolumeRequest.Builder> how) {
    return aws.ec2()
        .createVolume(r -> how.accept(r.size(100).availabilityZone(Tenant.ZONE)))
        .volumeId();
  }

  static String volume(Tenant aws, String type) {
    return volume(aws, r -> r.volumeType(type));
  }

  static Volume seen(Tenant aws, String volume) {
    return aws.ec2().describeVolumes(r -> r.volumeIds(volume)).volumes().getFirst();
  }

  static String snapshot(Tenant aws, String volume) {
    return aws.ec2().createSnapshot(r -> r.volumeId(volume)).snapshotId();
  }

  static String image(Tenant aws, String name) {
    return aws.ec2()
        .registerImage(r -> r.name(name).rootDeviceName("/dev/sda1").architecture("x86_64"))
        .imageId();
  }

  static String instance(Tenant aws, Consumer<RunInstancesRequest.Builder> how) {
    String image = image(aws, "base");
    return aws.ec2()
        .runInstances(
            r -> how.accept(r.imageId(image).instanceType("m5.large").minCount(1).maxCount(1)))
        .instances()
        .getFirst()
        .instanceId();
  }

  static String instance(Tenant aws, String type) {
    return instance(aws, r -> r.instanceType(type));
  }

  static String key(Tenant aws) {
    return aws.kms().createKey(_ -> {}).keyMetadata().arn();
  }

  static String database(Tenant aws, Consumer<CreateDbInstanceRequest.Builder> how) {
    aws.rds()
        .createDBInstance(r ->
            how.accept(
                r.dbInstanceIdentifier(DATABASE)
                    .dbInstanceClass("db.m5.large")
                    .engine("postgres")
                    .allocatedStorage(100)
                    .masterUsername("root")
                    .masterUserPassword("emulated-only")));
    return DATABASE;
  }

  static String database(Tenant aws) {
    return database(aws, _ -> {});
  }

  static DBInstance database(Tenant aws, String id) {
    return aws.rds().describeDBInstances(r -> r.dbInstanceIdentifier(id)).dbInstances().getFirst();
  }

  static String backup(Tenant aws) {
    database(aws);
    aws.rds().createDBSnapshot(r -> r.dbInstanceIdentifier(DATABASE).dbSnapshotIdentifier("kept"));
    return "kept";
  }
}
