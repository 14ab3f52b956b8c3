package dev.steward.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DomainType;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RedirectActionStatusCodeEnum;

/** Addresses, NAT gateways and load balancers. */
final class EstateNetwork {
  private final Customer customer;
  private final String region;
  private final Instant now;
  private final int scale;
  private final Estate.Labels labels;
  private final Ec2Client ec2;
  private final ElasticLoadBalancingV2Client balancers;
  private final EstateMetrics metrics;

  EstateNetwork(Customer customer, String region, Instant now, int scale, Estate.Labels labels) {
    this.customer = customer;
    this.region = region;
    this.now = now;
    this.scale = scale;
    this.labels = labels;
    this.ec2 = customer.client(region, Ec2Client.class, Ec2Client::builder);
    this.balancers =
        customer.client(
            region, ElasticLoadBalancingV2Client.class, ElasticLoadBalancingV2Client::builder);
    this.metrics = new EstateMetrics(customer, region, now);
  }

  void build() {
    List<Subnet> subnets = ec2.describeSubnets().subnets();
    for (int round = 0; round < scale; round++) {
      addresses();
      gateways(subnets);
      loadBalancers(subnets, round);
    }
  }

  private void ago(int days) {
    customer.at(now.minus(Duration.ofDays(days)));
  }

  private void addresses() {
    ago(40);
    for (int i = 0; i < 3; i++) labels.waste("unattached_address", region, address());
    String used = address();
    String host =
        ec2.describeInstances(r -> r.maxResults(20))
            .reservations()
            .getFirst()
            .instances()
            .getFirst()
            .instanceId();
    ec2.associateAddress(r -> r.allocationId(used).instanceId(host));
    String free = address();
    String card =
        ec2.createNetworkInterface(
                r -> r.subnetId(ec2.describeSubnets().subnets().getFirst().subnetId()))
            .networkInterface()
            .networkInterfaceId();
    labels.made(1);
    ec2.associateAddress(r -> r.allocationId(free).networkInterfaceId(card));
    labels.waste("unattached_address", region, free);
  }

  private String address() {
    labels.made(1);
    return ec2.allocateAddress(r -> r.domain(DomainType.VPC)).allocationId();
  }

  private void gateways(List<Subnet> subnets) {
    ago(50);
    String idle = gateway(subnets);
    Map<String, String> dimension = Map.of("NatGatewayId", idle);
    metrics.publish("AWS/NATGateway", "BytesOutToDestination", dimension, d -> 0);
    metrics.publish("AWS/NATGateway", "ActiveConnectionCount", dimension, d -> 0);
    labels.waste("idle_nat_gateway", region, idle);
    String busy = gateway(subnets);
    metrics.publish(
        "AWS/NATGateway", "BytesOutToDestination", Map.of("NatGatewayId", busy), d -> 5e9);
    metrics.publish(
        "AWS/NATGateway", "ActiveConnectionCount", Map.of("NatGatewayId", busy), d -> 300);
    // Without a datapoint nobody knows whether a NAT gateway is idle.
    labels.unknown("idle_nat_gateway", region, gateway(subnets));
  }

  private String gateway(List<Subnet> subnets) {
    labels.made(2);
    String address = address();
    // Its address belongs to the gateway; AWS shows it associated, and so must we.
    String gateway =
        ec2.createNatGateway(r -> r.subnetId(subnets.getFirst().subnetId()).allocationId(address))
            .natGateway()
            .natGatewayId();
    boolean associated =
        ec2.describeAddresses(r -> r.allocationIds(address)).addresses().stream()
            .anyMatch(a -> a.associationId() != null || a.networkInterfaceId() != null);
    if (!associated) labels.waste("unattached_address", region, address);
    return gateway;
  }

  private void loadBalancers(List<Subnet> subnets, int round) {
    ago(70);
    String empty = balancer("empty-" + round, subnets);
    String noTargets = group("empty-" + round, subnets);
    listen(empty, forward(noTargets));
    labels.waste("load_balancer_without_targets", region, empty);
    String used = balancer("used-" + round, subnets);
    String targets = group("used-" + round, subnets);
    String host =
        ec2.describeInstances(r -> r.maxResults(20))
            .reservations()
            .getFirst()
            .instances()
            .getFirst()
            .instanceId();
    balancers.registerTargets(r -> r.targetGroupArn(targets).targets(t -> t.id(host)));
    listen(used, forward(targets));
    // One that redirects to https answers by itself and needs no targets.
    String redirects = balancer("redirect-" + round, subnets);
    listen(
        redirects,
        Action.builder()
            .type(ActionTypeEnum.REDIRECT)
            .redirectConfig(c ->
                c.protocol("HTTPS").port("443").statusCode(RedirectActionStatusCodeEnum.HTTP_301))
            .build());
    ago(2);
    balancer("young-" + round, subnets);
  }

  private String balancer(String name, List<Subnet> subnets) {
    labels.made(1);
    return balancers
        .createLoadBalancer(
            r -> r.name(name).subnets(subnets.stream().limit(2).map(Subnet::subnetId).toList()))
        .loadBalancers()
        .getFirst()
        .loadBalancerArn();
  }

  private String group(String name, List<Subnet> subnets) {
    labels.made(1);
    return balancers
        .createTargetGroup(r ->
            r.name(name).protocol(ProtocolEnum.HTTP).port(80).vpcId(subnets.getFirst().vpcId()))
        .targetGroups()
        .getFirst()
        .targetGroupArn();
  }

  private static Action forward(String group) {
    return Action.builder().type(ActionTypeEnum.FORWARD).targetGroupArn(group).build();
  }

  private void listen(String balancer, Action action) {
    balancers.createListener(r ->
        r.loadBalancerArn(balancer).protocol(ProtocolEnum.HTTP).port(80).defaultActions(action));
  }
}
