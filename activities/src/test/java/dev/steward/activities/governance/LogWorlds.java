package dev.steward.activities.governance;

import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroupClass;

/** Log groups with what people set on them. */
final class LogWorlds {
  private static final String PROTECTION =
      "{\"Name\":\"mask\",\"Version\":\"2021-06-01\",\"Statement\":[{\"Sid\":\"mask\","
          + "\"DataIdentifier\":[\"arn:aws:dataprotection::aws:data-identifier/EmailAddress\"],"
          + "\"Operation\":{\"Deidentify\":{\"MaskConfig\":{}}}}]}";

  private LogWorlds() {}

  static String kept(CloudWatchLogsClient logs) {
    logs.createLogGroup(r -> r.logGroupName("/app/kept"));
    logs.putRetentionPolicy(r -> r.logGroupName("/app/kept").retentionInDays(400));
    return "/app/kept";
  }

  static String infrequent(CloudWatchLogsClient logs) {
    logs.createLogGroup(
        r -> r.logGroupName("/app/rare").logGroupClass(LogGroupClass.INFREQUENT_ACCESS));
    return "/app/rare";
  }

  static String rich(CloudWatchLogsClient logs, String account) {
    String name = "/app/rich";
    logs.createLogGroup(r -> r.logGroupName("/app/collector"));
    logs.createLogGroup(
        r -> r.logGroupName(name).kmsKeyId(Worlds.KEY).tags(java.util.Map.of("team", "data")));
    logs.putRetentionPolicy(r -> r.logGroupName(name).retentionInDays(400));
    logs.putSubscriptionFilter(r ->
        r.logGroupName(name)
            .filterName("to-the-collector")
            .filterPattern("ERROR")
            .destinationArn("arn:aws:logs:us-east-1:" + account + ":log-group:/app/collector:*"));
    logs.putMetricFilter(r ->
        r.logGroupName(name)
            .filterName("errors")
            .filterPattern("ERROR")
            .metricTransformations(
                t -> t.metricName("errors").metricNamespace("app").metricValue("1")));
    logs.putDataProtectionPolicy(r -> r.logGroupIdentifier(name).policyDocument(PROTECTION));
    return name;
  }
}
