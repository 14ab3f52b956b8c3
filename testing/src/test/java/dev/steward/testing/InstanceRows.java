package dev.steward.testing;

import static dev.steward.testing.Row.answers;
import static dev.steward.testing.Row.refuses;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Instance;

/** EC2 instances and their addresses. */
final class InstanceRows {
  private static final String DRY_RUN =
      "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html";
  private static final String STOP =
      "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Stop_Start.html";
  private static final String RESIZE =
      "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resize-limitations.html";
  private static final String CREDITS =
      "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyInstanceCreditSpecification.html";
  private static final String BURST =
      "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/burstable-performance-instances-unlimited-mode-concepts.html";
  private static final String ADDRESSES =
      "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/elastic-ip-addresses-eip.html";
  private static final String PTR =
      "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyAddressAttribute.html";
  private static final String INSTANCE =
      "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Instance.html";

  static final List<Row> ALL =
      List.of(
          refuses(
              "ec2:StopInstances",
              "as a dry run that would have succeeded",
              412,
              "DryRunOperation",
              DRY_RUN,
              aws -> {
                String id = Made.instance(aws, "m5.large");
                aws.ec2().stopInstances(r -> r.instanceIds(id).dryRun(true));
              }),
          answers(
              "ec2:StopInstances",
              "as a dry run: it goes on running",
              "running",
              DRY_RUN,
              aws -> {
                String id = Made.instance(aws, "m5.large");
                assertThatThrownBy(
                        () -> aws.ec2().stopInstances(r -> r.instanceIds(id).dryRun(true)))
                    .isInstanceOf(Ec2Exception.class);
                return seen(aws, id).state().nameAsString();
              }),
          answers(
              "ec2:DeleteVolume",
              "as a dry run: it is still there",
              1,
              DRY_RUN,
              aws -> {
                String id = Made.volume(aws, "gp3");
                assertThatThrownBy(() -> aws.ec2().deleteVolume(r -> r.volumeId(id).dryRun(true)))
                    .isInstanceOf(Ec2Exception.class);
                return aws.ec2().describeVolumes().volumes().size();
              }),
          answers(
              "ec2:StopInstances",
              "by a user: the reason holds the time",
              true,
              INSTANCE,
              aws -> {
                String id = Made.instance(aws, "m5.large");
                aws.ec2().stopInstances(r -> r.instanceIds(id));
                return seen(aws, id)
                    .stateTransitionReason()
                    .matches(
                        "User initiated \\(\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d (GMT|UTC)\\)");
              }),
          refuses(
              "ec2:StopInstances",
              "of a one-time Spot request",
              400,
              "UnsupportedOperation",
              STOP,
              aws -> {
                String id =
                    Made.instance(aws, r -> r.instanceMarketOptions(m -> m.marketType("spot")));
                aws.ec2().stopInstances(r -> r.instanceIds(id));
              }),
          refuses(
              "ec2:ModifyInstanceAttribute",
              "another type while it runs",
              400,
              "IncorrectInstanceState",
              RESIZE,
              aws -> resize(aws, Made.instance(aws, "m5.large"), "m5.xlarge")),
          refuses(
              "ec2:ModifyInstanceAttribute",
              "a type for other processors",
              400,
              "InvalidParameterCombination",
              RESIZE,
              aws -> resize(aws, stopped(aws, "m5.large"), "m6g.large")),
          refuses(
              "ec2:ModifyInstanceAttribute",
              "a type that there is not",
              400,
              "InvalidInstanceAttributeValue",
              DRY_RUN,
              aws -> resize(aws, stopped(aws, "m5.large"), "m5.enormous")),
          answers(
              "ec2:ModifyInstanceAttribute",
              "another type while it is stopped",
              "m5.xlarge",
              RESIZE,
              aws -> {
                String id = stopped(aws, "m5.large");
                resize(aws, id, "m5.xlarge");
                return seen(aws, id).instanceTypeAsString();
              }),
          refuses(
              "ec2:TerminateInstances",
              "of one that is protected",
              400,
              "OperationNotPermitted",
              "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_ChangingDisableAPITermination.html",
              aws -> {
                String id = Made.instance(aws, "m5.large");
                aws.ec2()
                    .modifyInstanceAttribute(
                        r -> r.instanceId(id).disableApiTermination(d -> d.value(true)));
                aws.ec2().terminateInstances(r -> r.instanceIds(id));
              }),
          answers(
              "ec2:DescribeInstanceCreditSpecifications",
              "T3 is unlimited, T2 is not, others have none",
              List.of("unlimited", "standard"),
              BURST,
              aws -> List.of(credits(aws, burstable(aws, "t3.large")), t2(aws))),
          answers(
              "ec2:ModifyInstanceCreditSpecification",
              "of a T3",
              "standard",
              CREDITS,
              aws -> {
                String id = Made.instance(aws, "t3.large");
                aws.ec2()
                    .modifyInstanceCreditSpecification(r ->
                        r.instanceCreditSpecifications(
                            c -> c.instanceId(id).cpuCredits("standard")));
                return credits(aws, id);
              }),
          answers(
              "ec2:DescribeInstances",
              "an address that AWS gave is Amazon's, and gone when it stops",
              List.of("amazon", "none"),
              "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceNetworkInterfaceAssociation.html",
              aws -> {
                String id =
                    Made.instance(
                        aws,
                        r ->
                            r.networkInterfaces(
                                n -> n.deviceIndex(0).associatePublicIpAddress(true)));
                String owner = owner(aws, id);
                aws.ec2().stopInstances(r -> r.instanceIds(id));
                String later = seen(aws, id).publicIpAddress();
                return List.of(owner, later == null ? "none" : later);
              }),
          answers(
              "ec2:AssociateAddress",
              "an Elastic IP is the account's, and stays when it stops",
              true,
              ADDRESSES,
              aws -> {
                String id = Made.instance(aws, "m5.large");
                var address = aws.ec2().allocateAddress(r -> r.domain("vpc"));
                aws.ec2()
                    .associateAddress(r -> r.allocationId(address.allocationId()).instanceId(id));
                boolean ours = owner(aws, id).equals(aws.customer.account());
                aws.ec2().stopInstances(r -> r.instanceIds(id));
                return ours && address.publicIp().equals(seen(aws, id).publicIpAddress());
              }),
          answers(
              "ec2:ModifyAddressAttribute",
              "a reverse name, and none after it was reset",
              List.of("mail.example.com.", "none"),
              PTR,
              aws -> {
                String id = aws.ec2().allocateAddress(r -> r.domain("vpc")).allocationId();
                aws.ec2()
                    .modifyAddressAttribute(r -> r.allocationId(id).domainName("mail.example.com"));
                String set = pointing(aws, id);
                aws.ec2().resetAddressAttribute(r -> r.allocationId(id).attribute("domain-name"));
                return List.of(set, pointing(aws, id));
              }),
          answers(
              "ec2:DescribeInstances",
              "tenancy, platform and driver are said",
              "default, Linux/UNIX, true",
              INSTANCE,
              aws -> {
                Instance seen = seen(aws, Made.instance(aws, "m5.large"));
                return String.join(
                    ", ",
                    seen.placement().tenancyAsString(),
                    seen.platformDetails(),
                    seen.enaSupport().toString());
              }));

  private InstanceRows() {}

  static Instance seen(Tenant aws, String id) {
    return aws.ec2()
        .describeInstances(r -> r.instanceIds(id))
        .reservations()
        .getFirst()
        .instances()
        .getFirst();
  }

  private static String stopped(Tenant aws, String type) {
    String id = Made.instance(aws, type);
    aws.ec2().stopInstances(r -> r.instanceIds(id));
    return id;
  }

  private static void resize(Tenant aws, String id, String type) {
    aws.ec2().modifyInstanceAttribute(r -> r.instanceId(id).instanceType(t -> t.value(type)));
  }

  private static String burstable(Tenant aws, String type) {
    return Made.instance(aws, type);
  }

  private static String t2(Tenant aws) {
    String image = Made.image(aws, "another");
    String id =
        aws.ec2()
            .runInstances(r -> r.imageId(image).instanceType("t2.large").minCount(1).maxCount(1))
            .instances()
            .getFirst()
            .instanceId();
    return credits(aws, id);
  }

  private static String credits(Tenant aws, String id) {
    return aws.ec2()
        .describeInstanceCreditSpecifications(r -> r.instanceIds(id))
        .instanceCreditSpecifications()
        .getFirst()
        .cpuCredits();
  }

  private static String owner(Tenant aws, String id) {
    return seen(aws, id).networkInterfaces().getFirst().association().ipOwnerId();
  }

  private static String pointing(Tenant aws, String allocation) {
    String name =
        aws.ec2()
            .describeAddressesAttribute(r -> r.allocationIds(allocation).attribute("domain-name"))
            .addresses()
            .getFirst()
            .ptrRecord();
    return name == null ? "none" : name;
  }
}
