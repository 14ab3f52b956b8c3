package dev.steward.aws.actions;

import dev.steward.estate.catalogue.Catalogue;
import dev.steward.estate.elb.TargetGroups;
import dev.steward.model.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.AttributeBooleanValue;
import software.amazon.awssdk.services.ec2.model.InstanceAttributeName;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteState;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;

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
    Optional<Boolean> isProtected =
        site
            .clients()
            .balancers()
            .describeLoadBalancerAttributes(r -> r.loadBalancerArn(resource.id()))
            .attributes()
            .stream()
            .filter(a -> PROTECTED.equals(a.key()) && a.value() != null)
            .map(LoadBalancerAttribute::value)
            .map(Boolean::valueOf)
            .findFirst();
    return against(isProtected, "protected against being deleted");
  }

  /**
   * Targets that requests may be sent to. Where none works a balancer sends them to all of them all
   * the same, so that those count too unless the step acts on a finding: that they get none is
   * shown by the last day's metrics then.
   */
  static List<String> targets(Site site, Resource resource) {
    List<String> found = new ArrayList<>();
    boolean shown = Catalogue.lastDay(site.step().check()).isPresent();
    for (TargetGroup group : groups(site, resource)) {
      site.alive().run();
      List<TargetHealthDescription> registered =
          site.clients()
              .balancers()
              .describeTargetHealth(r -> r.targetGroupArn(group.targetGroupArn()))
              .targetHealthDescriptions();
      long targets =
          registered.stream().filter(one -> !shown || !TargetGroups.isIdle(state(one))).count();
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

  private static @Nullable String state(TargetHealthDescription target) {
    return target.targetHealth() == null ? null : target.targetHealth().stateAsString();
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
    List<String> found = new ArrayList<>();
    if (site.takesAway())
      found.addAll(
          against(
              told(site, InstanceAttributeName.DISABLE_API_TERMINATION),
              "protected against being terminated"));
    found.addAll(
        against(
            told(site, InstanceAttributeName.DISABLE_API_STOP), "protected against being stopped"));
    return found;
  }

  /** What AWS does not say may be so. */
  private static List<String> against(Optional<Boolean> isSo, String what) {
    if (isSo.isEmpty()) return List.of("nobody can tell whether it is " + what);
    return isSo.get() ? List.of("it is " + what) : List.of();
  }

  private static Optional<Boolean> told(Site site, InstanceAttributeName name) {
    var answer =
        site.clients()
            .ec2()
            .describeInstanceAttribute(r -> r.instanceId(site.id()).attribute(name));
    AttributeBooleanValue said =
        name == InstanceAttributeName.DISABLE_API_STOP
            ? answer.disableApiStop()
            : answer.disableApiTermination();
    return Optional.ofNullable(said).map(AttributeBooleanValue::value);
  }
}
