package dev.steward.testing;

import java.net.URI;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * Each of AWS's protocols by a service that speaks it, with an answer that its client reads.
 *
 * @param action as the proxy calls it
 */
enum Protocol {
  EC2_QUERY(
      "ec2",
      "DescribeVolumes",
      "text/xml",
      "<DescribeVolumesResponse><volumeSet><item><volumeId>vol-1</volumeId></item></volumeSet></DescribeVolumesResponse>",
      via(Ec2Client::builder, ec2 -> ec2.describeVolumes().volumes().getFirst().volumeId())),
  QUERY(
      "rds",
      "DescribeDBInstances",
      "text/xml",
      "<DescribeDBInstancesResponse><DescribeDBInstancesResult><Marker>more</Marker></DescribeDBInstancesResult></DescribeDBInstancesResponse>",
      via(RdsClient::builder, rds -> rds.describeDBInstances().marker())),
  QUERY_OF_STS(
      "sts",
      "GetCallerIdentity",
      "text/xml",
      "<GetCallerIdentityResponse><GetCallerIdentityResult><Account>1</Account></GetCallerIdentityResult></GetCallerIdentityResponse>",
      via(StsClient::builder, sts -> sts.getCallerIdentity().account())),
  REST_XML(
      "s3",
      "GET /",
      "application/xml",
      "<ListAllMyBucketsResult><Buckets><Bucket><Name>b</Name></Bucket></Buckets></ListAllMyBucketsResult>",
      via(S3Client::builder, s3 -> s3.listBuckets().buckets().getFirst().name())),
  JSON_1_1(
      "logs",
      "DescribeLogGroups",
      "application/x-amz-json-1.1",
      "{\"logGroups\":[{\"logGroupName\":\"g\"}]}",
      via(
          CloudWatchLogsClient::builder,
          logs -> logs.describeLogGroups().logGroups().getFirst().logGroupName())),
  JSON_1_0(
      "dynamodb",
      "ListTables",
      "application/x-amz-json-1.0",
      "{\"TableNames\":[\"t\"]}",
      via(DynamoDbClient::builder, dynamo -> dynamo.listTables().tableNames().getFirst())),
  REST_JSON(
      "lambda",
      "GET /2015-03-31/functions",
      "application/json",
      "{\"Functions\":[{\"FunctionName\":\"f\"}]}",
      via(
          LambdaClient::builder,
          lambda -> lambda.listFunctions().functions().getFirst().functionName()));

  private interface Call {
    String through(URI endpoint, SdkHttpClient http);
  }

  final String service;
  final String action;
  final String contentType;
  final String answer;
  private final Call call;

  Protocol(String service, String action, String contentType, String answer, Call call) {
    this.service = service;
    this.action = action;
    this.contentType = contentType;
    this.answer = answer;
    this.call = call;
  }

  /** Asks once, and returns what the client read in the answer. */
  String ask(URI endpoint, SdkHttpClient http) {
    return call.through(endpoint, http);
  }

  private static <
          B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C extends AutoCloseable>
      Call via(java.util.function.Supplier<B> builder, Function<C, String> asked) {
    return (endpoint, http) ->
        asked.apply(
            Tenant.once(
                endpoint, http, AwsBasicCredentials.create("AKIDPROXY", "secret"), builder.get()));
  }
}
