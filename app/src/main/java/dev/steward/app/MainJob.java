package dev.steward.app;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.testing.ApiClient;
import dev.steward.testing.Customer;
import dev.steward.testing.Estate;
import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * The job that the platform is for, done through its own API as a customer would: connect, prove,
 * discover, scan, show; then change, undo, and account for it.
 */
final class MainJob {
  private static final int PATIENCE_SECONDS = 600;
  private final Platform platform;
  private final Customer customer;
  private final Estate estate;

  MainJob(Platform platform, Customer customer, Estate estate) {
    this.platform = platform;
    this.customer = customer;
    this.estate = estate;
  }

  /** Whether what was found is exactly what is there to be found. */
  boolean run() throws InterruptedException {
    try (ApiClient anybody = ApiClient.at(URI.create(platform.url()))) {
      ApiClient user = anybody.as("test", "test");
      String account = connect(user);
      discover(user, account);
      scan(user, account);
      List<JsonNode> findings = findings(user, account);
      show(user, findings);
      boolean right = check(user, account, findings);
      return right & new GovernedJob(platform, customer, findings).run();
    }
  }

  private String connect(ApiClient user) throws InterruptedException {
    JsonNode onboarding =
        user.post(
                "/onboarding/create",
                Map.of(
                    "name",
                    "Shop",
                    "environment",
                    "production",
                    "features",
                    List.of("read", "act")))
            .ok();
    String id = onboarding.path("id").asText();
    String template = user.get("/onboarding/template/" + id).text();
    Map<String, String> outputs = customer.deploy("steward-" + id.replace('_', '-'), template);
    System.out.println(
        "Deployed the generated template in " + customer.account() + ": " + outputs.get("RoleArn"));
    user.post(
            "/onboarding/" + id + "/verify",
            Map.of("role_arn", outputs.getOrDefault("RoleArn", "")))
        .ok();
    JsonNode verified =
        await(user, "/onboarding/" + id, n -> !n.path("status").asText().equals("verifying"));
    for (JsonNode check : verified.path("checks"))
      System.out.println(
          "  "
              + (check.path("passed").asBoolean() ? "passed  " : "FAILED  ")
              + check.path("name").asText()
              + ": "
              + check.path("detail").asText());
    long allowed =
        count(verified.path("permissions"), p -> p.path("grant").asText().equals("allowed"));
    long untried =
        count(verified.path("permissions"), p -> p.path("grant").asText().equals("not_probed"));
    System.out.println(
        "  "
            + allowed
            + " of "
            + (verified.path("permissions").size() - untried)
            + " permissions are there ("
            + untried
            + " are only for AWS's services to use, and cannot be tried); the account is "
            + verified.path("status").asText());
    if (verified.path("account").isNull())
      throw new StartException(
          "the demo's account did not connect: " + verified.path("reason").asText());
    return verified.path("account").asText();
  }

  private static void discover(ApiClient user, String account) throws InterruptedException {
    try (ProgressBar bar = bar("Discovering", 100)) {
      await(
          user,
          "/onboarding/" + account + "/discovery",
          n -> {
            bar.stepTo(n.path("progress").asInt());
            bar.setExtraMessage(" " + n.path("resources").asInt() + " resources");
            return n.path("progress").asInt() == 100 && !n.path("finished_at").isNull();
          });
    }
  }

  private static void scan(ApiClient user, String account) throws InterruptedException {
    try (ProgressBar bar = bar("Scanning", 100)) {
      await(
          user,
          "/waste/scans?limit=1&account=" + account,
          n -> {
            JsonNode newest = n.path("items").path(0);
            bar.stepTo(newest.path("progress").asInt());
            return !newest.path("finished_at").isMissingNode()
                && !newest.path("finished_at").isNull();
          });
    }
  }

  private static List<JsonNode> findings(ApiClient user, String account) {
    List<JsonNode> all = new ArrayList<>();
    String after = "";
    do {
      JsonNode page =
          user.get(
                  "/waste/findings?state=open&limit=100&account="
                      + account
                      + (after.isEmpty() ? "" : "&after=" + after))
              .ok();
      page.path("items").forEach(all::add);
      after = page.path("next").asText("");
      if (page.path("next").isNull()) after = "";
    } while (!after.isEmpty());
    return all;
  }

  private static void show(ApiClient user, List<JsonNode> findings) {
    Map<String, List<JsonNode>> byKind = new TreeMap<>();
    findings.forEach(
        f -> byKind.computeIfAbsent(f.path("title").asText(), k -> new ArrayList<>()).add(f));
    System.out.println();
    System.out.printf(
        Locale.ROOT, "%-45s %5s %13s  %s%n", "Finding", "Count", "USD a month", "For example");
    byKind.forEach((title, those) ->
        System.out.printf(
            Locale.ROOT,
            "%-45s %5d %13s  %s%n",
            title,
            those.size(),
            unpriced(those) == those.size()
                ? "unknown"
                : String.format(Locale.ROOT, "%.2f", sum(those)),
            those.getFirst().path("region").asText()
                + " "
                + shorter(those.getFirst().path("resource").asText())));
    System.out.printf(
        Locale.ROOT,
        "%-45s %5d %13.2f%s%n",
        "Total",
        findings.size(),
        sum(findings),
        unpriced(unpriced(findings)));
    JsonNode dashboard = user.get("/client/dashboard").ok();
    JsonNode coverage = dashboard.path("coverage");
    System.out.printf(
        Locale.ROOT,
        "%nCoverage: %d questions asked, %d answered, %d gaps; estimated cost %.2f USD a month at list price%s%n",
        coverage.path("asked").asInt(),
        coverage.path("answered").asInt(),
        coverage.path("gaps").asInt(),
        dashboard.path("monthly_cost").asDouble(),
        unpriced(dashboard.path("unpriced").path("monthly_cost").asInt()));
  }

  /** A sum says how much it leaves out. */
  static String unpriced(int count) {
    return count == 0 ? "" : " and " + count + " without a price";
  }

  private static int unpriced(List<JsonNode> findings) {
    return (int) findings.stream().filter(f -> f.path("saving").isNull()).count();
  }

  private static double sum(List<JsonNode> findings) {
    return findings.stream()
        .filter(f -> !f.path("saving").isNull())
        .map(f -> f.path("saving").decimalValue())
        .reduce(BigDecimal.ZERO, BigDecimal::add)
        .doubleValue();
  }

  private static String shorter(String text) {
    return text.length() > 45 ? "…" + text.substring(text.length() - 44) : text;
  }

  private boolean check(ApiClient user, String account, List<JsonNode> findings) {
    TreeSet<String> found = new TreeSet<>();
    findings.forEach(f ->
        found.add(
            f.path("kind").asText()
                + "/"
                + f.path("region").asText()
                + "/"
                + f.path("resource").asText()));
    TreeSet<String> missed = new TreeSet<>(estate.waste());
    missed.removeAll(found);
    TreeSet<String> wrong = new TreeSet<>(found);
    wrong.removeAll(estate.waste());
    int unknown = 0;
    JsonNode scan = user.get("/waste/scans?limit=1&account=" + account).ok().path("items").path(0);
    for (JsonNode check : scan.path("checks")) unknown += check.path("unknown").asInt();
    System.out.println(
        "Checked against the labelled estate: "
            + found.size()
            + " found, "
            + missed.size()
            + " missed, "
            + wrong.size()
            + " wrong; "
            + unknown
            + " left unknown for want of data ("
            + estate.unknown().size()
            + " labelled so); AWS calls "
            + platform.awsCalls());
    missed.forEach(m -> System.out.println("  missed " + m));
    wrong.forEach(w -> System.out.println("  wrong  " + w));
    return missed.isEmpty() && wrong.isEmpty() && unknown == estate.unknown().size();
  }

  private static long count(JsonNode nodes, java.util.function.Predicate<JsonNode> wanted) {
    long count = 0;
    for (JsonNode node : nodes) if (wanted.test(node)) count++;
    return count;
  }

  private static JsonNode await(
      ApiClient user, String path, java.util.function.Predicate<JsonNode> done)
      throws InterruptedException {
    for (int i = 0; i < PATIENCE_SECONDS * 5; i++) {
      ApiClient.Answer answer = user.get(path);
      if (answer.status() == 200 && done.test(answer.json())) return answer.json();
      TimeUnit.MILLISECONDS.sleep(200);
    }
    throw new StartException(
        path + " did not come to an end within " + PATIENCE_SECONDS + " s; see the log");
  }

  static ProgressBar bar(String name, long most) {
    return new ProgressBarBuilder()
        .setTaskName(String.format(Locale.ROOT, "%-20s", name))
        .setInitialMax(most)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(200)
        .build();
  }
}
