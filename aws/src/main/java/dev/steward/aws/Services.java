package dev.steward.aws;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkClient;

/**
 * The SDK's client of each service, by the prefix that its IAM actions have, or a name of its own.
 */
final class Services {
  private static final String PACKAGE = "software.amazon.awssdk.services.";

  /**
   * A client.
   *
   * @param service what calls name it by
   * @param type its class, which is named, and not linked, so that it is loaded when it is first
   *     asked
   * @param prefix of its IAM actions, which two clients may share
   */
  private record Client(String service, String type, String prefix) {}

  private static final Map<String, Client> CLIENTS =
      Stream.of(
              client("acm", "acm.Acm"),
              client("apigateway", "apigateway.ApiGateway"),
              client("apigatewayv2", "apigatewayv2.ApiGatewayV2", "apigateway"),
              client("application-autoscaling", "applicationautoscaling.ApplicationAutoScaling"),
              client("apprunner", "apprunner.AppRunner"),
              client("appsync", "appsync.AppSync"),
              client("athena", "athena.Athena"),
              client("autoscaling", "autoscaling.AutoScaling"),
              client("backup", "backup.Backup"),
              client("batch", "batch.Batch"),
              client("bcm-data-exports", "bcmdataexports.BcmDataExports"),
              client("budgets", "budgets.Budgets"),
              client("ce", "costexplorer.CostExplorer"),
              client("cloudformation", "cloudformation.CloudFormation"),
              client("cloudfront", "cloudfront.CloudFront"),
              client("cloudtrail", "cloudtrail.CloudTrail"),
              client("cloudwatch", "cloudwatch.CloudWatch"),
              client("codebuild", "codebuild.CodeBuild"),
              client("codepipeline", "codepipeline.CodePipeline"),
              client("cognito-idp", "cognitoidentityprovider.CognitoIdentityProvider"),
              client("comprehend", "comprehend.Comprehend"),
              client("compute-optimizer", "computeoptimizer.ComputeOptimizer"),
              client("cost-optimization-hub", "costoptimizationhub.CostOptimizationHub"),
              client("dax", "dax.Dax"),
              client("directconnect", "directconnect.DirectConnect"),
              client("dms", "databasemigration.DatabaseMigration"),
              client("dynamodb", "dynamodb.DynamoDb"),
              client("ec2", "ec2.Ec2"),
              client("ecr", "ecr.Ecr"),
              client("ecs", "ecs.Ecs"),
              client("eks", "eks.Eks"),
              client("elasticache", "elasticache.ElastiCache"),
              client("elasticbeanstalk", "elasticbeanstalk.ElasticBeanstalk"),
              client("elasticfilesystem", "efs.Efs"),
              client("elasticloadbalancing", "elasticloadbalancingv2.ElasticLoadBalancingV2"),
              client("elasticmapreduce", "emr.Emr"),
              client("elb", "elasticloadbalancing.ElasticLoadBalancing", "elasticloadbalancing"),
              client("es", "opensearch.OpenSearch"),
              client("events", "eventbridge.EventBridge"),
              client("firehose", "firehose.Firehose"),
              client("fsx", "fsx.FSx"),
              client("globalaccelerator", "globalaccelerator.GlobalAccelerator"),
              client("glue", "glue.Glue"),
              client("iam", "iam.Iam"),
              client("kafka", "kafka.Kafka"),
              client("kinesis", "kinesis.Kinesis"),
              client("kms", "kms.Kms"),
              client("lambda", "lambda.Lambda"),
              client("logs", "cloudwatchlogs.CloudWatchLogs"),
              client("memorydb", "memorydb.MemoryDb"),
              client("mq", "mq.Mq"),
              client("network-firewall", "networkfirewall.NetworkFirewall"),
              client("organizations", "organizations.Organizations"),
              client("pricing", "pricing.Pricing"),
              client("rds", "rds.Rds"),
              client("redshift", "redshift.Redshift"),
              client("redshift-serverless", "redshiftserverless.RedshiftServerless"),
              client("resource-explorer-2", "resourceexplorer2.ResourceExplorer2"),
              client("route53", "route53.Route53"),
              client("s3", "s3.S3"),
              client("sagemaker", "sagemaker.SageMaker"),
              client("savingsplans", "savingsplans.Savingsplans"),
              client("secretsmanager", "secretsmanager.SecretsManager"),
              client("sns", "sns.Sns"),
              client("sqs", "sqs.Sqs"),
              client("ssm", "ssm.Ssm"),
              client("states", "sfn.Sfn"),
              client("tag", "resourcegroupstaggingapi.ResourceGroupsTaggingApi"),
              client("transfer", "transfer.Transfer"),
              client("wafv2", "wafv2.Wafv2"),
              client("workspaces", "workspaces.WorkSpaces"))
          .collect(Collectors.toUnmodifiableMap(Client::service, Function.identity()));

  /** The prefixes, by the name of the client's class. */
  private static final Map<String, String> PREFIXES =
      CLIENTS.values().stream().collect(Collectors.toUnmodifiableMap(Client::type, Client::prefix));

  private static final Map<String, Class<? extends SdkClient>> TYPES = new ConcurrentHashMap<>();

  private Services() {}

  private static Client client(String service, String type) {
    return client(service, type, service);
  }

  private static Client client(String service, String type, String prefix) {
    return new Client(service, PACKAGE + type + "Client", prefix);
  }

  /** What calls name services by. */
  static Set<String> all() {
    return CLIENTS.keySet();
  }

  /** The prefix of the service that the client is of. */
  static String prefix(Class<?> type) {
    String prefix = PREFIXES.get(type.getName());
    if (prefix == null) throw new IllegalArgumentException("no service has " + type);
    return prefix;
  }

  /** The interface of the service's client. */
  static Class<? extends SdkClient> type(String service) {
    return TYPES.computeIfAbsent(
        service,
        name -> {
          Client client = CLIENTS.get(name);
          if (client == null) throw new IllegalArgumentException("no client for " + name);
          try {
            return Class.forName(client.type()).asSubclass(SdkClient.class);
          } catch (ClassNotFoundException e) {
            throw new IllegalStateException("no client for " + name, e);
          }
        });
  }

  /** A new builder of the service's client. */
  @SuppressWarnings("unchecked")
  static <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C extends SdkClient>
      B builder(Class<C> type) {
    try {
      Class<?> builder = Class.forName(type.getName() + "Builder");
      return (B)
          MethodHandles.publicLookup()
              .findStatic(type, "builder", MethodType.methodType(builder))
              .invoke();
    } catch (Throwable e) {
      throw new IllegalStateException("no builder of " + type, e);
    }
  }
}
