package dev.steward.aws.actions;

import dev.steward.model.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.InstanceAttributeName;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteState;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupNotFoundException;

/** Routes, gateways, addresses, targets and protections. */
final class NetworkReferrers {
  private static final String PROTECTED = "deletion_protection.enabled";

  private NetworkReferrers() {}

  /** A route that is active sends traffic there; one that is a black hole sends none. */
  static List<String> routes(Site site, Resource resource) {
    List<String> found = new ArrayList<>();
    site.clients().ec2().describeRouteTablesPaginator().routeTables().stream()
        .peek(table -> site.alive().run())
        .forEach(table ->
            table.routes().stream()
                .filter(route -> route.state() != RouteState.BLACKHOLE)
                .filter(route -> leadsTo(route, resource.id()))
                .forEach(route -> found.add(said(table, route))));
    return found;
  }

  private static boolean leadsTo(Route route, String id) {
    return Stream.of(route.natGatewayId(), route.instanceId(), route.networkInterfaceId())
        .anyMatch(id::equals);
  }

  private static String said(RouteTable table, Route route) {
    List<String> subnets =
        table.associations().stream()
            .map(a -> Boolean.TRUE.equals(a.main()) ? "every other subnet" : a.subnetId())
            .filter(java.util.Objects::nonNull)
            .toList();
    return "the route table "
        + table.routeTableId()
        + (subnets.isEmpty() ? "" : " of " + String.join(", ", subnets))
        + " sends "
        + destination(route)
        + " to it";
  }

  private static String destination(Route route) {
    if (route.destinationCidrBlock() != null) return route.destinationCidrBlock();
    if (route.destinationIpv6CidrBlock() != null) return route.destinationIpv6CidrBlock();
    return String.valueOf(route.destinationPrefixListId());
  }

  static List<String> natGateways(Site site, Resource resource) {
    return site.clients().ec2().describeNatGatewaysPaginator().natGateways().stream()
        .filter(gateway -> !"deleted".equals(gateway.stateAsString()))
        .filter(gateway ->
            gateway.natGatewayAddresses().stream()
                .anyMatch(a -> resource.id().equals(a.allocationId())))
        .map(gateway -> "the NAT gateway " + gateway.natGatewayId() + " uses it")
        .toList();
  }

  static List<String> addresses(Site site, Resource resource) {
    return site.clients().ec2().describeAddresses().addresses().stream()
        .filter(address -> resource.id().equals(address.networkInterfaceId()))
        .map(address -> "the address " + address.publicIp() + " belongs to it")
        .toList();
  }

  static List<String> balancerProtection(Site site, Resource resource) {
    boolean isProtected =
        site
            .clients()
            .balancers()
            .describeLoadBalancerAttributes(r -> r.loadBalancerArn(resource.id()))
            .attributes()
            .stream()
            .filter(a -> PROTECTED.equals(a.key()))
            .map(LoadBalancerAttribute::value)
            .anyMatch("true"::equals);
    return isProtected ? List.of("it is protected against being deleted") : List.of();
  }

  static List<String> targets(Site site, Resource resource) {
    List<String> found = new ArrayList<>();
    for (TargetGroup group : groups(site, resource)) {
      site.alive().run();
      int targets =
          site.clients()
              .balancers()
              .describeTargetHealth(r -> r.targetGroupArn(group.targetGroupArn()))
              .targetHealthDescriptions()
              .size();
      if (targets > 0)
        found.add(
            "the target group "
                + group.targetGroupName()
                + " has "
                + targets
                + (targets == 1 ? " target" : " targets"));
    }
    return found;
  }

  /** AWS says of a balancer without groups that they were not found. */
  private static List<TargetGroup> groups(Site site, Resource resource) {
    try {
      return site
          .clients()
          .balancers()
          .describeTargetGroupsPaginator(r -> r.loadBalancerArn(resource.id()))
          .targetGroups()
          .stream()
          .toList();
    } catch (TargetGroupNotFoundException none) {
      return List.of();
    }
  }

  /** AWS refuses to stop or terminate what is protected, after whatever was done before. */
  static List<String> instanceProtection(Site site, Resource resource) {
    boolean ends = site.takesAway();
    List<String> found = new ArrayList<>();
    if (ends && isSet(site, InstanceAttributeName.DISABLE_API_TERMINATION))
      found.add("it is protected against being terminated");
    if (isSet(site, InstanceAttributeName.DISABLE_API_STOP))
      found.add("it is protected against being stopped");
    return found;
  }

  private static boolean isSet(Site site, InstanceAttributeName name) {
    var answer =
        site.clients()
            .ec2()
            .describeInstanceAttribute(r -> r.instanceId(site.id()).attribute(name));
    return Stream.of(answer.disableApiTermination(), answer.disableApiStop())
        .anyMatch(value -> value != null && Boolean.TRUE.equals(value.value()));
  }
}
