package dev.steward.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.testing.ApiClient;
import dev.steward.testing.SecondEmulator;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.iam.IamClient;

/**
 * Onboarding and the permission matrix against an emulator that is not ours and evaluates trust
 * policies, External IDs, signatures and IAM policies itself. In it a key id of twelve digits is
 * the root of that account.
 */
final class SecondOpinionTest {
  private static final String PLATFORM = "111111111111";
  private static final String CUSTOMER = "222222222222";

  @Test
  void provesTheTrustAndFindsWhatThePolicyLeavesOut() {
    try (SecondEmulator aws = SecondEmulator.start();
        PlatformProcess platform =
            new PlatformProcess(
                    aws.endpoint(), Map.of("aws-principal", "arn:aws:iam::" + PLATFORM + ":root"))
                .as(PLATFORM, "test")
                .start()) {
      ApiClient user = platform.user();
      String onboarding = Connecting.begin(user);
      JsonNode role =
          user.get("/onboarding/template/" + onboarding + "?format=json")
              .ok()
              .at("/Resources/StewardRole/Properties");
      try (IamClient iam = root(aws.endpoint())) {
        String trust = role.path("AssumeRolePolicyDocument").toString();
        String arn =
            iam.createRole(r -> r.roleName("steward").assumeRolePolicyDocument(trust)).role().arn();
        // The customer takes one permission away.
        String narrowed =
            role.at("/Policies/0/PolicyDocument")
                .toString()
                .replace("\"rds:DescribeDBInstances\",", "");
        iam.putRolePolicy(r -> r.roleName("steward").policyName("read").policyDocument(narrowed));
        JsonNode verified = Connecting.verify(user, onboarding, arn);
        assertThat(verified.path("checks"))
            .as(verified.toString())
            .hasSize(3)
            .allMatch(c -> c.path("passed").asBoolean());
        assertThat(verified.path("status").asText()).isEqualTo("degraded");
        TreeSet<String> denied = new TreeSet<>();
        verified
            .path("permissions")
            .forEach(p -> {
              if (p.path("grant").asText().equals("denied")) denied.add(p.path("feature").asText());
            });
        assertThat(denied).containsExactly("rds_instance");

        String open =
            iam.createRole(r ->
                    r.roleName("open")
                        .assumeRolePolicyDocument(trust.replaceAll(",\"Condition\":\\{.*?}}", "")))
                .role()
                .arn();
        JsonNode refused = Connecting.verify(user, Connecting.begin(user), open);
        assertThat(refused.path("status").asText()).isEqualTo("failed");
        assertThat(refused.path("reason").asText()).contains("without any External ID");
      }
    }
  }

  /**
   * This emulator evaluates IAM and session policies, so a permission that is missing would show.
   */
  @Test
  void theTemplateGrantsWhatActionsNeed() throws Exception {
    try (SecondEmulator aws = SecondEmulator.start();
        PlatformProcess platform =
            new PlatformProcess(
                    aws.endpoint(), Map.of("aws-principal", "arn:aws:iam::" + PLATFORM + ":root"))
                .as(PLATFORM, "test")
                .start();
        Ec2Client ec2 = as(Ec2Client.builder(), aws.endpoint());
        CloudWatchLogsClient logs = as(CloudWatchLogsClient.builder(), aws.endpoint())) {
      String volume =
          ec2.createVolume(r -> r.size(10).volumeType("gp2").availabilityZone("us-east-1a"))
              .volumeId();
      String address = ec2.allocateAddress(r -> r.domain("vpc")).allocationId();
      logs.createLogGroup(r -> r.logGroupName("/app/old"));
      ApiClient user = platform.anybody().as("client", "client");
      ApiClient approver = platform.anybody().as("approver", "approver");
      String account = connectToAct(user, aws.endpoint());
      PlatformProcess.awaitDiscovery(user, account);
      List<Map<String, String>> resources =
          List.of(
              step("ebs_volume", volume, "snapshot_and_delete_volume"),
              step("elastic_ip", address, "release_address"),
              step("log_group", "/app/old", "set_log_retention"));
      JsonNode change = run(user, approver, resources);
      assertThat(change.path("status").asText())
          .as(change.path("steps").toString())
          .isEqualTo("done");
      user.post("/governance/changes/" + change.path("id").asText() + "/undo", null).ok();
      JsonNode undone = ended(user, change, "partly_done");
      assertThat(undone.at("/steps/0/detail").asText()).startsWith("restored as vol-");
      assertThat(undone.at("/steps/2/state").asText()).isEqualTo("undone");
      // The customer takes the permission to act away.
      try (IamClient iam = root(aws.endpoint())) {
        iam.deleteRolePolicy(r -> r.roleName("steward").policyName("act"));
      }
      user.post("/onboarding/" + account + "/rediscover", null).ok();
      JsonNode refused =
          run(user, approver, List.of(step("log_group", "/app/old", "set_log_retention")));
      assertThat(refused.path("status").asText()).isEqualTo("failed");
      assertThat(refused.at("/steps/0/detail").asText()).contains("AccessDenied");
    }
  }

  private static String connectToAct(ApiClient user, URI aws) {
    String onboarding =
        user.post("/onboarding/create", Map.of("features", List.of("read", "act")))
            .ok()
            .path("id")
            .asText();
    JsonNode role =
        user.get("/onboarding/template/" + onboarding + "?format=json")
            .ok()
            .at("/Resources/StewardRole/Properties");
    try (IamClient iam = root(aws)) {
      String arn =
          iam.createRole(r ->
                  r.roleName("steward")
                      .assumeRolePolicyDocument(role.path("AssumeRolePolicyDocument").toString()))
              .role()
              .arn();
      for (JsonNode policy : role.path("Policies"))
        iam.putRolePolicy(r ->
            r.roleName("steward")
                .policyName(policy.path("PolicyName").asText().replace("steward-", ""))
                .policyDocument(policy.path("PolicyDocument").toString()));
      return Connecting.verify(user, onboarding, arn).path("account").asText();
    }
  }

  private static Map<String, String> step(String kind, String id, String action) {
    return Map.of("kind", kind, "region", "us-east-1", "id", id, "action", action);
  }

  private static JsonNode run(
      ApiClient user, ApiClient approver, List<Map<String, String>> resources) {
    JsonNode change = user.post("/governance/changes", Map.of("resources", resources)).ok();
    JsonNode submitted =
        user.post("/governance/changes/" + change.path("id").asText() + "/submit", null).ok();
    approver
        .post(
            "/approvals/" + submitted.path("approval").asText() + "/approve",
            Map.of("plan_hash", change.path("plan_hash").asText()))
        .ok();
    return ended(user, change, "done", "partly_done", "failed");
  }

  private static JsonNode ended(ApiClient user, JsonNode change, String... ends) {
    return PlatformProcess.await(
        user,
        "/governance/changes/" + change.path("id").asText(),
        c -> List.of(ends).contains(c.path("status").asText()));
  }

  private static <B extends AwsClientBuilder<B, C>, C> C as(B builder, URI endpoint) {
    return builder
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(CUSTOMER, "test")))
        .build();
  }

  private static IamClient root(URI endpoint) {
    return IamClient.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(CUSTOMER, "test")))
        .build();
  }
}
