package dev.steward.activities.governance;

import dev.steward.testing.Customer;
import java.util.Map;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.EbsBlockDevice;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.rds.RdsClient;

/** What each action is tried on, encrypted with a key of the customer's own. */
final class EncryptedWorlds {
  private final Customer customer;

  EncryptedWorlds(Customer customer) {
    this.customer = customer;
  }

  KmsClient kms(String region) {
    return customer.client(region, KmsClient.class, KmsClient::builder);
  }

  Ec2Client ec2(String region) {
    return customer.client(region, Ec2Client.class, Ec2Client::builder);
  }

  String key(String region, boolean ofManyRegions) {
    return kms(region).createKey(r -> r.multiRegion(ofManyRegions)).keyMetadata().arn();
  }

  /** Makes the resource that the action is for, and returns its id. */
  String make(String action, String key) {
    Ec2Client ec2 = ec2(Worlds.REGION);
    return switch (action) {
      case "snapshot_and_delete_volume" -> volume(key);
      case "delete_snapshot" -> snapshot(key);
      case "deregister_image" -> {
        String snapshot = snapshot(key);
        yield ec2.registerImage(r ->
                r.name("golden")
                    .rootDeviceName("/dev/sda1")
                    .architecture("x86_64")
                    .blockDeviceMappings(
                        d -> d.deviceName("/dev/sda1").ebs(e -> e.snapshotId(snapshot))))
            .imageId();
      }
      case "stop_instance", "resize_instance", "terminate_instance" -> instance(key);
      case "start_instance" -> {
        String id = instance(key);
        ec2.stopInstances(r -> r.instanceIds(id));
        yield id;
      }
      case "stop_rds_instance", "snapshot_and_delete_rds" -> {
        customer
            .client(Worlds.REGION, RdsClient.class, RdsClient::builder)
            .createDBInstance(r ->
                r.dbInstanceIdentifier("orders")
                    .dbInstanceClass("db.m5.large")
                    .engine("postgres")
                    .allocatedStorage(100)
                    .storageEncrypted(true)
                    .kmsKeyId(key)
                    .masterUsername("root")
                    .masterUserPassword("emulated-only"));
        yield "orders";
      }
      default -> throw new IllegalArgumentException(action + " is new to this test");
    };
  }

  static Map<String, String> parameters(String action) {
    return switch (action) {
      case "delete_snapshot" -> Map.of("copy_region", Worlds.COPY_REGION);
      case "resize_instance" -> Map.of("instance_type", "m5.xlarge");
      default -> Map.of();
    };
  }

  private String volume(String key) {
    return ec2(Worlds.REGION)
        .createVolume(r ->
            r.size(100)
                .availabilityZone("us-east-1b")
                .volumeType("gp3")
                .encrypted(true)
                .kmsKeyId(key))
        .volumeId();
  }

  private String snapshot(String key) {
    String volume = volume(key);
    return ec2(Worlds.REGION).createSnapshot(r -> r.volumeId(volume)).snapshotId();
  }

  private String instance(String key) {
    Ec2Client ec2 = ec2(Worlds.REGION);
    String image =
        ec2.registerImage(r -> r.name("base").rootDeviceName("/dev/sda1").architecture("x86_64"))
            .imageId();
    EbsBlockDevice disk =
        EbsBlockDevice.builder().volumeSize(20).encrypted(true).kmsKeyId(key).build();
    return ec2.runInstances(r ->
            r.imageId(image)
                .instanceType("m5.large")
                .minCount(1)
                .maxCount(1)
                .blockDeviceMappings(d -> d.deviceName("/dev/sda1").ebs(disk)))
        .instances()
        .getFirst()
        .instanceId();
  }
}
