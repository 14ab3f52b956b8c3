package dev.steward.app;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.testing.ApiClient;
import dev.steward.testing.Customer;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * The main job goes on: findings become a plan, people decide about exactly that plan, it is
 * carried out, one step is undone, and what was saved is written down.
 */
final class GovernedJob {
  private static final int PATIENCE_SECONDS = 300;

  /** One finding of each, so that the change has several kinds of steps. */
  private static final List<String> CHECKS =
      List.of(
          "unattached_volume",
          "gp2_volume",
          "unattached_address",
          "log_group_without_retention",
          "bucket_without_lifecycle");

  private final Platform platform;
  private final Customer customer;
  private final List<JsonNode> findings;

  GovernedJob(Platform platform, Customer customer, List<JsonNode> findings) {
    this.platform = platform;
    this.customer = customer;
    this.findings = findings;
  }

  /** Whether everything came out as it must. */
  boolean run() throws InterruptedException {
    try (ApiClient anybody = ApiClient.at(URI.create(platform.url()))) {
      ApiClient lead = anybody.as("lead", "lead");
      ApiClient approver = anybody.as("approver", "approver");
      System.out.println();
      System.out.println("A change, planned by 'lead', who may approve too:");
      JsonNode change = draft(lead, chosen());
      show(change);
      drift(change.path("steps").path(0));
      boolean right = decide(lead, approver, change);
      right &= carriedOut(lead, change.path("id").asText());
      right &= undone(lead, approver);
      ledger(lead);
      return right & proven(approver);
    }
  }

  private List<JsonNode> chosen() {
    List<JsonNode> chosen = new ArrayList<>();
    for (String check : CHECKS)
      findings.stream()
          .filter(f -> f.path("kind").asText().equals(check))
          // Some findings are advice.
          .filter(f -> !f.path("actions").isEmpty())
          .filter(
              f -> chosen.stream().noneMatch(c -> c.path("resource").equals(f.path("resource"))))
          .limit(check.equals("unattached_volume") ? 2 : 1)
          .forEach(chosen::add);
    return chosen;
  }

  private static JsonNode draft(ApiClient user, List<JsonNode> findings) {
    return user.post(
            "/governance/changes",
            Map.of("findings", findings.stream().map(f -> f.path("id").asText()).toList()))
        .ok();
  }

  private static void show(JsonNode change) {
    for (JsonNode step : change.path("steps"))
      System.out.printf(
          Locale.ROOT,
          "  %d. %-28s %-45s %20s  %s%n",
          step.path("number").asInt(),
          step.path("action").asText(),
          step.path("resource").asText(),
          saving(step.path("saving")),
          step.path("undoable").asBoolean() ? "can be undone" : "CANNOT BE UNDONE");
    System.out.println(
        "  risk "
            + change.path("risk").asText()
            + ", plan "
            + change.path("plan_hash").asText().substring(0, 16)
            + "…");
  }

  /** A saving whose price nobody knows is not one of nothing. */
  private static String saving(JsonNode amount) {
    return amount.isNumber()
        ? String.format(Locale.ROOT, "%.2f USD a month", amount.asDouble())
        : "saving unknown";
  }

  /** The requester is refused, another plan is refused, and the approver approves this one. */
  private static boolean decide(ApiClient lead, ApiClient approver, JsonNode change) {
    JsonNode submitted =
        lead.post("/governance/changes/" + change.path("id").asText() + "/submit", null).ok();
    String approve = "/approvals/" + submitted.path("approval").asText() + "/approve";
    String hash = change.path("plan_hash").asText();
    ApiClient.Answer own = lead.post(approve, Map.of("plan_hash", hash));
    ApiClient.Answer other = approver.post(approve, Map.of("plan_hash", "0".repeat(64)));
    ApiClient.Answer yes =
        approver.post(approve, Map.of("plan_hash", hash, "comment", "read and agreed"));
    System.out.println("  approved by its requester: " + said(own));
    System.out.println("  approved with another plan: " + said(other));
    System.out.println("  approved by 'approver': " + yes.json().path("status").asText());
    return own.status() == 403 && other.status() == 409 && yes.status() == 200;
  }

  private static String said(ApiClient.Answer answer) {
    return answer.status() + " " + answer.json().path("title").asText();
  }

  /** Somebody marks the first volume after it was planned; that step must be skipped. */
  private void drift(JsonNode step) {
    customer
        .client(step.path("region").asText(), Ec2Client.class, Ec2Client::builder)
        .createTags(r ->
            r.resources(step.path("resource").asText())
                .tags(Tag.builder().key("owner").value("came back for it").build()));
  }

  private static boolean carriedOut(ApiClient user, String id) throws InterruptedException {
    JsonNode done = await(user, id, Set.of("done", "partly_done", "failed", "cancelled"));
    Map<String, Integer> states = new HashMap<>();
    for (JsonNode step : done.path("steps")) {
      states.merge(step.path("state").asText(), 1, Integer::sum);
      System.out.printf(
          Locale.ROOT,
          "  %d. %-8s %s%n",
          step.path("number").asInt(),
          step.path("state").asText(),
          step.path("detail").asText());
    }
    System.out.println("  the change is " + done.path("status").asText().replace('_', ' '));
    return states.getOrDefault("skipped", 0) == 1
        && states.getOrDefault("done", 0) == done.path("steps").size() - 1;
  }

  private boolean undone(ApiClient lead, ApiClient approver) throws InterruptedException {
    System.out.println();
    System.out.println("Another change, which is undone again:");
    JsonNode volume =
        findings.stream()
            .filter(f -> f.path("kind").asText().equals("unattached_volume"))
            .skip(2)
            .findFirst()
            .orElseThrow();
    JsonNode change = draft(lead, List.of(volume));
    String id = change.path("id").asText();
    JsonNode submitted = lead.post("/governance/changes/" + id + "/submit", null).ok();
    approver
        .post(
            "/approvals/" + submitted.path("approval").asText() + "/approve",
            Map.of("plan_hash", change.path("plan_hash").asText()))
        .ok();
    JsonNode done = await(lead, id, Set.of("done", "partly_done", "failed", "cancelled"));
    System.out.println("  " + done.path("steps").path(0).path("detail").asText());
    lead.post("/governance/changes/" + id + "/undo", null).ok();
    JsonNode back = await(lead, id, Set.of("undone", "partly_done", "failed"));
    System.out.println("  " + back.path("steps").path(0).path("detail").asText());
    return back.path("status").asText().equals("undone");
  }

  private static void ledger(ApiClient user) {
    JsonNode totals = user.get("/waste/savings").ok().path("totals");
    System.out.printf(
        Locale.ROOT,
        "%nSavings ledger, USD a month: estimated %.2f, approved %.2f, executed %.2f, realised %.2f"
            + " (undone; the rest is measured after 1, 7 and 30 days)%s%n",
        totals.path("estimated").asDouble(),
        totals.path("approved").asDouble(),
        totals.path("executed").asDouble(),
        totals.path("realised").asDouble(),
        MainJob.unpriced(totals.path("unpriced").path("estimated").asInt()));
  }

  private static boolean proven(ApiClient approver) {
    JsonNode proof = approver.get("/governance/audit/proof").ok();
    System.out.println(
        "Audit chain: "
            + proof.path("entries").asLong()
            + " entries, "
            + (proof.path("holds").asBoolean() ? "whole" : "BROKEN: " + proof.path("faults"))
            + ", head "
            + proof.path("head").asText().substring(0, 16)
            + "…");
    return proof.path("holds").asBoolean();
  }

  private static JsonNode await(ApiClient user, String id, Set<String> ends)
      throws InterruptedException {
    Predicate<JsonNode> over = c -> ends.contains(c.path("status").asText());
    for (int i = 0; i < PATIENCE_SECONDS * 5; i++) {
      JsonNode change = user.get("/governance/changes/" + id).ok();
      if (over.test(change)) return change;
      TimeUnit.MILLISECONDS.sleep(200);
    }
    throw new StartException(
        "the change " + id + " did not come to an end within " + PATIENCE_SECONDS + " s");
  }
}
