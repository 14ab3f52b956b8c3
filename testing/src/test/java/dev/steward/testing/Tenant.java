package dev.steward.testing;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.s3.S3BaseClientBuilder;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.sts.StsClient;

/** An emulated account of a row's own: its administrator, and those who come by a role. */
final class Tenant implements AutoCloseable {
  static final String REGION = "us-east-1";
  static final String ZONE = "us-east-1a";
  static final String EXTERNAL_ID = "ext_contract";
  private static final String TRUST =
      """
      {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole",
       "Principal":{"AWS":"arn:aws:iam::123456789012:root"},
       "Condition":{"StringEquals":{"sts:ExternalId":"%s"}}}]}
      """
          .formatted(EXTERNAL_ID);

  final Emulator emulator;
  final Customer customer;
  private final SdkHttpClient http = ApacheHttpClient.create();
  private final List<AutoCloseable> opened = new ArrayList<>();
  private @Nullable String role;

  Tenant(Emulator emulator) {
    this.emulator = emulator;
    this.customer = emulator.customer();
  }

  /** What the administrator does from now on happens then; null for the present. */
  void at(@Nullable Instant time) {
    customer.at(time);
  }

  Ec2Client ec2() {
    return customer.client(REGION, Ec2Client.class, Ec2Client::builder);
  }

  RdsClient rds() {
    return customer.client(REGION, RdsClient.class, RdsClient::builder);
  }

  S3Client s3() {
    return customer.client(REGION, S3Client.class, S3Client::builder);
  }

  CloudWatchClient metrics() {
    return customer.client(REGION, CloudWatchClient.class, CloudWatchClient::builder);
  }

  CloudWatchLogsClient logs() {
    return customer.client(REGION, CloudWatchLogsClient.class, CloudWatchLogsClient::builder);
  }

  ElasticLoadBalancingV2Client balancers() {
    return customer.client(
        REGION, ElasticLoadBalancingV2Client.class, ElasticLoadBalancingV2Client::builder);
  }

  IamClient iam() {
    return customer.client(REGION, IamClient.class, IamClient::builder);
  }

  KmsClient kms() {
    return customer.client(REGION, KmsClient.class, KmsClient::builder);
  }

  SsmClient parameters() {
    return customer.client(REGION, SsmClient.class, SsmClient::builder);
  }

  /** The role of this account that trusts the platform with {@link #EXTERNAL_ID}. */
  String role() {
    if (role == null) role = customer.role("steward", TRUST);
    return role;
  }

  /** A policy that allows these actions on everything. */
  static String policy(String... actions) {
    return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Resource\":\"*\",\"Action\":[\""
        + String.join("\",\"", actions)
        + "\"]}]}";
  }

  /** The role may do this and no more. */
  void grant(String... actions) {
    role();
    iam()
        .putRolePolicy(
            r -> r.roleName("steward").policyName("steward").policyDocument(policy(actions)));
  }

  /** The platform's own STS. */
  StsClient platform() {
    return with(AwsBasicCredentials.create("PLATFORMcontract", "emulated"), StsClient.builder());
  }

  AwsCredentials session() {
    return session(null);
  }

  /**
   * @param policy of the session; null for none
   */
  AwsCredentials session(@Nullable String policy) {
    String arn = role();
    var got =
        platform()
            .assumeRole(r ->
                r.roleArn(arn).roleSessionName("contract").externalId(EXTERNAL_ID).policy(policy))
            .credentials();
    return AwsSessionCredentials.create(
        got.accessKeyId(), got.secretAccessKey(), got.sessionToken());
  }

  /** A client that asks once and never again. */
  <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C extends AutoCloseable> C with(
      AwsCredentials credentials, B builder) {
    C client = once(emulator.endpoint(), http, credentials, builder);
    opened.add(client);
    return client;
  }

  /** A client of whatever stands at the endpoint, which asks once and never again. */
  static <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C once(
      URI endpoint, SdkHttpClient http, AwsCredentials credentials, B builder) {
    builder
        .httpClient(http)
        .endpointOverride(endpoint)
        .region(Region.of(REGION))
        .credentialsProvider(StaticCredentialsProvider.create(credentials))
        .overrideConfiguration(c -> c.retryStrategy(AwsRetryStrategy.doNotRetry()));
    if (builder instanceof S3BaseClientBuilder<?, ?> s3) s3.forcePathStyle(true);
    return builder.build();
  }

  @Override
  public void close() throws Exception {
    for (AutoCloseable client : opened) client.close();
    http.close();
    customer.close();
  }
}
