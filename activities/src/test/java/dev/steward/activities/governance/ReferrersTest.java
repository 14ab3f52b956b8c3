package dev.steward.activities.governance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.activities.EmulatedAws;
import dev.steward.model.Change;
import dev.steward.model.Change.Step;
import dev.steward.model.Role;
import dev.steward.model.User;
import dev.steward.testing.Customer;
import dev.steward.testing.Fault;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateEbsBlockDeviceRequest;
import software.amazon.awssdk.services.ec2.model.OperationType;
import software.amazon.awssdk.services.ec2.model.SnapshotAttributeName;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.AliasTarget;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** What refers to a resource stops the step that would take it away, and is named. */
@SuppressWarnings("NullAway.Init")
final class ReferrersTest {
  private static final String REGION = "us-east-1";
  @TempDir private static Path folder;
  private static EmulatedAws aws;

  @BeforeAll
  static void start() {
    aws = new EmulatedAws(folder);
  }

  @AfterAll
  static void stop() {
    aws.close();
  }

  @AfterEach
  void heal() {
    aws.proxy.healAll();
  }

  /**
   * @param refer makes something that refers to the resource with the id
   * @param says what the step says then
   */
  private record Case(String action, String says, Referring refer) {
    @Override
    public String toString() {
      return action + ": " + says;
    }
  }

  @FunctionalInterface
  private interface Referring {
    void to(Customer customer, String id);
  }

  private static Life life() {
    return new Life(aws, null).approving();
  }

  private static Ec2Client ec2(Customer customer) {
    return customer.client(REGION, Ec2Client.class, Ec2Client::builder);
  }

  private static ElasticLoadBalancingV2Client balancers(Customer customer) {
    return customer.client(
        REGION, ElasticLoadBalancingV2Client.class, ElasticLoadBalancingV2Client::builder);
  }

  private static String routeTable(Ec2Client ec2) {
    String vpc = ec2.describeVpcs().vpcs().getFirst().vpcId();
    return ec2.createRouteTable(r -> r.vpcId(vpc)).routeTable().routeTableId();
  }

  private static void record(Customer customer, ResourceRecordSet set) {
    Route53Client dns = customer.client(REGION, Route53Client.class, Route53Client::builder);
    String zone =
        dns.createHostedZone(r -> r.name("example.com").callerReference("x")).hostedZone().id();
    dns.changeResourceRecordSets(r ->
        r.hostedZoneId(zone)
            .changeBatch(
                b -> b.changes(c -> c.action(ChangeAction.CREATE).resourceRecordSet(set))));
  }

  private static void addressRecord(Customer customer, String id) {
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

  private static LoadBalancer balancer(Customer customer, String arn) {
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
            ReferrersTest::addressRecord),
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
            ReferrersTest::addressRecord),
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

  private static Step carriedOut(Life life, String action, Referring refer) {
    User client = life.user("client", Role.CLIENT);
    String id = life.worlds().make(action);
    Change draft = life.drafts.of(client, action, id);
    refer.to(life.customer, id);
    Change change = life.submit(draft, client);
    return life.untilOver(change).step(1);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whateverRefersToItStopsTheStep(Case one) throws Exception {
    try (Life life = life()) {
      Step step = carriedOut(life, one.action(), one.refer());
      assertThat(step.state()).isEqualTo(Step.State.SKIPPED);
      assertThat(step.detail()).contains(one.says());
    }
  }

  /** A group behind the balancer, without targets. */
  private static String group(Customer customer, String balancer) {
    String vpc = ec2(customer).describeVpcs().vpcs().getFirst().vpcId();
    String group =
        balancers(customer)
            .createTargetGroup(r -> r.name("web").protocol(ProtocolEnum.HTTP).port(80).vpcId(vpc))
            .targetGroups()
            .getFirst()
            .targetGroupArn();
    balancers(customer)
        .createListener(r ->
            r.loadBalancerArn(balancer)
                .protocol(ProtocolEnum.HTTP)
                .port(80)
                .defaultActions(a -> a.type("forward").targetGroupArn(group)));
    return group;
  }

  @Test
  void aBalancerThatGotATargetSinceItWasPlannedIsNotDeleted() throws Exception {
    try (Life life = life()) {
      User client = life.user("client", Role.CLIENT);
      String balancer = life.worlds().make("delete_load_balancer");
      String group = group(life.customer, balancer);
      Change draft = life.drafts.of(client, "delete_load_balancer", balancer);
      String instance = life.worlds().make("stop_instance");
      balancers(life.customer)
          .registerTargets(r -> r.targetGroupArn(group).targets(t -> t.id(instance)));
      Change change = life.submit(draft, client);
      Step step = life.await(change, c -> c.progress().status().isOver()).step(1);
      assertThat(step.state()).isEqualTo(Step.State.SKIPPED);
      assertThat(step.detail()).contains("the target group web has 1 target");
    }
  }

  /** Where no target works a balancer asks all of them: that nobody asks it metrics must show. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aBalancerWhoseTargetsFailGoesOnlyByAFinding(boolean found) throws Exception {
    try (Life life = life()) {
      User client = life.user("client", Role.CLIENT);
      String balancer = life.worlds().make("delete_load_balancer");
      String group = group(life.customer, balancer);
      String instance = life.worlds().make("stop_instance");
      balancers(life.customer)
          .registerTargets(r -> r.targetGroupArn(group).targets(t -> t.id(instance)));
      ec2(life.customer).stopInstances(r -> r.instanceIds(instance));
      Change draft =
          found
              ? life.drafts.ofFinding(
                  client, "load_balancer_without_targets", "delete_load_balancer", balancer)
              : life.drafts.of(client, "delete_load_balancer", balancer);
      Step step = life.untilOver(life.submit(draft, client)).step(1);
      assertThat(step.state())
          .as(step.detail())
          .isEqualTo(found ? Step.State.DONE : Step.State.SKIPPED);
    }
  }

  @ParameterizedTest
  @MethodSource("free")
  void whatNothingRefersToGoes(String action) throws Exception {
    try (Life life = life()) {
      Step step = carriedOut(life, action, (c, id) -> {});
      assertThat(step.state()).as(step.detail()).isEqualTo(Step.State.DONE);
    }
  }

  static Stream<String> free() {
    return cases().map(Case::action).distinct();
  }

  @ParameterizedTest
  @MethodSource("readings")
  void whatCannotBeReadStopsTheStep(String asked) throws Exception {
    String action = asked.split("/")[0];
    String call = asked.split("/")[1];
    try (Life life = life()) {
      aws.proxy.when(c -> c.action().equals(call), new Fault.Deny());
      Step step = carriedOut(life, action, (c, id) -> {});
      assertThat(step.state()).isEqualTo(Step.State.SKIPPED);
      assertThat(step.detail()).contains("nobody can tell what refers to it", "the role needs");
    }
    try (Life life = life()) {
      aws.proxy.when(c -> c.action().equals(call), new Fault.ServerError());
      Step step = carriedOut(life, action, (c, id) -> {});
      assertThat(step.state()).isEqualTo(Step.State.FAILED);
      assertThat(step.detail()).contains("could not be read");
    }
  }

  static Stream<String> readings() {
    return Stream.of(
        "delete_nat_gateway/DescribeRouteTables",
        "delete_load_balancer/DescribeLoadBalancerAttributes",
        "deregister_image/DescribeLaunchTemplates",
        "deregister_image/DescribeLaunchConfigurations",
        "deregister_image/GetParametersByPath",
        "delete_snapshot/DescribeLaunchConfigurations",
        "delete_snapshot/DescribeSnapshotAttribute");
  }

  @Test
  void dnsThatMayNotBeReadIsSaidToBeUnasked() throws Exception {
    try (Life life = life()) {
      aws.proxy.when(c -> c.service().equals("route53"), new Fault.Deny());
      Step step = carriedOut(life, "release_address", (c, id) -> {});
      assertThat(step.state()).isEqualTo(Step.State.DONE);
      assertThat(step.detail()).contains("DNS was not asked: AccessDenied");
      assertThat(step.recipe()).containsKey("not_asked");
    }
  }
}
