package dev.steward.estate;

import static dev.steward.estate.Metric.Absence.MEANS_UNKNOWN;
import static dev.steward.estate.ResourceKind.Scope.GLOBAL;
import static dev.steward.estate.ResourceKind.Scope.REGIONAL;

import dev.steward.estate.ResourceKind.Tags;
import dev.steward.model.Feature;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Every resource kind and every remediation, as data. A kind is added here and as a lister;
 * everything else follows.
 */
public final class Catalogue {
  private static final String CONSUMED =
      "DynamoDB developer guide, metrics: consumed capacity is published when it is consumed";

  public static final List<ResourceKind> KINDS =
      List.of(
          new ResourceKind(
              "ec2_instance",
              "EC2 instance",
              "ec2",
              REGIONAL,
              Tags.LISTED,
              List.of("ec2:DescribeInstances"),
              List.of(
                  Metric.of("cpu", "AWS/EC2", "CPUUtilization", "InstanceId", "Average", "percent"),
                  Metric.of(
                      "cpu_max", "AWS/EC2", "CPUUtilization", "InstanceId", "Maximum", "percent"),
                  Metric.of("network_in", "AWS/EC2", "NetworkIn", "InstanceId", "Sum", "bytes"),
                  Metric.of("network_out", "AWS/EC2", "NetworkOut", "InstanceId", "Sum", "bytes"),
                  Metric.hourlyMaximum(
                      "cpu_hour", "AWS/EC2", "CPUUtilization", "InstanceId", "percent"),
                  // Only where the CloudWatch agent runs and aggregates by instance.
                  Metric.hourlyMaximum(
                      "memory_hour", "CWAgent", "mem_used_percent", "InstanceId", "percent")),
              Map.ofEntries(
                  Map.entry("instance_type", "e.g. m5.large"),
                  Map.entry("platform", "as AWS bills it, e.g. Linux/UNIX"),
                  Map.entry("tenancy", "default, dedicated or host"),
                  Map.entry("image", "the AMI's id"),
                  Map.entry("stopped_at", "ISO time of the last stop"),
                  Map.entry("lifecycle", "spot or on-demand"),
                  Map.entry("autoscaling_group", "its group"),
                  Map.entry("operator", "the AWS service that looks after it"),
                  Map.entry("spot_request", "the request for Spot capacity that started it"),
                  Map.entry("root_device", "ebs or instance-store"),
                  Map.entry("automatic_address", "a public address that a stop loses; or none"),
                  Map.entry("zone", "availability zone"))),
          new ResourceKind(
              "ebs_volume",
              "EBS volume",
              "ec2",
              REGIONAL,
              Tags.LISTED,
              List.of("ec2:DescribeVolumes"),
              List.of(Metric.attached()),
              Map.ofEntries(
                  Map.entry("size_gb", "GiB"),
                  Map.entry("volume_type", "gp2, gp3, io1, …"),
                  Map.entry("iops", "provisioned"),
                  Map.entry("throughput", "MiB/s"),
                  Map.entry("instance", "the instance it is attached to"),
                  Map.entry(
                      "delete_on_termination",
                      "whether it is deleted with its instance; absent when unattached"),
                  Map.entry("operator", "the AWS service that looks after it"),
                  Map.entry("snapshot", "the snapshot it was made from"),
                  Map.entry("encrypted", "true or false"),
                  Map.entry("kms_key", "ARN of its key"),
                  Map.entry("zone", "availability zone"))),
          new ResourceKind(
              "ebs_snapshot",
              "EBS snapshot",
              "ec2",
              REGIONAL,
              Tags.LISTED,
              List.of("ec2:DescribeSnapshots"),
              List.of(),
              Map.of(
                  "size_gb",
                  "GiB of the source volume",
                  "volume",
                  "the source volume",
                  "description",
                  "as given",
                  "encrypted",
                  "true or false",
                  "kms_key",
                  "ARN of its key",
                  "tier",
                  "standard or archive")),
          new ResourceKind(
              "ec2_image",
              "Machine image (AMI)",
              "ec2",
              REGIONAL,
              Tags.LISTED,
              List.of("ec2:DescribeImages"),
              List.of(),
              Map.of(
                  "snapshots",
                  "ids, separated by commas",
                  "size_gb",
                  "GiB of all its snapshots",
                  "last_launched",
                  "ISO time",
                  "made_from",
                  "the instance or the image",
                  "deprecated_at",
                  "ISO time",
                  "protection",
                  "against being deregistered",
                  "root_device",
                  "ebs or instance-store",
                  "usage_operation",
                  "what AWS bills of an instance",
                  "public",
                  "true or false")),
          new ResourceKind(
              "elastic_ip",
              "Elastic IP address",
              "ec2",
              REGIONAL,
              Tags.LISTED,
              List.of("ec2:DescribeAddresses"),
              List.of(),
              Map.of(
                  "address",
                  "IPv4",
                  "association",
                  "its id; absent when unattached",
                  "instance",
                  "what it is attached to",
                  "interface",
                  "its network interface",
                  "service_managed",
                  "the AWS service that looks after it")),
          new ResourceKind(
              "nat_gateway",
              "NAT gateway",
              "ec2",
              REGIONAL,
              Tags.LISTED,
              List.of("ec2:DescribeNatGateways"),
              List.of(
                  Metric.of(
                      "bytes_out",
                      "AWS/NATGateway",
                      "BytesOutToDestination",
                      "NatGatewayId",
                      "Sum",
                      "bytes"),
                  Metric.of(
                      "connections",
                      "AWS/NATGateway",
                      "ActiveConnectionCount",
                      "NatGatewayId",
                      "Maximum",
                      "count")),
              Map.of("vpc", "its VPC", "subnet", "its subnet")),
          new ResourceKind(
              "load_balancer",
              "Load balancer",
              "elasticloadbalancing",
              REGIONAL,
              Tags.by("elasticloadbalancing:DescribeTags"),
              List.of(
                  "elasticloadbalancing:DescribeLoadBalancers",
                  "elasticloadbalancing:DescribeListeners"),
              List.of(
                  Metric.balancer(
                      "requests", "AWS/ApplicationELB", "RequestCount", "Sum", "application"),
                  Metric.balancer(
                      "flows", "AWS/NetworkELB", "ActiveFlowCount", "Maximum", "network"),
                  Metric.balancer(
                      "gateway_flows", "AWS/GatewayELB", "ActiveFlowCount", "Maximum", "gateway")),
              Map.of(
                  "type",
                  "application, network or gateway",
                  "dimension",
                  "its name in CloudWatch",
                  "listeners",
                  "how many",
                  "redirects",
                  "true when a listener answers by itself")),
          new ResourceKind(
              "target_group",
              "Target group",
              "elasticloadbalancing",
              REGIONAL,
              Tags.by("elasticloadbalancing:DescribeTags"),
              List.of(
                  "elasticloadbalancing:DescribeTargetGroups",
                  "elasticloadbalancing:DescribeTargetHealth"),
              List.of(),
              Map.of(
                  "load_balancers",
                  "ARNs, separated by commas",
                  "targets",
                  "registered",
                  "healthy",
                  "registered and healthy",
                  "target_type",
                  "instance, ip, lambda or alb")),
          new ResourceKind(
              "network_interface",
              "Network interface",
              "ec2",
              REGIONAL,
              Tags.LISTED,
              List.of("ec2:DescribeNetworkInterfaces"),
              List.of(),
              Map.of(
                  "interface_type",
                  "as AWS says",
                  "instance",
                  "what it is attached to",
                  "operator",
                  "the AWS service that looks after it",
                  "requester",
                  "the AWS service that made it for itself",
                  "description",
                  "as given")),
          new ResourceKind(
              "rds_instance",
              "RDS instance",
              "rds",
              REGIONAL,
              Tags.LISTED,
              List.of("rds:DescribeDBInstances"),
              List.of(
                  Metric.of(
                      "connections",
                      "AWS/RDS",
                      "DatabaseConnections",
                      "DBInstanceIdentifier",
                      "Maximum",
                      "count"),
                  Metric.of(
                      "cpu",
                      "AWS/RDS",
                      "CPUUtilization",
                      "DBInstanceIdentifier",
                      "Average",
                      "percent")),
              Map.ofEntries(
                  Map.entry("instance_class", "e.g. db.m5.large"),
                  Map.entry("engine", "e.g. postgres"),
                  Map.entry("size_gb", "GiB"),
                  Map.entry("storage_type", "gp2, gp3, io1"),
                  Map.entry("iops", "provisioned, or those that gp3 includes"),
                  Map.entry("storage_throughput", "MiB/s, of gp3"),
                  Map.entry("multi_az", "true or false"),
                  Map.entry("encrypted", "true or false"),
                  Map.entry("kms_key", "ARN of its key"),
                  Map.entry("replica_of", "its source"),
                  Map.entry("replicas", "its read replicas, separated by commas"),
                  Map.entry("cluster", "the cluster that it is a member of"),
                  Map.entry("deletion_protection", "true or false"),
                  Map.entry("backup_days", "for how long automated backups are kept; 0: none"),
                  Map.entry("monitoring_role", "the role of Enhanced Monitoring"),
                  Map.entry("master_secret", "the secret in which RDS keeps its master password"),
                  Map.entry("roles", "roles that it uses, separated by commas"),
                  Map.entry("domains", "directories that it is joined to"),
                  Map.entry("activity_stream", "its stream in Kinesis"),
                  Map.entry("backup_copies", "backups that are copied to another region"),
                  Map.entry("pending", "settings that wait for a reboot or a window"))),
          new ResourceKind(
              "rds_snapshot",
              "RDS snapshot",
              "rds",
              REGIONAL,
              Tags.LISTED,
              List.of("rds:DescribeDBSnapshots"),
              List.of(),
              Map.of(
                  "size_gb",
                  "GiB",
                  "instance",
                  "the source instance",
                  "type",
                  "manual or automated")),
          new ResourceKind(
              "s3_bucket",
              "S3 bucket",
              "s3",
              GLOBAL,
              Tags.by("s3:GetBucketTagging"),
              List.of(
                  "s3:ListAllMyBuckets", "s3:GetBucketLocation", "s3:GetLifecycleConfiguration"),
              List.of(
                  new Metric(
                      "size_bytes",
                      "AWS/S3",
                      "BucketSizeBytes",
                      "BucketName",
                      "id",
                      Map.of("StorageType", "StandardStorage"),
                      "Average",
                      "bytes",
                      MEANS_UNKNOWN,
                      "",
                      Metric.Resolution.DAILY,
                      Map.of())),
              Map.of("lifecycle_rules", "how many are enabled")),
          new ResourceKind(
              "log_group",
              "CloudWatch log group",
              "logs",
              REGIONAL,
              Tags.by("logs:ListTagsForResource"),
              List.of("logs:DescribeLogGroups"),
              List.of(),
              Map.of(
                  "retention_days",
                  "absent: for ever",
                  "stored_bytes",
                  "bytes",
                  "class",
                  "STANDARD or INFREQUENT_ACCESS")),
          new ResourceKind(
              "lambda_function",
              "Lambda function",
              "lambda",
              REGIONAL,
              Tags.by("lambda:ListTags"),
              List.of("lambda:ListFunctions"),
              List.of(
                  Metric.quiet(
                      "invocations",
                      "AWS/Lambda",
                      "Invocations",
                      "FunctionName",
                      "Sum",
                      "count",
                      "Lambda developer guide: a metric is sent when an event was processed")),
              Map.of(
                  "memory_mb", "MiB", "runtime", "as AWS says", "architecture", "x86_64 or arm64")),
          new ResourceKind(
              "dynamodb_table",
              "DynamoDB table",
              "dynamodb",
              REGIONAL,
              Tags.by("dynamodb:ListTagsOfResource"),
              List.of("dynamodb:ListTables", "dynamodb:DescribeTable"),
              List.of(
                  Metric.quiet(
                      "read_units",
                      "AWS/DynamoDB",
                      "ConsumedReadCapacityUnits",
                      "TableName",
                      "Sum",
                      "units",
                      CONSUMED),
                  Metric.quiet(
                      "write_units",
                      "AWS/DynamoDB",
                      "ConsumedWriteCapacityUnits",
                      "TableName",
                      "Sum",
                      "units",
                      CONSUMED)),
              Map.of(
                  "billing",
                  "PROVISIONED or PAY_PER_REQUEST",
                  "size_bytes",
                  "bytes",
                  "read_capacity",
                  "units",
                  "write_capacity",
                  "units")));

  /** What reading needs beside the listers: where to look, and the metrics. */
  public static final List<String> COMMON_ACTIONS =
      List.of("ec2:DescribeRegions", "cloudwatch:GetMetricData", "ce:GetCostAndUsageWithResources");

  private Catalogue() {}

  public static ResourceKind kind(String id) {
    return KINDS.stream()
        .filter(k -> k.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no kind " + id + " in the catalogue"));
  }

  /** The IAM actions that a customer grants for the features, in order. */
  public static List<String> actions(Feature feature) {
    TreeSet<String> actions = new TreeSet<>();
    switch (feature) {
      case READ -> {
        actions.addAll(COMMON_ACTIONS);
        KINDS.forEach(kind -> actions.addAll(kind.actions()));
      }
      case ACT -> Remediation.ALL.forEach(remediation -> actions.addAll(remediation.actions()));
    }
    return List.copyOf(actions);
  }
}
