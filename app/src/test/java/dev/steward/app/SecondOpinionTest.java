package dev.steward.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.testing.ApiClient;
import dev.steward.testing.SecondEmulator;
import java.net.URI;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
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

  private static IamClient root(URI endpoint) {
    return IamClient.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(CUSTOMER, "test")))
        .build();
  }
}
