package dev.steward.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.testing.ApiClient;
import dev.steward.testing.Customer;
import dev.steward.testing.Emulator;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** What nobody looks at is neither waste nor mended, and comes back as what it was. */
final class NoLongerLookedAtTest {
  private static final String VOLUMES = "open&kind=unattached_volume";

  @Test
  void findingsLeaveTheTotalsAndComeBackWithTheirFirstDay() throws Exception {
    try (Emulator emulator = Emulator.start("us-east-1", "eu-west-1", "ap-south-1");
        Customer customer = emulator.customer()) {
      customer.at(Instant.now().minus(Duration.ofDays(60)));
      for (String region : List.of("us-east-1", "eu-west-1")) {
        Ec2Client ec2 = customer.client(region, Ec2Client.class, Ec2Client::builder);
        for (int i = 0; i < 3; i++)
          ec2.createVolume(r -> r.size(100).volumeType("gp3").availabilityZone(region + "a"));
        ec2.allocateAddress(r -> r.domain("vpc"));
        // Nobody has metrics of it yet, so that no check can decide.
        ec2.runInstances(
            r -> r.imageId("ami-12c6146b").instanceType("m5.large").minCount(1).maxCount(1));
      }
      customer.at(null);
      try (PlatformProcess platform =
          new PlatformProcess(emulator.endpoint(), Map.of("aws-requests-per-second", "500"))
              .start()) {
        ApiClient client = platform.anybody().as("client", "client");
        String account = Connecting.connect(client, customer);
        PlatformProcess.awaitDiscovery(client, account);
        PlatformProcess.awaitScan(client, account);
        Map<String, String> first = firstSeen(client, "open");
        int volumes = firstSeen(client, VOLUMES).size();
        assertThat(volumes).isGreaterThan(1);
        assertThat(first).hasSizeGreaterThan(volumes);
        assertThat(saving(client)).isPositive();

        narrow(client, account, List.of("us-east-1"));
        JsonNode left = client.get("/waste/findings?state=unobserved").ok().path("items");
        assertThat(left).isNotEmpty();
        assertThat(firstSeen(client, "open")).hasSize(first.size() - left.size());
        for (JsonNode finding : left)
          assertThat(finding.path("unobserved").asText()).contains("eu-west-1");
        JsonNode scan = scanned(client, account);
        assertThat(scan.path("saving").asDouble()).isEqualTo(saving(client));

        client.put("/waste/kinds/unattached_volume/settings", Map.of("enabled", false)).ok();
        assertThat(firstSeen(client, VOLUMES)).isEmpty();
        int open = firstSeen(client, "open").size();
        assertThat(open).isPositive();
        scan = scanned(client, account);
        assertThat(scan.path("saving").asDouble()).isEqualTo(saving(client));
        assertThat(firstSeen(client, "resolved")).isEmpty();
        assertThat(firstSeen(client, "unobserved")).hasSize(first.size() - open);

        client.put("/waste/kinds/unattached_volume/settings", Map.of("enabled", true)).ok();
        narrow(client, account, List.of());
        String before = scans(client, account).at("/items/0/id").asText();
        client.post("/onboarding/" + account + "/rediscover", null).ok();
        PlatformProcess.awaitDiscovery(client, account);
        PlatformProcess.await(
            client,
            "/waste/scans?limit=1&account=" + account,
            s ->
                !s.at("/items/0/id").asText().equals(before)
                    && s.at("/items/0/finished_at").isTextual());
        assertThat(firstSeen(client, "open")).isEqualTo(first);
        assertThat(firstSeen(client, "unobserved")).isEmpty();

        // What is mended is listed, and keeps its first day when it is waste again.
        client.put("/waste/kinds/unattached_volume/settings", stricter(3_000)).ok();
        scanned(client, account);
        assertThat(firstSeen(client, "resolved")).hasSize(volumes);
        client.put("/waste/kinds/unattached_volume/settings", stricter(7)).ok();
        scanned(client, account);
        assertThat(firstSeen(client, "open")).isEqualTo(first);

        tellsWhatNoCheckCouldDecide(client, account);
        findsWhatWasSaidBeforeTheAccountWasDisconnected(client, customer, account);
      }
    }
  }

  private static void tellsWhatNoCheckCouldDecide(ApiClient client, String account) {
    int unknown = 0;
    for (JsonNode check : scans(client, account).at("/items/0/checks"))
      unknown += check.path("unknown").asInt();
    JsonNode items = client.get("/waste/unknown?limit=500&account=" + account).ok().path("items");
    assertThat(items).hasSize(unknown);
    assertThat(unknown).isPositive();
    for (JsonNode item : items) assertThat(item.path("reason").asText()).isNotEmpty();
    JsonNode page = client.get("/waste/unknown?limit=1&region=us-east-1&kind=ec2_instance").ok();
    assertThat(page.at("/items/0/resource").asText()).startsWith("i-");
    assertThat(page.at("/items/0/region").asText()).isEqualTo("us-east-1");
    assertThat(client.get("/waste/unknown?region=ap-south-1").ok().path("items")).isEmpty();
  }

  private static void findsWhatWasSaidBeforeTheAccountWasDisconnected(
      ApiClient client, Customer customer, String account) {
    JsonNode volumes = client.get("/waste/findings?state=" + VOLUMES).ok().path("items");
    String dismissed = volumes.at("/0/resource").asText();
    String exempt = volumes.at("/1/resource").asText();
    client
        .post(
            "/waste/findings/" + volumes.at("/0/id").asText() + "/dismiss",
            Map.of("reason", "needed in spring"))
        .ok();
    client
        .post(
            "/waste/findings/" + volumes.at("/1/id").asText() + "/exempt",
            Map.of(
                "reason", "migration", "until", Instant.now().plus(Duration.ofDays(90)).toString()))
        .ok();
    client.delete("/client/accounts/" + account).ok();
    String again = Connecting.connect(client, customer);
    PlatformProcess.awaitDiscovery(client, again);
    PlatformProcess.awaitScan(client, again);
    assertThat(resources(client, VOLUMES)).contains(dismissed, exempt);
    assertThat(
            client.get("/client/accounts/" + again).ok().at("/kept_judgements/dismissals").asInt())
        .isEqualTo(1);
    client.post("/client/accounts/" + again + "/judgements", Map.of("restore", true)).ok();
    assertThat(resources(client, VOLUMES)).doesNotContain(dismissed, exempt);
    scanned(client, again);
    assertThat(resources(client, "dismissed")).containsExactly(dismissed);
    assertThat(resources(client, "exempt")).containsExactly(exempt);
  }

  private static List<String> resources(ApiClient client, String state) {
    return client.get("/waste/findings?limit=500&state=" + state).ok().findValuesAsText("resource");
  }

  private static Map<String, Object> stricter(int days) {
    return Map.of("thresholds", Map.of("min_age_days", days));
  }

  private static void narrow(ApiClient client, String account, List<String> regions) {
    client.patch("/client/accounts/" + account, Map.of("regions", regions)).ok();
  }

  private static JsonNode scans(ApiClient client, String account) {
    return client.get("/waste/scans?limit=1&account=" + account).ok();
  }

  private static JsonNode scanned(ApiClient client, String account) {
    String scan =
        client.post("/waste/scans", Map.of("account", account)).json().path("id").asText();
    return PlatformProcess.await(
        client, "/waste/scans/" + scan, s -> s.path("finished_at").isTextual());
  }

  private static double saving(ApiClient client) {
    return client.get("/client/dashboard").ok().path("potential_saving").asDouble();
  }

  private static Map<String, String> firstSeen(ApiClient client, String state) {
    Map<String, String> first = new HashMap<>();
    client
        .get("/waste/findings?limit=500&state=" + state)
        .ok()
        .path("items")
        .forEach(f -> first.put(f.path("id").asText(), f.path("first_seen").asText()));
    return first;
  }
}
