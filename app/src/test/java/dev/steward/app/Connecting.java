package dev.steward.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.testing.ApiClient;
import dev.steward.testing.Customer;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

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

  /** Has an account discovered once more, to the end. */
  static void discoverAgain(ApiClient user, String account) {
    String path = "/onboarding/" + account + "/discovery";
    String before = user.get(path).ok().path("started_at").asText();
    user.post("/onboarding/" + account + "/rediscover", null).ok();
    PlatformProcess.await(
        user,
        path,
        d -> !d.path("started_at").asText().equals(before) && d.path("finished_at").isTextual());
  }

  /** The open findings of an account, page by page: kind, region and resource. */
  static TreeSet<String> found(ApiClient user, String account) {
    TreeSet<String> found = new TreeSet<>();
    String after = "";
    do {
      JsonNode page =
          user.get("/waste/findings?state=open&limit=50&account=" + account + after).ok();
      page.path("items")
          .forEach(f ->
              found.add(
                  f.path("kind").asText()
                      + "/"
                      + f.path("region").asText()
                      + "/"
                      + f.path("resource").asText()));
      after = page.path("next").isNull() ? "" : "&after=" + page.path("next").asText();
    } while (!after.isEmpty());
    return found;
  }

  /** Waits until Temporal has so many schedules of an account. */
  static void awaitSchedules(TemporalLink temporal, String account, int wanted) {
    long found = -1;
    for (int i = 0; i < 600 && found != wanted; i++) {
      found =
          temporal
              .schedules()
              .listSchedules()
              .filter(s -> s.getScheduleId().endsWith("/" + account))
              .count();
      PlatformProcess.pause();
    }
    assertThat(found).isEqualTo(wanted);
  }
}
