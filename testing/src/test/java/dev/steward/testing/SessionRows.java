package dev.steward.testing;

import static dev.steward.testing.Row.answers;
import static dev.steward.testing.Row.refuses;

import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sts.StsClient;

/** Who may come in, and how long. */
final class SessionRows {
  private static final String ASSUME =
      "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html";
  private static final String EXTERNAL_ID =
      "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html";
  private static final String PRINCIPALS =
      "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html";
  private static final String STS_ERRORS =
      "https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html";
  private static final String EC2_ERRORS =
      "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html";
  private static final String S3_ERRORS =
      "https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html";
  private static final String LOGS_ERRORS =
      "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/CommonErrors.html";
  private static final AwsCredentials UNKNOWN =
      AwsBasicCredentials.create("AKIAIOSFODNN7EXAMPLE", "nobody");

  /** As long as AWS takes, and one more. */
  private static final String TOO_LONG =
      Tenant.policy("ec2:*") + " ".repeat(2_049 - Tenant.policy("ec2:*").length());

  static final List<Row> ALL =
      List.of(
          answers(
              "sts:AssumeRole",
              "with the External ID that the trust policy wants",
              true,
              EXTERNAL_ID,
              aws -> {
                try (StsClient sts = aws.with(aws.session(), StsClient.builder())) {
                  var caller = sts.getCallerIdentity();
                  return caller.account().equals(aws.customer.account())
                      && caller.arn().endsWith(":assumed-role/steward/contract");
                }
              }),
          refuses(
              "sts:AssumeRole",
              "without an External ID",
              403,
              "AccessDenied",
              EXTERNAL_ID,
              aws -> assume(aws, aws.role(), null)),
          refuses(
              "sts:AssumeRole",
              "with a wrong External ID",
              403,
              "AccessDenied",
              EXTERNAL_ID,
              aws -> assume(aws, aws.role(), "ext_other")),
          refuses(
              "sts:AssumeRole",
              "with the External ID in other letters",
              403,
              "AccessDenied",
              "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html",
              aws -> assume(aws, aws.role(), "EXT_CONTRACT")),
          refuses(
              "sts:AssumeRole",
              "of a role that is not there",
              403,
              "AccessDenied",
              ASSUME,
              aws -> assume(aws, aws.role() + "-not", Tenant.EXTERNAL_ID)),
          refuses(
              "sts:AssumeRole",
              "of a role that trusts somebody else",
              403,
              "AccessDenied",
              PRINCIPALS,
              aws ->
                  assume(
                      aws,
                      trusting(aws, "AWS", "arn:aws:iam::999988887777:root"),
                      Tenant.EXTERNAL_ID)),
          refuses(
              "sts:AssumeRole",
              "of a role that trusts a service only",
              403,
              "AccessDenied",
              PRINCIPALS,
              aws ->
                  assume(aws, trusting(aws, "Service", "ec2.amazonaws.com"), Tenant.EXTERNAL_ID)),
          refuses(
              "sts:AssumeRole",
              "with a session policy of more than 2,048 characters",
              400,
              "ValidationError",
              ASSUME,
              aws -> aws.session(TOO_LONG)),
          refuses(
              "sts:AssumeRole",
              "for less than 900 seconds",
              400,
              "ValidationError",
              ASSUME,
              aws -> lasting(aws, 899)),
          refuses(
              "sts:AssumeRole",
              "for longer than the role's sessions last, an hour unless it says otherwise",
              400,
              "ValidationError",
              ASSUME,
              aws -> lasting(aws, 3_601)),
          refuses(
              "ec2:DescribeVolumes",
              "with a key that nobody has",
              401,
              "AuthFailure",
              EC2_ERRORS,
              aws -> aws.with(UNKNOWN, Ec2Client.builder()).describeVolumes()),
          refuses(
              "sts:GetCallerIdentity",
              "with a key that nobody has",
              403,
              "InvalidClientTokenId",
              STS_ERRORS,
              aws -> aws.with(UNKNOWN, StsClient.builder()).getCallerIdentity()),
          refuses(
              "s3:ListBuckets",
              "with a key that nobody has",
              403,
              "InvalidAccessKeyId",
              S3_ERRORS,
              aws -> aws.with(UNKNOWN, S3Client.builder()).listBuckets()),
          refuses(
              "logs:DescribeLogGroups",
              "with a key that nobody has",
              400,
              "UnrecognizedClientException",
              LOGS_ERRORS,
              aws -> aws.with(UNKNOWN, CloudWatchLogsClient.builder()).describeLogGroups()),
          answers(
              "sts:GetCallerIdentity",
              "with the access key of a user",
              true,
              "https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html",
              aws -> {
                var keys = aws.customer.accessKeys("robot");
                try (StsClient sts =
                    aws.with(
                        AwsBasicCredentials.create(keys.getKey(), keys.getValue()),
                        StsClient.builder())) {
                  return sts.getCallerIdentity().account().equals(aws.customer.account());
                }
              }),
          refuses(
              "ec2:DescribeVolumes",
              "with a session that has ended",
              400,
              "RequestExpired",
              EC2_ERRORS,
              aws -> aws.with(ended(aws), Ec2Client.builder()).describeVolumes()),
          refuses(
              "rds:DescribeDBInstances",
              "with a session that has ended",
              403,
              "ExpiredToken",
              "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/CommonErrors.html",
              aws -> aws.with(ended(aws), RdsClient.builder()).describeDBInstances()),
          refuses(
              "s3:ListBuckets",
              "with a session that has ended",
              400,
              "ExpiredToken",
              S3_ERRORS,
              aws -> aws.with(ended(aws), S3Client.builder()).listBuckets()),
          refuses(
              "logs:DescribeLogGroups",
              "with a session that has ended",
              400,
              "ExpiredTokenException",
              LOGS_ERRORS,
              aws -> aws.with(ended(aws), CloudWatchLogsClient.builder()).describeLogGroups()),
          answers(
              "sts:AssumeRole",
              "again when a session has ended",
              true,
              ASSUME,
              aws -> {
                ended(aws);
                try (Ec2Client ec2 = aws.with(aws.session(), Ec2Client.builder())) {
                  return ec2.describeVolumes().volumes().isEmpty();
                }
              }),
          answers(
              "ec2:DescribeVolumes",
              "of another account",
              0,
              "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use.html",
              aws -> {
                Made.volume(aws, "gp3");
                try (Tenant other = new Tenant(aws.emulator)) {
                  return other.ec2().describeVolumes().volumes().size();
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              }));

  private SessionRows() {}

  private static void assume(Tenant aws, String role, @Nullable String id) {
    aws.platform().assumeRole(r -> r.roleArn(role).roleSessionName("contract").externalId(id));
  }

  /** A role that trusts a principal of this kind, without more. */
  private static String trusting(Tenant aws, String kind, String principal) {
    return aws.customer.role(
        "trusting",
        """
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole",
         "Principal":{"%s":"%s"}}]}
        """
            .formatted(kind, principal));
  }

  private static void lasting(Tenant aws, int seconds) {
    String role = aws.role();
    aws.platform()
        .assumeRole(r ->
            r.roleArn(role)
                .roleSessionName("contract")
                .externalId(Tenant.EXTERNAL_ID)
                .durationSeconds(seconds));
  }

  /** A session that has ended by now. */
  private static AwsCredentials ended(Tenant aws) {
    AwsCredentials session = aws.session();
    aws.emulator.expireSessions();
    return session;
  }
}
