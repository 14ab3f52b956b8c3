package dev.steward.aws;

import dev.steward.estate.Call;
import dev.steward.estate.Partition;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.costexplorer.CostExplorerClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * The clients for one account in one region.
 *
 * @param most resources on a page
 */
public record RegionClients(AwsAccess access, Connection connection, String region, int most) {
  /** As few as every operation takes (EC2 API reference: five). */
  private static final int FEWEST = 5;

  public RegionClients(AwsAccess access, Connection connection, String region) {
    this(access, connection, region, Integer.MAX_VALUE);
  }

  /** Those for what lies in no region. */
  public static RegionClients global(AwsAccess access, Connection connection) {
    return new RegionClients(access, connection, access.certainRegion(connection));
  }

  public RegionClients in(String other) {
    return new RegionClients(access, connection, other, most);
  }

  /** To see whether an operation answers, not what. */
  public RegionClients probing() {
    return new RegionClients(access, connection, region, FEWEST);
  }

  int page(int limit) {
    return Math.min(most, access.settings().page(limit));
  }

  public Ec2Client ec2() {
    return access.client(connection, region, Ec2Client.class, Ec2Client::builder);
  }

  public ElasticLoadBalancingV2Client balancers() {
    return access.client(
        connection,
        region,
        ElasticLoadBalancingV2Client.class,
        ElasticLoadBalancingV2Client::builder);
  }

  public RdsClient rds() {
    return access.client(connection, region, RdsClient.class, RdsClient::builder);
  }

  public S3Client s3() {
    return access.client(connection, region, S3Client.class, S3Client::builder);
  }

  public CloudWatchClient metrics() {
    return access.client(connection, region, CloudWatchClient.class, CloudWatchClient::builder);
  }

  public CloudWatchLogsClient logs() {
    return access.client(
        connection, region, CloudWatchLogsClient.class, CloudWatchLogsClient::builder);
  }

  public KmsClient keys() {
    return access.client(connection, region, KmsClient.class, KmsClient::builder);
  }

  /**
   * Any operation of any service, with plain maps in and out.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException what AWS answers
   */
  Map<String, Object> call(Call call, Map<String, ?> ask) {
    Class<? extends SdkClient> type = Services.type(call.service());
    return Sdk.call(type, client(type), call.operation(), ask);
  }

  private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C extends SdkClient>
      SdkClient client(Class<? extends SdkClient> type) {
    @SuppressWarnings("unchecked")
    Class<C> exact = (Class<C>) type;
    return access.<B, C>client(connection, region, exact, () -> Services.builder(exact));
  }

  public AutoScalingClient autoScaling() {
    return access.client(connection, region, AutoScalingClient.class, AutoScalingClient::builder);
  }

  public SsmClient parameters() {
    return access.client(connection, region, SsmClient.class, SsmClient::builder);
  }

  /** Route 53 has one endpoint a partition, which any region of it leads to. */
  public Route53Client dns() {
    return access.client(connection, region, Route53Client.class, Route53Client::builder);
  }

  /** Cost Explorer has one endpoint in a partition; empty where there is none. */
  public Optional<CostExplorerClient> costs() {
    return Partition.ofRegion(region)
        .costRegion()
        .map(at ->
            access.client(connection, at, CostExplorerClient.class, CostExplorerClient::builder));
  }

  /** Whether AWS is emulated, so that nothing can be found out from the name of an endpoint. */
  public boolean emulated() {
    return access.settings().endpoint() != null;
  }
}
