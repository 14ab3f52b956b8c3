package dev.steward.testing;

import static dev.steward.testing.Row.answers;
import static dev.steward.testing.Row.refuses;

import java.util.List;

/** What is asked of other services. */
final class OtherRows {
  private static final String BALANCERS =
      "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DeleteLoadBalancer.html";
  private static final String PARAMETERS =
      "https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ParameterStringFilter.html";

  private static final String RELEASE =
      "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReleaseAddress.html";

  static final List<Row> ALL =
      List.of(
          refuses(
              "elasticloadbalancing:DeleteLoadBalancer",
              "that is protected",
              400,
              "OperationNotPermitted",
              BALANCERS,
              aws -> {
                String arn = balancer(aws);
                aws.balancers()
                    .modifyLoadBalancerAttributes(r ->
                        r.loadBalancerArn(arn)
                            .attributes(a -> a.key("deletion_protection.enabled").value("true")));
                aws.balancers().deleteLoadBalancer(r -> r.loadBalancerArn(arn));
              }),
          answers(
              "elasticloadbalancing:DeleteLoadBalancer",
              "that is not there: it is as if it had gone well",
              0,
              BALANCERS,
              aws -> {
                String arn = balancer(aws);
                aws.balancers().deleteLoadBalancer(r -> r.loadBalancerArn(arn));
                aws.balancers().deleteLoadBalancer(r -> r.loadBalancerArn(arn));
                return aws.balancers().describeLoadBalancers(_ -> {}).loadBalancers().size();
              }),
          answers(
              "ssm:DescribeParameters",
              "of one data type",
              List.of("/image"),
              PARAMETERS,
              aws -> {
                String image = Made.image(aws, "golden");
                aws.parameters()
                    .putParameter(r ->
                        r.name("/image").type("String").dataType("aws:ec2:image").value(image));
                aws.parameters().putParameter(r -> r.name("/word").type("String").value("hello"));
                return aws
                    .parameters()
                    .describeParameters(r ->
                        r.parameterFilters(
                            f -> f.key("DataType").option("Equals").values("aws:ec2:image")))
                    .parameters()
                    .stream()
                    .map(p -> p.name())
                    .toList();
              }),
          refuses(
              "ec2:ReleaseAddress",
              "while something in a VPC of its own has it",
              400,
              "InvalidIPAddress.InUse",
              RELEASE,
              aws -> {
                String vpc = aws.ec2().createVpc(r -> r.cidrBlock("10.7.0.0/16")).vpc().vpcId();
                String subnet =
                    aws.ec2()
                        .createSubnet(r -> r.vpcId(vpc).cidrBlock("10.7.1.0/24"))
                        .subnet()
                        .subnetId();
                release(aws, Made.instance(aws, r -> r.subnetId(subnet)));
              }),
          answers(
              "ec2:ReleaseAddress",
              "while something in the default VPC has it: that loses it",
              0,
              RELEASE,
              aws -> {
                release(aws, Made.instance(aws, "m5.large"));
                return aws.ec2().describeAddresses().addresses().size();
              }));

  private OtherRows() {}

  private static String balancer(Tenant aws) {
    List<String> subnets =
        aws.ec2().describeSubnets().subnets().stream().limit(2).map(s -> s.subnetId()).toList();
    return aws.balancers()
        .createLoadBalancer(r -> r.name("front").subnets(subnets))
        .loadBalancers()
        .getFirst()
        .loadBalancerArn();
  }

  private static void release(Tenant aws, String instance) {
    String id = aws.ec2().allocateAddress(r -> r.domain("vpc")).allocationId();
    aws.ec2().associateAddress(r -> r.allocationId(id).instanceId(instance));
    aws.ec2().releaseAddress(r -> r.allocationId(id));
  }
}
