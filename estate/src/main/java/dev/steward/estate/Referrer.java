package dev.steward.estate;

import java.util.List;
import java.util.Locale;

/**
 * What may refer to a resource and is read before an action takes it away or stops it. Whatever is
 * found refuses the step and is named; what could not be read refuses it too, unless the step may
 * do without.
 */
public enum Referrer {
  /** A route whose state is active. */
  ROUTES("ec2:DescribeRouteTables"),
  /** NAT gateways and the addresses that they use. */
  NAT_GATEWAYS("ec2:DescribeNatGateways"),
  /** The instance or the interface that an address is attached to, where it is used. */
  HOLDER("ec2:DescribeInstances", "ec2:DescribeNetworkInterfaces"),
  /** Elastic IP addresses of an interface. */
  ADDRESSES("ec2:DescribeAddresses"),
  /** Records of hosted zones. */
  ROUTE53("route53:ListHostedZones", "route53:ListResourceRecordSets"),
  /** Deletion protection of a load balancer. */
  BALANCER_PROTECTION("elasticloadbalancing:DescribeLoadBalancerAttributes"),
  /** Targets registered in the groups of a load balancer. */
  TARGETS("elasticloadbalancing:DescribeTargetGroups", "elasticloadbalancing:DescribeTargetHealth"),
  /** Versions of launch templates; any of them can be pinned. */
  LAUNCH_TEMPLATES("ec2:DescribeLaunchTemplates", "ec2:DescribeLaunchTemplateVersions"),
  LAUNCH_CONFIGURATIONS("autoscaling:DescribeLaunchConfigurations"),
  /** Instances of an image. */
  INSTANCES("ec2:DescribeInstances"),
  /** Other accounts that may start instances of an image. */
  LAUNCH_PERMISSIONS("ec2:DescribeImageAttribute"),
  /** Parameters of Systems Manager that name an image. */
  PARAMETERS("ssm:GetParametersByPath"),
  /** Images that are made of a snapshot. */
  IMAGES("ec2:DescribeImages"),
  /** Other accounts that may make volumes of a snapshot. */
  VOLUME_PERMISSIONS("ec2:DescribeSnapshotAttribute"),
  /** Protection of an instance against being stopped or terminated. */
  INSTANCE_PROTECTION("ec2:DescribeInstanceAttribute"),
  /** What of an instance does not fit its new type. */
  INSTANCE_TYPE(
      "ec2:DescribeInstances", "ec2:DescribeInstanceTypes", "ec2:DescribeInstanceTypeOfferings");

  private final List<String> iam;

  Referrer(String... iam) {
    this.iam = List.of(iam);
  }

  /** The IAM actions that reading it needs. */
  public List<String> iam() {
    return iam;
  }

  /**
   * Whether a step may go on, and say so, where it may not be read: few roles may read DNS, and it
   * tells of the account's own zones only.
   */
  public boolean mayBeUnread() {
    return this == ROUTE53;
  }

  public String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
