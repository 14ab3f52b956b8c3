package dev.steward.activities.aws;

import static dev.steward.activities.aws.ComputeListers.next;

import dev.steward.model.Resource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.DescribeNatGatewaysResponse;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkInterfacesResponse;
import software.amazon.awssdk.services.ec2.model.NatGateway;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;

/** Addresses, gateways, interfaces, load balancers and what is behind them. */
final class NetworkListers {
  private static final Set<String> ANSWERS_BY_ITSELF = Set.of("redirect", "fixed-response");

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

  static Page loadBalancers(RegionClients clients, @Nullable String token) {
    DescribeLoadBalancersResponse page =
        clients.balancers().describeLoadBalancers(r -> r.pageSize(clients.page(400)).marker(token));
    return new Page(
        page.loadBalancers().stream().map(b -> loadBalancer(clients, b)).toList(),
        next(page.nextMarker()));
  }

  static Resource loadBalancer(RegionClients clients, LoadBalancer b) {
    List<Listener> listeners =
        clients
            .balancers()
            .describeListeners(r -> r.loadBalancerArn(b.loadBalancerArn()))
            .listeners();
    boolean redirects =
        listeners.stream()
            .flatMap(l -> l.defaultActions().stream())
            .anyMatch(a -> ANSWERS_BY_ITSELF.contains(a.typeAsString()));
    return new Described("load_balancer", clients.region(), b.loadBalancerArn())
        .name(b.loadBalancerName())
        .state(b.state() == null ? null : b.state().codeAsString())
        .created(b.createdTime())
        .with("type", b.typeAsString())
        // CloudWatch names it by the part of the ARN after "loadbalancer/".
        .with(
            "dimension",
            b.loadBalancerArn()
                .substring(b.loadBalancerArn().indexOf("loadbalancer/") + "loadbalancer/".length()))
        .with("listeners", listeners.size())
        .with("redirects", redirects)
        .resource();
  }

  static Page targetGroups(RegionClients clients, @Nullable String token) {
    DescribeTargetGroupsResponse page =
        clients.balancers().describeTargetGroups(r -> r.pageSize(clients.page(400)).marker(token));
    return new Page(
        page.targetGroups().stream().map(g -> targetGroup(clients, g)).toList(),
        next(page.nextMarker()));
  }

  private static Resource targetGroup(RegionClients clients, TargetGroup g) {
    List<TargetHealthDescription> targets =
        clients
            .balancers()
            .describeTargetHealth(r -> r.targetGroupArn(g.targetGroupArn()))
            .targetHealthDescriptions();
    return new Described("target_group", clients.region(), g.targetGroupArn())
        .name(g.targetGroupName())
        .with("load_balancers", String.join(",", g.loadBalancerArns()))
        .with("targets", targets.size())
        .with(
            "healthy",
            targets.stream()
                .filter(t -> t.targetHealth().state() == TargetHealthStateEnum.HEALTHY)
                .count())
        .with("target_type", g.targetTypeAsString())
        .resource();
  }
}
