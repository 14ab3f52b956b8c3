package dev.steward.estate;

import dev.steward.model.Resource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who looks after a resource beside the people who own the account: what another service or tool
 * made it would make again, repair, or miss. Read from tags and attributes, by one table.
 *
 * <p>Only AWS can write a tag that begins with {@code aws:} (Tagging AWS Resources, tag naming
 * limits), so one that the table does not know still says that some service has its hand on the
 * resource.
 */
public final class Owners {
  private static final String AWS = "aws:";

  /** How a sign is read: what is after the sign's name, or what stands in it, names the owner. */
  private enum Name {
    /** The value is the name: a group, a stack. */
    VALUE,
    /** The key begins with the sign, and what follows is the name: a cluster. */
    REST,
    /** Neither says more than the sign itself. */
    NONE
  }

  /**
   * @param owner what the owner is
   * @param sign a tag's key; one that ends in {@code *} is the beginning of keys
   * @param name where the owner's name is
   * @param value what the tag must say; null for anything
   * @param source where the sign is documented
   */
  private record Row(String owner, String sign, Name name, @Nullable String value, String source) {
    Optional<String> in(String key, String said) {
      boolean begins = sign.endsWith("*");
      String beginning = begins ? sign.substring(0, sign.length() - 1) : sign;
      if (begins ? !key.startsWith(beginning) : !key.equals(sign)) return Optional.empty();
      if (value != null && !value.equals(said)) return Optional.empty();
      String called =
          switch (name) {
            case VALUE -> said;
            case REST -> key.substring(beginning.length());
            case NONE -> "";
          };
      return Optional.of(called.isBlank() ? owner : owner + " " + called);
    }
  }

  private static Row tag(String owner, String sign, Name name, String source) {
    return new Row(owner, sign, name, null, source);
  }

  private static final String EKS = "Amazon EKS user guide";
  private static final String EBS_CSI = "aws-ebs-csi-driver, docs/tagging.md";
  private static final String BALANCERS = "AWS Load Balancer Controller, annotations and tags";
  private static final String BACKUP = "AWS Backup developer guide, tags on recovery points";

  /** By tag; the first row of an owner that fits names it. */
  private static final List<Row> TAGS =
      List.of(
          tag(
              "Auto Scaling group",
              "aws:autoscaling:groupName",
              Name.VALUE,
              "Amazon EC2 Auto Scaling user guide, tag groups and instances"),
          tag(
              "CloudFormation stack",
              "aws:cloudformation:stack-name",
              Name.VALUE,
              "CloudFormation user guide, resource tags"),
          tag(
              "CloudFormation stack",
              "aws:cloudformation:*",
              Name.NONE,
              "CloudFormation user guide, resource tags"),
          tag("Kubernetes cluster", "kubernetes.io/cluster/*", Name.REST, EKS),
          tag("Kubernetes cluster", "k8s.io/cluster/*", Name.REST, "kOps, cluster labels"),
          tag("Kubernetes cluster", "KubernetesCluster", Name.VALUE, "Kubernetes AWS provider"),
          tag("Kubernetes cluster", "k8s.io/cluster-autoscaler/*", Name.NONE, EKS),
          tag("Kubernetes cluster", "kops.k8s.io/*", Name.NONE, "kOps, cluster labels"),
          tag("Kubernetes cluster", "cluster.k8s.amazonaws.com/name", Name.VALUE, "VPC CNI"),
          tag("Kubernetes cluster", "node.k8s.amazonaws.com/*", Name.NONE, "VPC CNI"),
          tag("Kubernetes volume", "kubernetes.io/created-for/*", Name.NONE, EBS_CSI),
          tag("Kubernetes volume", "ebs.csi.aws.com/*", Name.NONE, EBS_CSI),
          tag("Kubernetes volume", "CSIVolumeName", Name.VALUE, EBS_CSI),
          tag("Kubernetes snapshot", "CSIVolumeSnapshotName", Name.VALUE, EBS_CSI),
          tag("Kubernetes service", "kubernetes.io/service-name", Name.VALUE, EKS),
          tag("Kubernetes load balancer", "elbv2.k8s.aws/cluster", Name.VALUE, BALANCERS),
          tag("Kubernetes load balancer", "service.k8s.aws/*", Name.NONE, BALANCERS),
          tag("Kubernetes load balancer", "ingress.k8s.aws/*", Name.NONE, BALANCERS),
          tag("Amazon EKS", "eks:cluster-name", Name.VALUE, EKS),
          tag("Amazon EKS", "eks:*", Name.NONE, EKS),
          tag("Amazon EKS", "aws:eks:cluster-name", Name.VALUE, EKS),
          tag("Amazon EKS", "aws:eks:*", Name.NONE, EKS),
          tag("eksctl cluster", "alpha.eksctl.io/cluster-name", Name.VALUE, "eksctl"),
          tag("Karpenter", "karpenter.sh/*", Name.NONE, "Karpenter, node classes and tags"),
          tag("Karpenter", "karpenter.k8s.aws/*", Name.NONE, "Karpenter, node classes and tags"),
          tag("OpenShift", "api.openshift.com/*", Name.NONE, "Red Hat OpenShift on AWS"),
          tag("OpenShift", "red-hat-managed", Name.NONE, "Red Hat OpenShift on AWS"),
          tag(
              "Elastic Beanstalk environment",
              "elasticbeanstalk:environment-name",
              Name.VALUE,
              "Elastic Beanstalk developer guide, tagging"),
          tag(
              "Elastic Beanstalk environment",
              "elasticbeanstalk:*",
              Name.NONE,
              "Elastic Beanstalk developer guide, tagging"),
          tag("AWS Backup", "aws:backup:*", Name.NONE, BACKUP),
          tag(
              "Data Lifecycle Manager",
              "aws:dlm:*",
              Name.NONE,
              "Amazon EBS user guide, Data Lifecycle Manager"),
          tag(
              "Data Lifecycle Manager",
              "dlm:managed",
              Name.NONE,
              "Amazon EBS user guide, Data Lifecycle Manager"),
          tag("Amazon ECS service", "aws:ecs:serviceName", Name.VALUE, "ECS developer guide"),
          tag("Amazon ECS cluster", "aws:ecs:clusterName", Name.VALUE, "ECS developer guide"),
          tag("Amazon ECS", "aws:ecs:*", Name.NONE, "ECS developer guide"),
          tag("Amazon ECS", "AmazonECSManaged", Name.NONE, "ECS developer guide"),
          tag(
              "Amazon EMR cluster",
              "aws:elasticmapreduce:job-flow-id",
              Name.VALUE,
              "EMR management guide, tags"),
          tag("Amazon EMR", "aws:elasticmapreduce:*", Name.NONE, "EMR management guide, tags"),
          tag(
              "Spot fleet",
              "aws:ec2spot:fleet-request-id",
              Name.VALUE,
              "Amazon EC2 user guide, Spot Fleet"),
          tag("EC2 fleet", "aws:ec2:fleet-id", Name.VALUE, "Amazon EC2 user guide, EC2 Fleet"),
          tag(
              "Service Catalog product",
              "aws:servicecatalog:provisionedProductArn",
              Name.VALUE,
              "Service Catalog administrator guide, AutoTags"),
          tag(
              "Service Catalog",
              "aws:servicecatalog:*",
              Name.NONE,
              "Service Catalog administrator guide, AutoTags"),
          tag(
              "AWS Batch",
              "AWSBatchServiceTag",
              Name.NONE,
              "AWS Batch user guide, compute environments"),
          tag("AWS Batch", "aws:batch:*", Name.NONE, "AWS Batch user guide, compute environments"),
          tag(
              "EC2 Image Builder",
              "Ec2ImageBuilderArn",
              Name.VALUE,
              "EC2 Image Builder user guide, output resources"),
          new Row(
              "EC2 Image Builder",
              "CreatedBy",
              Name.NONE,
              "EC2 Image Builder",
              "EC2 Image Builder user guide, output resources"),
          tag("AWS OpsWorks", "opsworks:*", Name.NONE, "OpsWorks user guide, tags"),
          tag("AWS ParallelCluster", "parallelcluster:*", Name.NONE, "ParallelCluster, tags"),
          tag("AWS Glue", "aws-glue-service-resource", Name.VALUE, "Glue developer guide"));

  /** Tags of AWS that say where a resource is from or what it costs, and not whose it is. */
  private static final List<String> NO_OWNER =
      List.of(
          // Cost allocation: who made it (Billing user guide, AWS-generated tags).
          "aws:createdBy",
          // From which template an instance was started (EC2 user guide, launch templates).
          "aws:ec2launchtemplate:",
          // The application that a person put it into (AWS myApplications).
          "awsApplication");

  /** What listers say of an owner: the attribute, and who that is. */
  private static final Map<String, String> ATTRIBUTES =
      new TreeMap<>(
          Map.of(
              // Operator of an instance, a volume or an interface (EC2 API, OperatorResponse).
              "operator", "AWS service",
              // RequesterManaged of an interface (EC2 API, NetworkInterface).
              "requester", "AWS service",
              // ServiceManaged of an address (EC2 API, Address).
              "service_managed", "AWS service",
              // An instance that was started by a request for Spot capacity (EC2 API, Instance).
              "spot_request", "Spot request"));

  private Owners() {}

  /** Everybody who looks after the resource, such as {@code Auto Scaling group web}. */
  public static List<String> of(Resource resource) {
    Set<String> owners = new LinkedHashSet<>();
    Map<String, String> tags = new TreeMap<>(resource.tags());
    tags.forEach((key, value) -> owners.addAll(ofTag(key, value)));
    ATTRIBUTES.forEach((attribute, owner) -> {
      String name = resource.attribute(attribute);
      if (name != null) owners.add(owner + " " + name);
    });
    return withoutNameless(owners);
  }

  private static List<String> ofTag(String key, String value) {
    for (Row row : TAGS) {
      Optional<String> owner = row.in(key, value);
      if (owner.isPresent()) return List.of(owner.get());
    }
    if (!key.startsWith(AWS) || NO_OWNER.stream().anyMatch(key::startsWith)) return List.of();
    String service = key.substring(AWS.length()).split(":", 2)[0];
    return List.of("AWS service " + service);
  }

  /** Several tags tell of one owner, and only some of them by name. */
  private static List<String> withoutNameless(Set<String> owners) {
    List<String> best = new ArrayList<>();
    for (String owner : owners)
      if (owners.stream().noneMatch(o -> o.startsWith(owner + " "))) best.add(owner);
    return best.stream().sorted().toList();
  }

  /** Tags that AWS wrote itself. */
  public static Map<String, String> awsTags(Resource resource) {
    Map<String, String> written = new TreeMap<>();
    resource
        .tags()
        .forEach((key, value) -> {
          if (key.startsWith(AWS)) written.put(key, value);
        });
    return written;
  }
}
