package dev.steward.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.testing.ApiClient;
import dev.steward.testing.AwsCall;
import dev.steward.testing.Customer;
import dev.steward.testing.Emulator;
import dev.steward.testing.Estate;
import dev.steward.testing.FaultProxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Discovery and scan of an estate of about 3,000 resources: seconds, and calls beside the least
 * that paging allows.
 */
final class DiscoveryBench implements Main.Benchmark {
  private static final int SCALE = 8;

  /**
   * Calls that AWS takes for one resource at a time only: DescribeListeners, DescribeTargetHealth,
   * DescribeTable and ListTagsOfResource, ListTagsForResource, ListTags, GetBucketLifecycle and
   * GetBucketTagging.
   */
  private static final Map<String, Integer> PER_RESOURCE =
      Map.of(
          "load_balancer", 1,
          "target_group", 1,
          "dynamodb_table", 2,
          "log_group", 1,
          "lambda_function", 1,
          "s3_bucket", 2);

  /** DescribeTags takes 20 of them. */
  private static final Set<String> TAGGED_BY_TWENTY = Set.of("load_balancer", "target_group");

  private static final Set<String> NOT_DISCOVERY =
      Set.of("AssumeRole", "GetCallerIdentity", "GetMetricData");

  @Override
  public void run() throws Exception {
    Path folder = Files.createTempDirectory("steward-bench");
    try (Emulator emulator = Emulator.start();
        FaultProxy proxy = FaultProxy.before(emulator.endpoint());
        Customer customer = new Customer(emulator.endpoint(), "600000000001")) {
      Estate estate = Estate.build(customer, Instant.now(), SCALE, () -> {});
      try (Launched platform = Launched.before(proxy.endpoint(), folder)) {
        measure(estate, proxy, customer, platform.as("test"));
      }
    }
    Measurements.delete(folder);
    new BucketBench().run();
  }

  private static void measure(Estate estate, FaultProxy proxy, Customer customer, ApiClient user)
      throws Exception {
    String account = connect(customer, user);

    // The second time everything is warm, and no verification is mixed in.
    proxy.forgetCalls();
    user.post("/onboarding/" + account + "/rediscover", null).ok();
    await(
        user,
        "/onboarding/" + account + "/discovery",
        d -> d.path("status").asText().equals("running"));
    JsonNode discovery =
        await(
            user, "/onboarding/" + account + "/discovery", d -> d.path("finished_at").isTextual());
    JsonNode scan =
        await(
                user,
                "/waste/scans?account=" + account,
                s -> s.path("items").size() == 2 && s.at("/items/0/finished_at").isTextual())
            .at("/items/0");
    report(estate, proxy.calls(), discovery, scan);
  }

  /** Connects the customer and waits for the first discovery and scan. */
  static String connect(Customer customer, ApiClient user) throws Exception {
    String onboarding = user.post("/onboarding/create", Map.of()).ok().path("id").asText();
    String role =
        String.valueOf(
            customer
                .deploy("bench", user.get("/onboarding/template/" + onboarding).text())
                .get("RoleArn"));
    user.post("/onboarding/" + onboarding + "/verify", Map.of("role_arn", role)).ok();
    String account =
        await(user, "/onboarding/" + onboarding, o -> o.path("account").isTextual())
            .path("account")
            .asText();
    await(user, "/waste/scans?account=" + account, s -> s.at("/items/0/finished_at").isTextual());
    return account;
  }

  private static void report(
      Estate estate, List<AwsCall> calls, JsonNode discovery, JsonNode scan) {
    Map<String, Integer> byAction = new TreeMap<>();
    calls.forEach(c ->
        byAction.merge(
            c.action().startsWith("GET ") ? "S3 and Lambda" : c.action(), 1, Integer::sum));
    int listed =
        calls.size() - NOT_DISCOVERY.stream().mapToInt(a -> byAction.getOrDefault(a, 0)).sum();
    int least = 1;
    for (JsonNode line : discovery.path("lines")) {
      String kind = line.path("kind").asText();
      int resources = line.path("resources").asInt();
      least += line.path("pages").asInt() + PER_RESOURCE.getOrDefault(kind, 0) * resources;
      if (TAGGED_BY_TWENTY.contains(kind)) least += (resources + 19) / 20;
    }
    System.out.printf(
        Locale.ROOT,
        "%,d resources (estate of %,d and what AWS adds), 17 regions: discovery %.1f s, scan %.1f s%n",
        discovery.path("resources").asInt(),
        estate.resources(),
        seconds(discovery),
        seconds(scan));
    System.out.printf(
        Locale.ROOT,
        "calls for the inventory: %,d; the least that paging allows: %,d; ratio %.3f; metrics: %,d calls%n",
        listed,
        least,
        (double) listed / least,
        byAction.getOrDefault("GetMetricData", 0));
    System.out.println("by action: " + byAction);
  }

  static double seconds(JsonNode run) {
    return Duration.between(
                Instant.parse(run.path("started_at").asText()),
                Instant.parse(run.path("finished_at").asText()))
            .toMillis()
        / 1e3;
  }

  private static JsonNode await(ApiClient user, String path, Predicate<JsonNode> wanted)
      throws InterruptedException {
    while (true) {
      ApiClient.Answer answer = user.get(path);
      if (answer.status() == 200 && wanted.test(answer.json())) return answer.json();
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }
}
