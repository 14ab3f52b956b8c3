package dev.steward.estate;

import java.util.List;
import java.util.TreeSet;

/**
 * What may refer to a resource and is read before an action takes it away or stops it. Whatever is
 * found refuses the step and is named; what could not be read refuses it too, but for {@code
 * ROUTE53}, which few roles may read and which tells of the account's own zones only: then the step
 * says that DNS was not asked.
 *
 * @param action the remediation
 * @param what may refer to it
 * @param iam the IAM actions that reading it needs
 */
public record References(String action, What what, List<String> iam) {
  /** Something that names other resources. */
  public enum What {
    /** A route whose state is active. */
    ROUTES,
    /** NAT gateways and the addresses that they use. */
    NAT_GATEWAYS,
    /** Elastic IP addresses of an interface. */
    ADDRESSES,
    /** Records of hosted zones. */
    ROUTE53,
    /** Deletion protection of a load balancer. */
    BALANCER_PROTECTION,
    /** Targets registered in the groups of a load balancer. */
    TARGETS,
    /** Versions of launch templates; any of them can be pinned. */
    LAUNCH_TEMPLATES,
    LAUNCH_CONFIGURATIONS,
    /** Instances of an image. */
    INSTANCES,
    /** Other accounts that may start instances of an image. */
    LAUNCH_PERMISSIONS,
    /** Parameters of Systems Manager whose type is an image. */
    PARAMETERS,
    /** Images that are made of a snapshot. */
    IMAGES,
    /** Other accounts that may make volumes of a snapshot. */
    VOLUME_PERMISSIONS,
    /** Protection of an instance against being stopped or terminated. */
    INSTANCE_PROTECTION,
    /** What of an instance does not fit its new type. */
    INSTANCE_TYPE
  }

  private static final List<String> DNS =
      List.of("route53:ListHostedZones", "route53:ListResourceRecordSets");
  private static final List<String> TEMPLATES =
      List.of("ec2:DescribeLaunchTemplates", "ec2:DescribeLaunchTemplateVersions");
  private static final List<String> ROUTE_TABLES = List.of("ec2:DescribeRouteTables");
  private static final List<String> ATTRIBUTE = List.of("ec2:DescribeInstanceAttribute");

  /** By the resource that is acted on. */
  public static final List<References> ALL =
      List.of(
          new References("delete_nat_gateway", What.ROUTES, ROUTE_TABLES),
          new References("release_address", What.NAT_GATEWAYS, List.of("ec2:DescribeNatGateways")),
          new References("release_address", What.ROUTE53, DNS),
          new References("delete_network_interface", What.ROUTES, ROUTE_TABLES),
          new References(
              "delete_network_interface", What.ADDRESSES, List.of("ec2:DescribeAddresses")),
          new References(
              "delete_load_balancer",
              What.BALANCER_PROTECTION,
              List.of("elasticloadbalancing:DescribeLoadBalancerAttributes")),
          new References(
              "delete_load_balancer",
              What.TARGETS,
              List.of(
                  "elasticloadbalancing:DescribeTargetGroups",
                  "elasticloadbalancing:DescribeTargetHealth")),
          new References("delete_load_balancer", What.ROUTE53, DNS),
          new References("deregister_image", What.LAUNCH_TEMPLATES, TEMPLATES),
          new References(
              "deregister_image",
              What.LAUNCH_CONFIGURATIONS,
              List.of("autoscaling:DescribeLaunchConfigurations")),
          new References("deregister_image", What.INSTANCES, List.of("ec2:DescribeInstances")),
          new References(
              "deregister_image", What.LAUNCH_PERMISSIONS, List.of("ec2:DescribeImageAttribute")),
          new References(
              "deregister_image",
              What.PARAMETERS,
              List.of("ssm:DescribeParameters", "ssm:GetParameters")),
          new References("delete_snapshot", What.IMAGES, List.of("ec2:DescribeImages")),
          new References(
              "delete_snapshot", What.VOLUME_PERMISSIONS, List.of("ec2:DescribeSnapshotAttribute")),
          new References("delete_snapshot", What.LAUNCH_TEMPLATES, TEMPLATES),
          new References("terminate_instance", What.ROUTES, ROUTE_TABLES),
          new References("terminate_instance", What.INSTANCE_PROTECTION, ATTRIBUTE),
          new References("stop_instance", What.ROUTES, ROUTE_TABLES),
          new References("stop_instance", What.INSTANCE_PROTECTION, ATTRIBUTE),
          // Its undo stops it.
          new References("start_instance", What.INSTANCE_PROTECTION, ATTRIBUTE),
          new References("resize_instance", What.INSTANCE_PROTECTION, ATTRIBUTE),
          new References(
              "resize_instance",
              What.INSTANCE_TYPE,
              List.of(
                  "ec2:DescribeInstances",
                  "ec2:DescribeInstanceTypes",
                  "ec2:DescribeInstanceTypeOfferings")));

  public References {
    iam = List.copyOf(iam);
  }

  public static List<References> of(String action) {
    return ALL.stream().filter(row -> row.action().equals(action)).toList();
  }

  /**
   * The IAM actions of a remediation, with those that reading what refers to it needs, those that
   * remove what was kept for its undo, and those on the key of what is encrypted.
   */
  static List<String> with(String action, List<String> actions) {
    TreeSet<String> more = new TreeSet<>();
    of(action).forEach(row -> more.addAll(row.iam()));
    Kept.by(action).ifPresent(kept -> more.addAll(kept.iam()));
    KeyUse.of(action).ifPresent(use -> more.addAll(use.iam()));
    actions.forEach(more::remove);
    return java.util.stream.Stream.concat(actions.stream(), more.stream()).toList();
  }
}
