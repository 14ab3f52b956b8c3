package dev.steward.aws;

import dev.steward.model.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.s3.model.Bucket;

/** Reads one resource again, as the listers would see it now. */
public final class Readers {
  /** Reads by the id that its lister gave it. */
  @FunctionalInterface
  private interface Reader {
    Optional<Resource> read(RegionClients clients, String id);
  }

  private static final Map<String, Reader> ALL =
      Map.ofEntries(
          Map.entry("ec2_instance", Readers::instance),
          Map.entry("ebs_volume", Readers::volume),
          Map.entry("ebs_snapshot", Readers::snapshot),
          Map.entry("ec2_image", Readers::image),
          Map.entry("elastic_ip", Readers::address),
          Map.entry("nat_gateway", Readers::natGateway),
          Map.entry("network_interface", Readers::networkInterface),
          Map.entry("load_balancer", Readers::loadBalancer),
          Map.entry("rds_instance", Readers::database),
          Map.entry("log_group", Readers::logGroup),
          Map.entry("s3_bucket", Readers::bucket));

  private Readers() {}

  /** The resource as it is now; empty when it is gone or going. */
  public static Optional<Resource> read(RegionClients clients, String kind, String id) {
    Reader reader = ALL.get(kind);
    if (reader == null) throw new IllegalArgumentException("no reader for " + kind);
    try {
      return reader.read(clients, id);
    } catch (AwsServiceException e) {
      if (AwsError.isAbsent(e)) return Optional.empty();
      throw e;
    }
  }

  private static Optional<Resource> instance(RegionClients c, String id) {
    return c.ec2().describeInstances(r -> r.instanceIds(id)).reservations().stream()
        .flatMap(r -> r.instances().stream())
        .filter(i ->
            i.state().name() != InstanceStateName.TERMINATED
                && i.state().name() != InstanceStateName.SHUTTING_DOWN)
        .findFirst()
        .map(i -> ComputeListers.instance(c.region(), i));
  }

  private static Optional<Resource> volume(RegionClients c, String id) {
    return c.ec2().describeVolumes(r -> r.volumeIds(id)).volumes().stream()
        .filter(v -> !List.of("deleting", "deleted").contains(v.stateAsString()))
        .findFirst()
        .map(v -> ComputeListers.volume(c.region(), v));
  }

  private static Optional<Resource> snapshot(RegionClients c, String id) {
    return c.ec2().describeSnapshots(r -> r.snapshotIds(id)).snapshots().stream()
        .findFirst()
        .map(s -> ComputeListers.snapshot(c.region(), s));
  }

  private static Optional<Resource> image(RegionClients c, String id) {
    return c.ec2().describeImages(r -> r.imageIds(id)).images().stream()
        .filter(i -> !"deregistered".equals(i.stateAsString()))
        .findFirst()
        .map(i -> ComputeListers.image(c.region(), i));
  }

  private static Optional<Resource> address(RegionClients c, String id) {
    return c.ec2().describeAddresses(r -> r.allocationIds(id)).addresses().stream()
        .findFirst()
        .map(a -> NetworkListers.address(c.region(), a));
  }

  private static Optional<Resource> natGateway(RegionClients c, String id) {
    return c.ec2().describeNatGateways(r -> r.natGatewayIds(id)).natGateways().stream()
        .filter(g -> !List.of("deleting", "deleted").contains(g.stateAsString()))
        .findFirst()
        .map(g -> NetworkListers.natGateway(c.region(), g));
  }

  private static Optional<Resource> networkInterface(RegionClients c, String id) {
    return c
        .ec2()
        .describeNetworkInterfaces(r -> r.networkInterfaceIds(id))
        .networkInterfaces()
        .stream()
        .findFirst()
        .map(n -> NetworkListers.networkInterface(c.region(), n));
  }

  private static Optional<Resource> loadBalancer(RegionClients c, String id) {
    return c.balancers().describeLoadBalancers(r -> r.loadBalancerArns(id)).loadBalancers().stream()
        .findFirst()
        .map(b -> BalancerListers.tagged(c, List.of(BalancerListers.loadBalancer(c, b))))
        .flatMap(one -> one.getFirst().read());
  }

  private static Optional<Resource> database(RegionClients c, String id) {
    return c.rds().describeDBInstances(r -> r.dbInstanceIdentifier(id)).dbInstances().stream()
        .filter(d -> !"deleting".equals(d.dbInstanceStatus()))
        .findFirst()
        .map(d -> DataListers.database(c.region(), d));
  }

  private static Optional<Resource> logGroup(RegionClients c, String id) {
    return c.logs().describeLogGroupsPaginator(r -> r.logGroupNamePrefix(id)).logGroups().stream()
        .filter(g -> g.logGroupName().equals(id))
        .findFirst()
        .flatMap(g -> DataListers.logGroup(c, g).read());
  }

  private static Optional<Resource> bucket(RegionClients c, String id) {
    return BucketListers.bucket(c, Bucket.builder().name(id).bucketRegion(c.region()).build())
        .read();
  }
}
