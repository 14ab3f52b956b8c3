package dev.steward.testing;

import static dev.steward.testing.Row.answers;
import static dev.steward.testing.Row.refuses;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;

/** CloudWatch Logs. */
final class LogRows {
  private static final String API =
      "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/";
  private static final String GROUP = API + "API_LogGroup.html";
  private static final String CLASSES =
      "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch_Logs_Log_Classes.html";
  private static final String NAME = "/app/orders";
  private static final String POLICY =
      "{\"Name\":\"p\",\"Version\":\"2021-06-01\",\"Statement\":[]}";

  static final List<Row> ALL =
      List.of(
          answers(
              "logs:CreateLogGroup",
              "without a word of its class",
              "STANDARD",
              API + "API_CreateLogGroup.html",
              aws -> {
                aws.logs().createLogGroup(r -> r.logGroupName(NAME));
                return seen(aws).logGroupClassAsString();
              }),
          answers(
              "logs:CreateLogGroup",
              "of the class for seldom access",
              "INFREQUENT_ACCESS",
              API + "API_CreateLogGroup.html",
              aws -> {
                seldom(aws);
                return seen(aws).logGroupClassAsString();
              }),
          refuses(
              "logs:CreateLogGroup",
              "of a name that is taken",
              400,
              "ResourceAlreadyExistsException",
              API + "API_CreateLogGroup.html",
              aws -> {
                seldom(aws);
                seldom(aws);
              }),
          answers(
              "logs:DescribeLogGroups",
              "it counts the metric filters",
              1,
              GROUP,
              aws -> {
                aws.logs().createLogGroup(r -> r.logGroupName(NAME));
                filter(aws);
                return seen(aws).metricFilterCount();
              }),
          answers(
              "logs:DescribeLogGroups",
              "it says that data is protected, and nothing once it is not",
              List.of("ACTIVATED", "null"),
              GROUP,
              aws -> {
                aws.logs().createLogGroup(r -> r.logGroupName(NAME));
                protect(aws);
                String before = seen(aws).dataProtectionStatusAsString();
                aws.logs().deleteDataProtectionPolicy(r -> r.logGroupIdentifier(NAME));
                return List.of(before, String.valueOf(seen(aws).dataProtectionStatusAsString()));
              }),
          answers(
              "logs:GetDataProtectionPolicy",
              "what was put",
              POLICY,
              API + "API_GetDataProtectionPolicy.html",
              aws -> {
                aws.logs().createLogGroup(r -> r.logGroupName(NAME));
                protect(aws);
                return aws.logs()
                    .getDataProtectionPolicy(r -> r.logGroupIdentifier(NAME))
                    .policyDocument();
              }),
          refuses(
              "logs:PutMetricFilter",
              "of the class for seldom access",
              400,
              "InvalidParameterException",
              CLASSES,
              aws -> {
                seldom(aws);
                filter(aws);
              }),
          refuses(
              "logs:PutDataProtectionPolicy",
              "of the class for seldom access",
              400,
              "InvalidParameterException",
              CLASSES,
              aws -> {
                seldom(aws);
                protect(aws);
              }),
          refuses(
              "logs:PutRetentionPolicy",
              "of a group that is not there",
              400,
              "ResourceNotFoundException",
              API + "API_PutRetentionPolicy.html",
              aws -> aws.logs().putRetentionPolicy(r -> r.logGroupName(NAME).retentionInDays(30))),
          answers(
              "logs:DeleteRetentionPolicy",
              "it never ends again",
              List.of("30", "null"),
              API + "API_DeleteRetentionPolicy.html",
              aws -> {
                aws.logs().createLogGroup(r -> r.logGroupName(NAME));
                aws.logs().putRetentionPolicy(r -> r.logGroupName(NAME).retentionInDays(30));
                String before = String.valueOf(seen(aws).retentionInDays());
                aws.logs().deleteRetentionPolicy(r -> r.logGroupName(NAME));
                return List.of(before, String.valueOf(seen(aws).retentionInDays()));
              }),
          answers(
              "logs:DescribeLogGroups",
              "how much it stores",
              123_456_789_012L,
              GROUP,
              aws -> {
                aws.logs()
                    .createLogGroup(r ->
                        r.logGroupName(NAME).tags(Map.of("emulator:stored-bytes", "123456789012")));
                return seen(aws).storedBytes();
              }));

  private LogRows() {}

  private static void seldom(Tenant aws) {
    aws.logs().createLogGroup(r -> r.logGroupName(NAME).logGroupClass("INFREQUENT_ACCESS"));
  }

  private static void filter(Tenant aws) {
    aws.logs()
        .putMetricFilter(r ->
            r.logGroupName(NAME)
                .filterName("errors")
                .filterPattern("ERROR")
                .metricTransformations(
                    t -> t.metricName("errors").metricNamespace("app").metricValue("1")));
  }

  private static void protect(Tenant aws) {
    aws.logs().putDataProtectionPolicy(r -> r.logGroupIdentifier(NAME).policyDocument(POLICY));
  }

  private static LogGroup seen(Tenant aws) {
    return aws.logs().describeLogGroups(r -> r.logGroupNamePrefix(NAME)).logGroups().getFirst();
  }
}
