package dev.steward.app;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.testing.ApiClient;
import dev.steward.testing.Customer;
import java.util.List;
import java.util.Map;

/** Steps that many end-to-end tests begin with. */
final class Connecting {
  private Connecting() {}

  static String begin(ApiClient user) {
    return begin(user, List.of("read"));
  }

  private static String begin(ApiClient user, List<String> features) {
    return user.post("/onboarding/create", Map.of("name", "e2e", "features", features))
        .ok()
        .path("id")
        .asText();
  }

  /** Deploys the onboarding's template and returns the role's ARN. */
  static String deploy(ApiClient user, String onboarding, Customer customer) {
    String template = user.get("/onboarding/template/" + onboarding).text();
    return String.valueOf(
        customer.deploy("s-" + onboarding.replace('_', '-'), template).get("RoleArn"));
  }

  static JsonNode verify(ApiClient user, String onboarding, String arn) {
    user.post("/onboarding/" + onboarding + "/verify", Map.of("role_arn", arn)).ok();
    return PlatformProcess.await(
        user, "/onboarding/" + onboarding, o -> !o.path("status").asText().equals("verifying"));
  }

  /** Connects the customer's account by role and returns our id of it. */
  static String connect(ApiClient user, Customer customer) {
    return connect(user, customer, List.of("read"));
  }

  static String connect(ApiClient user, Customer customer, List<String> features) {
    String onboarding = begin(user, features);
    JsonNode verified = verify(user, onboarding, deploy(user, onboarding, customer));
    if (!verified.path("account").isTextual())
      throw new IllegalStateException("not connected: " + verified);
    return verified.path("account").asText();
  }
}
