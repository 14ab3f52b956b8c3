package dev.steward.activities.discovery;

import dev.steward.estate.KeepTag;
import dev.steward.testing.Customer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.Runtime;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** Makes one resource of each kind, marked as wanted by its owner. */
final class Tagged {
  private static final Map<String, String> TAGS = Map.of(KeepTag.NAME, "keep");
  private final Customer customer;
  private final String region;
  private final Ec2Client ec2;

  Tagged(Customer customer, String region) {
    this.customer = customer;
    this.region = region;
    this.ec2 = customer.client(region, Ec2Client.class, Ec2Client::builder);
  }

  /** Returns its id, as its lister names it. */
  String make(String kind) {
    return switch (kind) {
      case "ec2_instance" ->
          ec2.runInstances(r ->
                  r.imageId(image())
                      .instanceType("m5.large")
                      .minCount(1)
                      .maxCount(1)
                      .tagSpecifications(on(ResourceType.INSTANCE)))
              .instances()
              .getFirst()
              .instanceId();
      case "ebs_volume" -> volume();
      case "ebs_snapshot" -> {
        String volume = volume();
        yield ec2.createSnapshot(
                r -> r.volumeId(volume).tagSpecifications(on(ResourceType.SNAPSHOT)))
            .snapshotId();
      }
      case "ec2_image" -> tag(image());
      case "launch_template" ->
          ec2.createLaunchTemplate(r ->
                  r.launchTemplateName("web")
                      .launchTemplateData(d -> d.imageId("ami-12345678"))
                      .tagSpecifications(on(ResourceType.LAUNCH_TEMPLATE)))
              .launchTemplate()
              .launchTemplateId();
      case "launch_configuration" -> {
        customer
            .client(region, AutoScalingClient.class, AutoScalingClient::builder)
            .createLaunchConfiguration(r ->
                r.launchConfigurationName("web").imageId("ami-12345678").instanceType("m5.large"));
        yield "web";
      }
      case "image_parameter" -> {
        customer
            .client(region, SsmClient.class, SsmClient::builder)
            .putParameter(r ->
                r.name("/golden")
                    .value("ami-12345678")
                    .type(ParameterType.STRING)
                    .tags(t -> t.key(KeepTag.NAME).value("keep")));
        yield "/golden";
      }
      case "elastic_ip" -> tag(address());
      case "nat_gateway" -> {
        String address = address();
        yield tag(
            ec2.createNatGateway(r -> r.subnetId(subnets().getFirst()).allocationId(address))
                .natGateway()
                .natGatewayId());
      }
      case "network_interface" ->
          tag(
              ec2.createNetworkInterface(r -> r.subnetId(subnets().getFirst()))
                  .networkInterface()
                  .networkInterfaceId());
      case "load_balancer" -> loadBalancer(TAGS);
      case "target_group" ->
          balancers()
              .createTargetGroup(r ->
                  r.name("web")
                      .protocol(ProtocolEnum.HTTP)
                      .port(80)
                      .vpcId(ec2.describeVpcs().vpcs().getFirst().vpcId())
                      .tags(t -> t.key(KeepTag.NAME).value("keep")))
              .targetGroups()
              .getFirst()
              .targetGroupArn();
      case "rds_instance" -> database();
      case "rds_snapshot" -> {
        String database = database();
        customer
            .client(region, RdsClient.class, RdsClient::builder)
            .createDBSnapshot(r ->
                r.dbInstanceIdentifier(database)
                    .dbSnapshotIdentifier("orders-1")
                    .tags(t -> t.key(KeepTag.NAME).value("keep")));
        yield "orders-1";
      }
      case "dynamodb_table" -> table();
      case "s3_bucket" -> bucket();
      case "log_group" -> {
        customer
            .client(region, CloudWatchLogsClient.class, CloudWatchLogsClient::builder)
            .createLogGroup(r -> r.logGroupName("/app/kept").tags(TAGS));
        yield "/app/kept";
      }
      case "lambda_function" -> function();
      default -> customer.make(kind, region);
    };
  }

  private static TagSpecification on(ResourceType type) {
    return TagSpecification.builder()
        .resourceType(type)
        .tags(Tag.builder().key(KeepTag.NAME).value("keep").build())
        .build();
  }

  private String tag(String id) {
    ec2.createTags(r -> r.resources(id).tags(t -> t.key(KeepTag.NAME).value("keep")));
    return id;
  }

  private String image() {
    return ec2.registerImage(
            r -> r.name("golden").rootDeviceName("/dev/sda1").architecture("x86_64"))
        .imageId();
  }

  private String volume() {
    return ec2.createVolume(r ->
            r.size(100)
                .volumeType("gp3")
                .availabilityZone(region + "b")
                .tagSpecifications(on(ResourceType.VOLUME)))
        .volumeId();
  }

  private String address() {
    return ec2.allocateAddress(r -> r.domain("vpc")).allocationId();
  }

  private List<String> subnets() {
    return ec2.describeSubnets().subnets().stream().map(Subnet::subnetId).toList();
  }

  private ElasticLoadBalancingV2Client balancers() {
    return customer.client(
        region, ElasticLoadBalancingV2Client.class, ElasticLoadBalancingV2Client::builder);
  }

  String loadBalancer(Map<String, String> tags) {
    return loadBalancer("web", tags);
  }

  String loadBalancer(String name, Map<String, String> tags) {
    return balancers()
        .createLoadBalancer(r -> {
          r.name(name).subnets(subnets().subList(0, 2));
          if (!tags.isEmpty())
            r.tags(
                tags.entrySet().stream()
                    .map(tag ->
                        software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag.builder()
                            .key(tag.getKey())
                            .value(tag.getValue())
                            .build())
                    .toList());
        })
        .loadBalancers()
        .getFirst()
        .loadBalancerArn();
  }

  private String database() {
    customer
        .client(region, RdsClient.class, RdsClient::builder)
        .createDBInstance(r ->
            r.dbInstanceIdentifier("orders")
                .dbInstanceClass("db.m5.large")
                .engine("postgres")
                .allocatedStorage(100)
                .masterUsername("root")
                .masterUserPassword("emulated-only")
                .tags(t -> t.key(KeepTag.NAME).value("keep")));
    return "orders";
  }

  private String table() {
    customer
        .client(region, DynamoDbClient.class, DynamoDbClient::builder)
        .createTable(r ->
            r.tableName("sessions")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                    a -> a.attributeName("id").attributeType(ScalarAttributeType.S))
                .keySchema(k -> k.attributeName("id").keyType(KeyType.HASH))
                .tags(t -> t.key(KeepTag.NAME).value("keep")));
    return "sessions";
  }

  private String bucket() {
    S3Client s3 = customer.client(region, S3Client.class, S3Client::builder);
    String name = "kept-" + customer.account();
    s3.createBucket(r -> r.bucket(name));
    s3.putBucketTagging(
        r -> r.bucket(name).tagging(t -> t.tagSet(tag -> tag.key(KeepTag.NAME).value("keep"))));
    return name;
  }

  private String function() {
    customer
        .client(region, LambdaClient.class, LambdaClient::builder)
        .createFunction(r ->
            r.functionName("resize")
                .runtime(Runtime.PYTHON3_13)
                .role(customer.role("lambda", lambdaTrust()))
                .handler("app.handler")
                .code(c -> c.zipFile(SdkBytes.fromByteArray(zip())))
                .tags(TAGS));
    return "resize";
  }

  private static String lambdaTrust() {
    return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\","
        + "\"Principal\":{\"Service\":\"lambda.amazonaws.com\"}}]}";
  }

  private static byte[] zip() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("app.py"));
      zip.write("def handler(event, context):\n  return 1\n".getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
