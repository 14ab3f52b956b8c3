package dev.steward.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.model.Account;
import dev.steward.model.Coverage;
import dev.steward.model.DiscoveryId;
import dev.steward.model.Fact;
import dev.steward.model.Finding;
import dev.steward.model.FindingId;
import dev.steward.model.Listing;
import dev.steward.model.Money;
import dev.steward.model.Resource;
import dev.steward.model.RunStatus;
import dev.steward.model.Scan;
import dev.steward.model.ScanId;
import dev.steward.storage.Chunks;
import dev.steward.storage.Tables;
import dev.steward.testing.ApiClient;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which instance type would do: by the stored metrics, by series that are sent, and as a plan. */
final class RightsizingTest {
  private static final ScanId SCAN = new ScanId("scn_hours00");
  private static final Instant SCANNED = Instant.parse("2026-11-20T10:30:00Z");
  private static final int HOURS = 42 * 24;

  @SuppressWarnings("NullAway.Init")
  private static WithoutTemporal platform;

  @SuppressWarnings("NullAway.Init")
  private static ApiClient client;

  @SuppressWarnings("NullAway.Init")
  private static ApiClient stranger;

  @SuppressWarnings("NullAway.Init")
  private static Account account;

  @BeforeAll
  static void start() {
    platform = new WithoutTemporal();
    client = platform.as("test");
    stranger = platform.stranger();
    account = platform.account(platform.organization("test"), "777766665555", 0);
    platform
        .platform
        .store()
        .write(t -> {
          Chunks.packResources(
                  Chunks.inventoryKey(account.id(), "eu-west-1", "ec2_instance"),
                  account.id(),
                  "dsc_test00",
                  List.of(instance("i-roomy", "Linux/UNIX"), instance("i-windows", "Windows")),
                  Money.usd(280))
              .put(t);
          t.put(
              Tables.LISTINGS,
              new Listing(
                  account.id(),
                  new DiscoveryId("dsc_test00"),
                  "eu-west-1",
                  "ec2_instance",
                  Coverage.ANSWERED,
                  1,
                  2,
                  Money.usd(280),
                  null,
                  null,
                  SCANNED,
                  1));
          t.put(
              Tables.SCANS,
              new Scan(
                  SCAN,
                  account.organization(),
                  account.id(),
                  RunStatus.COMPLETED,
                  100,
                  List.of(),
                  List.of(),
                  Money.ZERO,
                  null,
                  SCANNED,
                  SCANNED,
                  0,
                  List.of()));
          Map<String, double[]> read =
              Map.of(
                  "cpu",
                  filled(14, 9),
                  "cpu_hour",
                  filled(HOURS, 20),
                  "memory_hour",
                  filled(HOURS, 30));
          Chunks.packMetrics(
                  Chunks.metricsKey(account.id(), "eu-west-1", "ec2_instance"),
                  account.id(),
                  SCAN.value(),
                  Map.of("i-roomy", read, "i-windows", read))
              .put(t);
          return true;
        });
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  private static Resource instance(String id, String platform) {
    return new Resource(
        id,
        "ec2_instance",
        "eu-west-1",
        null,
        "running",
        SCANNED,
        Map.of(),
        Map.of(
            "instance_type",
            "m5.2xlarge",
            "platform",
            platform,
            "tenancy",
            "default",
            "lifecycle",
            "on-demand",
            "automatic_address",
            "none"));
  }

  private static double[] filled(int length, double value) {
    double[] values = new double[length];
    Arrays.fill(values, value);
    return values;
  }

  private static Map<String, Object> stored() {
    return Map.of("account", account.id().value(), "region", "eu-west-1", "resource", "i-roomy");
  }

  @Test
  void anInstanceIsJudgedByWhatTheLastScanRead() {
    JsonNode answer = client.post("/ai/rightsizing", stored()).ok();
    assertThat(answer.path("recommended").asText()).isEqualTo("m5.xlarge");
    assertThat(answer.path("saving").asDouble()).isEqualTo(156.22);
    assertThat(answer.at("/cpu/forecast_by").asText()).isEqualTo("calibrated peak");
    assertThat(answer.at("/cpu/before").asDouble()).isEqualTo(20);
    assertThat(answer.at("/cpu/quantiles/0.975").asDouble()).isGreaterThan(23);
    assertThat(answer.at("/memory/before").asDouble()).isEqualTo(30);
    // The cheapest first, and the half of its cores and a quarter of its memory is too little.
    assertThat(answer.at("/options/0/instance_type").asText()).isEqualTo("c5.large");
    assertThat(answer.at("/options/0/fits").asBoolean()).isFalse();
    assertThat(answer.at("/options/0/memory_risk").asDouble()).isEqualTo(1);
    assertThat(stranger.post("/ai/rightsizing", stored()).status()).isEqualTo(404);
    Map<String, Object> other = new HashMap<>(stored());
    other.put("resource", "i-none");
    assertThat(client.post("/ai/rightsizing", other).status()).isEqualTo(404);
    Map<String, Object> careful = new HashMap<>(stored());
    careful.put("max_utilization", 25);
    assertThat(client.post("/ai/rightsizing", careful).ok().path("recommended").isNull()).isTrue();
  }

  @Test
  void whatTheBookHasNoPricesOfIsToldWithoutMoney() {
    Map<String, Object> windows = new HashMap<>(stored());
    windows.put("resource", "i-windows");
    JsonNode answer = client.post("/ai/rightsizing", windows).ok();
    assertThat(answer.path("recommended").asText()).isEqualTo("m5.xlarge");
    assertThat(answer.path("saving").isNull()).isTrue();
    assertThat(answer.path("options"))
        .isNotEmpty()
        .allSatisfy(option -> assertThat(option.path("monthly").isNull()).isTrue())
        .allSatisfy(option -> assertThat(option.path("saving").isNull()).isTrue());
  }

  @Test
  void aSeriesThatIsSentIsJudgedToo() {
    Map<String, Object> sent = new HashMap<>();
    sent.put("instance_type", "m5.xlarge");
    sent.put("cpu", Collections.nCopies(336, 20));
    JsonNode answer = client.post("/ai/rightsizing", sent).ok();
    assertThat(answer.path("recommended").asText()).isEqualTo("r5.large");
    assertThat(answer.path("memory").isNull()).isTrue();
    assertThat(answer.at("/options/0/memory_risk").isNull()).isTrue();
    assertThat(answer.path("region").asText()).isEqualTo("us-east-1");
    // 0.192 an hour less 0.126 there, and 0.306 less 0.201 in São Paulo.
    assertThat(answer.path("saving").asDouble()).isEqualTo(48.18);
    sent.put("region", "sa-east-1");
    answer = client.post("/ai/rightsizing", sent).ok();
    assertThat(answer.path("region").asText()).isEqualTo("sa-east-1");
    assertThat(answer.path("saving").asDouble()).isEqualTo(76.65);
    sent.put("region", "cn-north-1");
    answer = client.post("/ai/rightsizing", sent).ok();
    assertThat(answer.path("recommended").isNull()).isTrue();
    assertThat(answer.path("unknown").asText())
        .isEqualTo("there is no price of m5.xlarge in cn-north-1");
    sent.remove("region");
    sent.put("cpu", Collections.nCopies(100, 20));
    answer = client.post("/ai/rightsizing", sent).ok();
    assertThat(answer.path("recommended").isNull()).isTrue();
    assertThat(answer.path("unknown").asText()).contains("too few hours");
  }

  @Test
  void badQuestionsAreToldWhole() {
    assertThat(client.post("/ai/rightsizing", Map.of()).status()).isEqualTo(422);
    assertThat(
            client
                .post(
                    "/ai/rightsizing",
                    Map.of(
                        "cpu",
                        List.of(10, -3, 101),
                        "max_utilization",
                        5,
                        "max_risk",
                        2,
                        "memory",
                        List.of(-1)))
                .json()
                .path("violations"))
        .hasSize(6);
    assertThat(
            client
                .post("/ai/rightsizing", Map.of("instance_type", "x9.vast", "cpu", List.of(1)))
                .status())
        .isEqualTo(422);
  }

  /** The own hours are a data set, and what learns peaks learns from them. */
  @Test
  void hoursAreADataSetThatPeaksAreLearntFrom() {
    JsonNode set =
        client
            .post(
                "/lab/datasets/snapshot",
                Map.of("name", "hours", "source", "metrics", "metric", "cpu_hour"))
            .ok();
    assertThat(set.path("series").asInt()).isEqualTo(2);
    assertThat(set.path("frequency").asText()).isEqualTo("hourly");
    assertThat(set.at("/profile/0/start").asText()).isEqualTo("2026-10-09T10:00:00.000Z");
    ApiClient.Answer training =
        client.post(
            "/lab/trainings",
            Map.of("data_set", set.path("id").asText(), "problem", "rightsizing"));
    assertThat(training.status()).as(training.text()).isEqualTo(202);
    assertThat(training.json().path("params").path("problem").asText()).isEqualTo("rightsizing");
    assertThat(
            client
                .post("/lab/datasets/snapshot", Map.of("name", "x", "metric", "cpu_hour"))
                .status())
        .isEqualTo(422);
    assertThat(
            client
                .post(
                    "/lab/datasets/snapshot",
                    Map.of("name", "x", "source", "metrics", "metric", "none"))
                .status())
        .isEqualTo(422);
  }

  /** A finding says the type, so that a plan of it needs nothing more. */
  @Test
  void aFindingBecomesAPlanWithTheTypeThatItRecommends() {
    FindingId id = new FindingId("fnd_roomy0000");
    platform
        .platform
        .store()
        .write(t ->
            t.put(
                Tables.FINDINGS,
                new Finding(
                    id,
                    account.organization(),
                    account.id(),
                    SCAN,
                    "oversized_instance",
                    "ec2_instance",
                    "eu-west-1",
                    "i-roomy",
                    null,
                    Finding.State.OPEN,
                    Money.usd(156.22),
                    Finding.Confidence.HIGH,
                    Map.of("recommended_type", Fact.of("m5.xlarge")),
                    "2026-11",
                    1,
                    SCANNED,
                    SCANNED,
                    null,
                    null,
                    null,
                    null)));
    JsonNode step =
        client
            .post("/governance/changes", Map.of("findings", List.of(id.value())))
            .ok()
            .at("/steps/0");
    assertThat(step.path("action").asText()).isEqualTo("resize_instance");
    assertThat(step.at("/parameters/instance_type").asText()).isEqualTo("m5.xlarge");
    assertThat(step.path("saving").asDouble()).isEqualTo(156.22);
  }
}
