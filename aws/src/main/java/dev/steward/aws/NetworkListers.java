package dev.steward.aws;

import static dev.steward.aws.ComputeListers.next;

import dev.steward.model.Resource;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.DescribeNatGatewaysResponse;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkInterfacesResponse;
import software.amazon.awssdk.services.ec2.model.NatGateway;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.Tag;

/** Addresses, gateways and interfaces. */
final class NetworkListers {
  private NetworkListers() {}

  /** DescribeAddresses has no pages. */
  static Page addresses(RegionClients clients, @Nullable String token) {
    return new Page(
        clients.ec2().describeAddresses().addresses().stream()
            .map(a -> address(clients.region(), a))
            .toList(),
        null);
  }

  static Resource address(String region, Address a) {
    return new Described("elastic_ip", region, a.allocationId())
        .state(a.associationId() == null ? "unattached" : "attached")
        .tags(a.tags(), Tag::key, Tag::value)
        .with("address", a.publicIp())
        .with("association", a.associationId())
        .with("instance", a.instanceId())
        .with("interface", a.networkInterfaceId())
        .with("service_managed", a.serviceManagedAsString())
        .resource();
  }

  static Page natGateways(RegionClients clients, @Nullable String token) {
    DescribeNatGatewaysResponse page =
        clients.ec2().describeNatGateways(r -> r.maxResults(clients.page(1_000)).nextToken(token));
    return new Page(
        page.natGateways().stream()
            .filter(g -> !"deleted".equals(g.stateAsString()))
            .map(g -> natGateway(clients.region(), g))
            .toList(),
        next(page.nextToken()));
  }

  static Resource natGateway(String region, NatGateway g) {
    return new Described("nat_gateway", region, g.natGatewayId())
        .state(g.stateAsString())
        .created(g.createTime())
        .tags(g.tags(), Tag::key, Tag::value)
        .with("vpc", g.vpcId())
        .with("subnet", g.subnetId())
        .resource();
  }

  static Page interfaces(RegionClients clients, @Nullable String token) {
    DescribeNetworkInterfacesResponse page =
        clients
            .ec2()
            .describeNetworkInterfaces(r -> r.maxResults(clients.page(1_000)).nextToken(token));
    return new Page(
        page.networkInterfaces().stream().map(n -> networkInterface(clients.region(), n)).toList(),
        next(page.nextToken()));
  }

  static Resource networkInterface(String region, NetworkInterface n) {
    return new Described("network_interface", region, n.networkInterfaceId())
        .state(n.statusAsString())
        .tags(n.tagSet(), Tag::key, Tag::value)
        .with("interface_type", n.interfaceTypeAsString())
        .with("instance", n.attachment() == null ? null : n.attachment().instanceId())
        .with("operator", ComputeListers.operator(n.operator()))
        .with("requester", requester(n))
        .with("description", n.description())
        .resource();
  }

  /** The service that made the interface for itself; null where a person did. */
  private static @Nullable String requester(NetworkInterface n) {
    if (!Boolean.TRUE.equals(n.requesterManaged())) return null;
    return n.requesterId() == null ? "unnamed" : n.requesterId();
  }
}
