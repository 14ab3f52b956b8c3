package dev.steward.activities.governance;

import dev.steward.testing.Customer;
import java.util.stream.Stream;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateEbsBlockDeviceRequest;
import software.amazon.awssdk.services.ec2.model.OperationType;
import software.amazon.awssdk.services.ec2.model.SnapshotAttributeName;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.AliasTarget;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** What may refer to a resource, and what the step that would take it away says then. */
final class ReferrerCases {
  static final String REGION = "us-east-1";

  private ReferrerCases() {}

  /**
   * @param refer makes something that refers to the resource with the id
   * @param says what the step says then
   */
  record Case(String action, String says, Referring refer) {
    @Override
    public String toString() {
      return action + ": " + says;
    }
  }

  @FunctionalInterface
  interface Referring {
    void to(Customer customer, String id);
  }

  static Ec2Client ec2(Customer customer) {
    return customer.client(REGION, Ec2Client.class, Ec2Client::builder);
  }

  static ElasticLoadBalancingV2Client balancers(Customer customer) {
    return customer.client(
        REGION, ElasticLoadBalancingV2Client.class, ElasticLoadBalancingV2Client::builder);
  }

  static String routeTable(Ec2Client ec2) {
    String vpc = ec2.describeVpcs().vpcs().getFirst().vpcId();
    return ec2.createRouteTable(r -> r.vpcId(vpc)).routeTable().routeTableId();
  }

  static void record(Customer customer, ResourceRecordSet set) {
    Route53Client dns = customer.client(REGION, Route53Client.class, Route53Client::builder);
    String zone =
        dns.createHostedZone(r -> r.name("example.com").callerReference("x")).hostedZone().id();
    dns.changeResourceRecordSets(r ->
        r.hostedZoneId(zone)
            .changeBatch(
                b -> b.changes(c -> c.action(ChangeAction.CREATE).resourceRecordSet(set))));
  }

  static void addressRecord(Customer customer, String id) {
    String address =
        ec2(customer).describeAddresses(r -> r.allocationIds(id)).addresses().getFirst().publicIp();
    record(
        customer,
        ResourceRecordSet.builder()
            .name("www.example.com")
            .type(RRType.A)
            .ttl(60L)
            .resourceRecords(ResourceRecord.builder().value(address).build())
            .build());
  }

  static LoadBalancer balancer(Customer customer, String arn) {
    return balancers(customer)
        .describeLoadBalancers(r -> r.loadBalancerArns(arn))
        .loadBalancers()
        .getFirst();
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case(
            "delete_nat_gateway",
            "sends 0.0.0.0/0 to it",
            (c, id) -> {
              String table = routeTable(ec2(c));
              ec2(c)
                  .createRoute(r ->
                      r.routeTableId(table).destinationCidrBlock("0.0.0.0/0").natGatewayId(id));
            }),
        new Case(
            "release_address",
            "association is",
            (c, id) -> {
              String subnet = ec2(c).describeSubnets().subnets().getFirst().subnetId();
              ec2(c).createNatGateway(r -> r.subnetId(subnet).allocationId(id));
            }),
        new Case(
            "release_address",
            "the DNS record www.example.com. leads to it",
            ReferrerCases::addressRecord),
        new Case(
            "release_attached_address",
            "what it is attached to",
            (c, id) -> {
              String holder =
                  ec2(c)
                      .describeAddresses(r -> r.allocationIds(id))
                      .addresses()
                      .getFirst()
                      .instanceId();
              ec2(c).startInstances(r -> r.instanceIds(holder));
            }),
        new Case(
            "release_attached_address",
            "the DNS record www.example.com. leads to it",
            ReferrerCases::addressRecord),
        new Case(
            "delete_network_interface",
            "sends 10.9.0.0/16 to it",
            (c, id) -> {
              String table = routeTable(ec2(c));
              ec2(c)
                  .createRoute(r ->
                      r.routeTableId(table)
                          .destinationCidrBlock("10.9.0.0/16")
                          .networkInterfaceId(id));
            }),
        new Case(
            "delete_network_interface",
            "belongs to it",
            (c, id) -> {
              String address = ec2(c).allocateAddress(r -> r.domain("vpc")).allocationId();
              ec2(c).associateAddress(r -> r.allocationId(address).networkInterfaceId(id));
            }),
        new Case(
            "delete_load_balancer",
            "it is protected against being deleted",
            (c, id) ->
                balancers(c)
                    .modifyLoadBalancerAttributes(r ->
                        r.loadBalancerArn(id)
                            .attributes(a -> a.key("deletion_protection.enabled").value("true")))),
        new Case(
            "delete_load_balancer",
            "the DNS record shop.example.com. leads to it",
            (c, id) ->
                record(
                    c,
                    ResourceRecordSet.builder()
                        .name("shop.example.com")
                        .type(RRType.A)
                        .aliasTarget(
                            AliasTarget.builder()
                                .hostedZoneId("Z35SXDOTRQ7X7K")
                                .dnsName("dualstack." + balancer(c, id).dnsName() + ".")
                                .evaluateTargetHealth(false)
                                .build())
                        .build())),
        new Case(
            "deregister_image",
            "the launch template web version 1 starts instances of it",
            (c, id) -> {
              ec2(c)
                  .createLaunchTemplate(
                      r -> r.launchTemplateName("web").launchTemplateData(d -> d.imageId(id)));
              ec2(c)
                  .createLaunchTemplateVersion(r ->
                      r.launchTemplateName("web").launchTemplateData(d -> d.imageId("ami-other")));
              ec2(c).modifyLaunchTemplate(r -> r.launchTemplateName("web").defaultVersion("2"));
            }),
        new Case(
            "deregister_image",
            "version 1 ($Default) ($Latest) starts instances of it",
            (c, id) ->
                ec2(c)
                    .createLaunchTemplate(
                        r -> r.launchTemplateName("web").launchTemplateData(d -> d.imageId(id)))),
        new Case(
            "deregister_image",
            "the launch configuration old names it",
            (c, id) ->
                c.client(REGION, AutoScalingClient.class, AutoScalingClient::builder)
                    .createLaunchConfiguration(r ->
                        r.launchConfigurationName("old").imageId(id).instanceType("m5.large"))),
        new Case(
            "deregister_image",
            "was made from it",
            (c, id) ->
                ec2(c)
                    .runInstances(
                        r -> r.imageId(id).instanceType("m5.large").minCount(1).maxCount(1))),
        new Case(
            "deregister_image",
            "it is shared with the account 222233334444",
            (c, id) ->
                ec2(c)
                    .modifyImageAttribute(r ->
                        r.imageId(id).launchPermission(l -> l.add(p -> p.userId("222233334444"))))),
        new Case(
            "deregister_image",
            "the image parameter /golden names it",
            (c, id) ->
                c.client(REGION, SsmClient.class, SsmClient::builder)
                    .putParameter(r ->
                        r.name("/golden")
                            .value(id)
                            .type(ParameterType.STRING)
                            .dataType("aws:ec2:image"))),
        // Most name theirs in plain text, of which AWS does not look at the value.
        new Case(
            "deregister_image",
            "the image parameter /plain names it",
            (c, id) ->
                c.client(REGION, SsmClient.class, SsmClient::builder)
                    .putParameter(r ->
                        r.name("/plain")
                            .value("{\"ami\": \"" + id + "\"}")
                            .type(ParameterType.STRING))),
        new Case(
            "delete_snapshot",
            "the launch configuration disks names it",
            (c, id) ->
                c.client(REGION, AutoScalingClient.class, AutoScalingClient::builder)
                    .createLaunchConfiguration(r ->
                        r.launchConfigurationName("disks")
                            .imageId("ami-other")
                            .instanceType("m5.large")
                            .blockDeviceMappings(
                                m -> m.deviceName("/dev/sdf").ebs(e -> e.snapshotId(id))))),
        new Case(
            "delete_snapshot",
            "it is shared with the account 222233334444",
            (c, id) ->
                ec2(c)
                    .modifySnapshotAttribute(r ->
                        r.snapshotId(id)
                            .attribute(SnapshotAttributeName.CREATE_VOLUME_PERMISSION)
                            .operationType(OperationType.ADD)
                            .userIds("222233334444"))),
        new Case(
            "delete_snapshot",
            "the launch template data version 1 ($Default) ($Latest) makes volumes of it",
            (c, id) ->
                ec2(c)
                    .createLaunchTemplate(r ->
                        r.launchTemplateName("data")
                            .launchTemplateData(d ->
                                d.blockDeviceMappings(m ->
                                    m.deviceName("/dev/sdf")
                                        .ebs(
                                            LaunchTemplateEbsBlockDeviceRequest.builder()
                                                .snapshotId(id)
                                                .build()))))),
        new Case(
            "terminate_instance",
            "it is protected against being terminated",
            (c, id) ->
                ec2(c)
                    .modifyInstanceAttribute(
                        r -> r.instanceId(id).disableApiTermination(a -> a.value(true)))),
        new Case(
            "stop_instance",
            "sends 10.8.0.0/16 to it",
            (c, id) -> {
              String table = routeTable(ec2(c));
              ec2(c)
                  .createRoute(r ->
                      r.routeTableId(table).destinationCidrBlock("10.8.0.0/16").instanceId(id));
            }));
  }
}
