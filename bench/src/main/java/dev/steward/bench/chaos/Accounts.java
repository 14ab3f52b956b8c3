package dev.steward.bench.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.testing.Customer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Accounts that are connected while everything falls, by role and by access keys. */
final class Accounts {
  private final Victims victims;
  private final Promises promises;
  private final Caller settled;
  private final Queue<String> secrets;
  private final AtomicInteger number = new AtomicInteger(1);

  Accounts(Victims victims, Promises promises, Caller settled) {
    this.victims = victims;
    this.promises = promises;
    this.settled = settled;
    this.secrets = new ConcurrentLinkedQueue<>();
  }

  /** What must show nowhere. */
  List<String> secrets() {
    return List.copyOf(secrets);
  }

  void connects(Caller caller) {
    int own = number.incrementAndGet();
    String id = String.format(Locale.ROOT, "6200%08d", own);
    try (Customer customer = new Customer(victims.aws(), id)) {
      if (own % 2 == 0) byRole(caller, customer);
      else byKeys(caller, customer);
    } catch (Caller.Over over) {
      throw over;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void byRole(Caller caller, Customer customer) {
    String onboarding = began(caller, List.of("read"));
    promises.given(
        "onboarding",
        () ->
            settled.get("/onboarding/" + onboarding).path("id").asText().equals(onboarding)
                ? ""
                : onboarding + " is lost");
    String role = deployed(caller, customer, onboarding);
    caller.post("/onboarding/" + onboarding + "/verify", Map.of("role_arn", role));
    promises.given(
        "verification",
        () -> {
          JsonNode verified = verified(settled, onboarding);
          // While AWS could not be reached a verification may fail; it must say so, and the next
          // works.
          if (verified.path("status").asText().equals("failed")) {
            settled.post("/onboarding/" + onboarding + "/verify", Map.of("role_arn", role));
            verified = verified(settled, onboarding);
          }
          return verified.path("account").isTextual()
              ? ""
              : onboarding + " is " + verified.path("status").asText();
        });
  }

  private void byKeys(Caller caller, Customer customer) {
    Map.Entry<String, String> keys = customer.accessKeys("chaos");
    secrets.add(keys.getValue());
    JsonNode made =
        caller.post(
            "/onboarding/connect/credentials",
            Map.of("access_key_id", keys.getKey(), "secret_access_key", keys.getValue()));
    String path = "/onboarding/" + made.path("id").asText();
    promises.given(
        "access keys",
        () ->
            settled
                    .await(path, o -> !o.path("status").asText().equals("verifying"))
                    .path("status")
                    .isTextual()
                ? ""
                : path + " is lost");
  }

  static String connected(Caller caller, Customer customer, List<String> features) {
    String onboarding = began(caller, features);
    String role = deployed(caller, customer, onboarding);
    caller.post("/onboarding/" + onboarding + "/verify", Map.of("role_arn", role));
    JsonNode verified = verified(caller, onboarding);
    if (!verified.path("account").isTextual())
      throw new IllegalStateException("not connected: " + verified);
    return verified.path("account").asText();
  }

  private static String began(Caller caller, List<String> features) {
    return caller
        .post("/onboarding/create", Map.of("name", "chaos", "features", features))
        .path("id")
        .asText();
  }

  private static String deployed(Caller caller, Customer customer, String onboarding) {
    String template = caller.send("GET", "/onboarding/template/" + onboarding, null).text();
    return String.valueOf(
        customer.deploy("s-" + onboarding.replace('_', '-'), template).get("RoleArn"));
  }

  private static JsonNode verified(Caller caller, String onboarding) {
    return caller.await(
        "/onboarding/" + onboarding, o -> !o.path("status").asText().equals("verifying"));
  }
}
