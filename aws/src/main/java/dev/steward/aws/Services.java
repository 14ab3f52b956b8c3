package dev.steward.aws;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkClient;

/** The SDK's client of each service, by the prefix that its IAM actions have. */
final class Services {
  private static final String PACKAGE = "software.amazon.awssdk.services.";

  /** Classes are named, and not linked, so that a client's are loaded when it is first asked. */
  private static final Map<String, String> CLIENTS =
      Map.ofEntries(
          Map.entry("autoscaling", "autoscaling.AutoScaling"),
          Map.entry("ce", "costexplorer.CostExplorer"),
          Map.entry("cloudwatch", "cloudwatch.CloudWatch"),
          Map.entry("dynamodb", "dynamodb.DynamoDb"),
          Map.entry("ec2", "ec2.Ec2"),
          Map.entry("elasticloadbalancing", "elasticloadbalancingv2.ElasticLoadBalancingV2"),
          Map.entry("kms", "kms.Kms"),
          Map.entry("lambda", "lambda.Lambda"),
          Map.entry("logs", "cloudwatchlogs.CloudWatchLogs"),
          Map.entry("rds", "rds.Rds"),
          Map.entry("route53", "route53.Route53"),
          Map.entry("s3", "s3.S3"),
          Map.entry("ssm", "ssm.Ssm"));

  /** The prefixes, by the name of the client's class. */
  private static final Map<String, String> PREFIXES =
      CLIENTS.entrySet().stream()
          .collect(
              Collectors.toUnmodifiableMap(
                  client -> PACKAGE + client.getValue() + "Client", Map.Entry::getKey));

  private static final Map<String, Class<? extends SdkClient>> TYPES = new ConcurrentHashMap<>();

  private Services() {}

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
        prefix -> {
          String name = CLIENTS.get(prefix);
          if (name == null) throw new IllegalArgumentException("no client for " + prefix);
          try {
            return Class.forName(PACKAGE + name + "Client").asSubclass(SdkClient.class);
          } catch (ClassNotFoundException e) {
            throw new IllegalStateException("no client for " + prefix, e);
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
