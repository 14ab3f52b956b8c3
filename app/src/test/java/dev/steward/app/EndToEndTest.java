package dev.steward.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.estate.Kind;
import dev.steward.estate.PriceBook;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.testing.ApiClient;
import dev.steward.testing.AwsCall;
import dev.steward.testing.Customer;
import dev.steward.testing.Emulator;
import dev.steward.testing.Estate;
import dev.steward.testing.Fault;
import dev.steward.testing.FaultProxy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;

/**
 * One platform with its own durable Temporal, before an emulated AWS. Each test has a customer of
 * its own.
 */
@SuppressWarnings("NullAway.Init")
final class EndToEndTest {
  private static Emulator emulator;
  private static FaultProxy proxy;
  private static PlatformProcess platform;
  private static ApiClient user;

  @BeforeAll
  static void start() {
    // Those of the estate, and one with nothing in it.
    emulator = Emulator.start("us-east-1", "eu-west-1", "eu-central-1", "ap-south-1");
    proxy = FaultProxy.before(emulator.endpoint());
    platform =
        new PlatformProcess(
                proxy.endpoint(),
                Map.of("auth-self-registration", "true", "aws-requests-per-second", "200"))
            .start();
    user = platform.user();
  }

  @AfterAll
  static void stop() {
    platform.close();
    proxy.close();
    emulator.close();
  }

  @AfterEach
  void heal() {
    proxy.healAll();
  }

  @Test
  void findsExactlyTheWasteOfAnEstate() throws Exception {
    try (Customer customer = emulator.customer()) {
      Estate estate = Estate.build(customer, Instant.now(), 1, () -> {});
      String account = Connecting.connect(user, customer);
      JsonNode discovery = PlatformProcess.awaitDiscovery(user, account);
      assertThat(discovery.path("status").asText()).isEqualTo("completed");
      assertThat(discovery.at("/coverage/gaps").asInt()).isZero();
      assertThat(discovery.path("resources").asInt()).isGreaterThanOrEqualTo(estate.resources());
      JsonNode scan = PlatformProcess.awaitScan(user, account);
      assertThat(scan.path("status").asText()).isEqualTo("completed");
      assertThat(Connecting.found(user, account)).isEqualTo(new TreeSet<>(estate.waste()));
      int unknown = 0;
      for (JsonNode check : scan.path("checks")) unknown += check.path("unknown").asInt();
      assertThat(unknown).isEqualTo(estate.unknown().size());
      JsonNode finding =
          user.get("/waste/findings?kind=idle_instance&region=eu-central-1&account=" + account)
              .ok()
              .at("/items/0");
      // Its hours there, 0.23 each, and the address that AWS gave it.
      assertThat(finding.path("saving").asDouble()).isEqualTo(171.55);
      assertThat(finding.path("evidence").path("priced_by").asText())
          .startsWith(
              "price book "
                  + PriceBook.current().version()
                  + ": ec2-linux-hour m5.xlarge eu-central-1 0.23 ");
      // Of fourteen days the last is not over.
      assertThat(finding.path("evidence").path("datapoints").isInt()).isTrue();
      assertThat(finding.path("evidence").path("datapoints").asInt()).isEqualTo(13);
      assertThat(finding.path("price_book").asText()).isEqualTo(PriceBook.current().version());
    }
  }

  @Test
  void saysThatAnAccountIsRefusedEverywhereAndThatItAnswersAgain() throws Exception {
    try (Customer customer = emulator.customer()) {
      String account = Connecting.connect(user, customer);
      PlatformProcess.awaitDiscovery(user, account);
      String path = "/client/accounts/" + account;
      assertThat(user.get(path).ok().at("/account/status").asText()).isEqualTo("connected");
      proxy.when(call -> call.accessKey().startsWith("ASIA"), new Fault.Deny());
      Connecting.discoverAgain(user, account);
      assertThat(user.get(path).ok().at("/account/status").asText()).isEqualTo("failed");
      proxy.healAll();
      Connecting.discoverAgain(user, account);
      assertThat(user.get(path).ok().at("/account/status").asText()).isEqualTo("connected");
    }
  }

  @Test
  void doesNotConnectARoleThatAnybodyCanAssume() throws Exception {
    try (Customer customer = emulator.customer()) {
      String open =
          customer.role(
              "open",
              "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\",\"Principal\":{\"AWS\":\"arn:aws:iam::123456789012:root\"}}]}");
      JsonNode verified = Connecting.verify(user, Connecting.begin(user), open);
      assertThat(verified.path("status").asText()).isEqualTo("failed");
      assertThat(verified.path("account").isNull()).isTrue();
      assertThat(verified.path("reason").asText())
          .contains("without any External ID", "sts:ExternalId");
      assertThat(user.get("/client/accounts/" + customer.account()).status()).isEqualTo(404);
    }
  }

  @Test
  void doesNotConnectARoleThatDoesNotExistAndTriesAgainWhenItDoes() throws Exception {
    try (Customer customer = emulator.customer()) {
      String onboarding = Connecting.begin(user);
      JsonNode failed =
          Connecting.verify(
              user, onboarding, "arn:aws:iam::" + customer.account() + ":role/nothing");
      assertThat(failed.path("status").asText()).isEqualTo("failed");
      assertThat(failed.path("reason").asText()).contains("AccessDenied").contains("template");
      JsonNode connected =
          Connecting.verify(user, onboarding, Connecting.deploy(user, onboarding, customer));
      assertThat(connected.path("status").asText()).isEqualTo("connected");
    }
  }

  @Test
  void connectsByAccessKeysAndKeepsThemToItself() throws Exception {
    try (Customer customer = emulator.customer()) {
      Map.Entry<String, String> keys = customer.accessKeys("steward");
      JsonNode connected =
          user.post(
                  "/onboarding/connect/credentials",
                  Map.of(
                      "access_key",
                      keys.getKey(),
                      "secret_key",
                      keys.getValue(),
                      "name",
                      "by keys"))
              .ok();
      JsonNode verified =
          PlatformProcess.await(
              user,
              "/onboarding/" + connected.path("id").asText(),
              o -> o.path("account").isTextual());
      assertThat(verified.path("connection_method").asText()).isEqualTo("access_keys");
      assertThat(verified.toString()).doesNotContain(keys.getValue());
      String account = verified.path("account").asText();
      assertThat(PlatformProcess.awaitDiscovery(user, account).path("status").asText())
          .isEqualTo("completed");
      JsonNode gone = user.delete("/client/accounts/" + account).ok();
      assertThat(gone.at("/deleted/secrets").asInt()).isEqualTo(1);
      assertThat(everythingOnDisk()).doesNotContain(keys.getValue());
    }
  }

  @Test
  void refusesAccessKeysThatAwsDoesNotKnow() {
    ApiClient.Answer answer =
        user.post(
            "/onboarding/connect/credentials",
            Map.of(
                "access_key_id",
                "AKIAUNKNOWNUNKNOWN12",
                "secret_access_key",
                "neverneverneverneverneverneverneverlandX"));
    assertThat(answer.status()).as(answer.text()).isEqualTo(422);
    assertThat(answer.json().path("type").asText())
        .isEqualTo("urn:steward:problem:credentials-refused");
    assertThat(answer.text()).doesNotContain("neverland");
  }

  /** Data files, logs, Temporal's database: whatever a thief of the disk would read. */
  private static String everythingOnDisk() throws IOException {
    StringBuilder all = new StringBuilder();
    try (var files = Files.walk(platform.folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList())
        all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
    }
    return all.toString();
  }

  @Test
  void keepsWhatWorkflowsSayFromWhoeverReadsTemporalsDatabase() throws Exception {
    try (Customer customer = emulator.customer()) {
      String account = Connecting.connect(user, customer);
      PlatformProcess.awaitDiscovery(user, account);
      StringBuilder database = new StringBuilder();
      try (var files = Files.list(platform.folder.resolve("data/temporal"))) {
        for (Path file :
            files.filter(f -> f.getFileName().toString().startsWith("temporal.db")).toList())
          database.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
      assertThat(database)
          .contains("binary/encrypted")
          .doesNotContain("refuses_wrong_external_id", "\"enabled_regions\"");
    }
  }

  @Test
  void letsOneOfTwentyOrganizationsHaveAnAccount() throws Exception {
    try (Customer customer = emulator.customer();
        ExecutorService threads = Executors.newFixedThreadPool(20)) {
      List<Callable<ApiClient.Answer>> tries = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        JsonNode made =
            platform
                .anybody()
                .post(
                    "/api/auth/register",
                    Map.of(
                        "organization",
                        "org " + i,
                        "username",
                        "racer" + i,
                        "password",
                        "a long enough password"))
                .ok();
        ApiClient racer = platform.anybody().withToken(made.path("access_token").asText());
        String onboarding = Connecting.begin(racer);
        String arn = Connecting.deploy(racer, onboarding, customer);
        tries.add(() ->
            racer.send(
                "POST",
                "/onboarding/" + onboarding + "/verify",
                "{\"role_arn\":\"" + arn + "\"}",
                Map.of("Content-Type", "application/json", "Prefer", "wait=60")));
      }
      List<Integer> statuses = new ArrayList<>();
      for (var answer : threads.invokeAll(tries)) statuses.add(answer.get().status());
      assertThat(statuses.stream().filter(s -> s == 200)).hasSize(1);
      assertThat(statuses.stream().filter(s -> s == 409)).hasSize(19);
    }
  }

  @Test
  void showsADeniedRegionAsDeniedAndNotAsEmpty() throws Exception {
    try (Customer customer = emulator.customer()) {
      Ec2Client ec2 = customer.client("eu-west-1", Ec2Client.class, Ec2Client::builder);
      customer.at(Instant.now().minus(Duration.ofDays(50)));
      ec2.createVolume(r -> r.size(100).volumeType("gp3").availabilityZone("eu-west-1a"));
      customer.at(null);
      String account = Connecting.connect(user, customer);
      PlatformProcess.awaitDiscovery(user, account);
      PlatformProcess.awaitScan(user, account);
      assertThat(Connecting.found(user, account)).hasSize(1);

      proxy.when(call -> call.region().equals("eu-west-1"), new Fault.Deny());
      user.post("/onboarding/" + account + "/rediscover", null).ok();
      JsonNode discovery =
          PlatformProcess.await(
              user,
              "/onboarding/" + account + "/discovery",
              d -> d.path("status").asText().equals("partial"));
      assertThat(discovery.at("/coverage/denied").asLong())
          .isEqualTo(
              Catalogue.KINDS.stream().filter(k -> k.scope() == Kind.Scope.REGIONAL).count());
      PlatformProcess.await(
          user,
          "/waste/scans?account=" + account,
          s -> s.path("items").size() == 2 && s.at("/items/0/finished_at").isTextual());
      // Nobody could look, so what was found there before is still open.
      assertThat(Connecting.found(user, account)).hasSize(1);
      assertThat(user.get("/client/dashboard").ok().path("coverage_gaps").toString())
          .contains("eu-west-1");

      proxy.healAll();
      ec2.describeVolumes().volumes().forEach(v -> ec2.deleteVolume(r -> r.volumeId(v.volumeId())));
      user.post("/onboarding/" + account + "/rediscover", null).ok();
      PlatformProcess.await(
          user,
          "/waste/scans?account=" + account,
          s -> s.path("items").size() == 3 && s.at("/items/0/finished_at").isTextual());
      assertThat(Connecting.found(user, account)).isEmpty();
      assertThat(user.get("/waste/findings?state=resolved&account=" + account).ok().path("items"))
          .hasSize(1);
    }
  }

  @Test
  void getsThroughThrottlingServerErrorsAndBrokenAnswers() throws Exception {
    try (Customer customer = emulator.customer()) {
      AtomicInteger seen = new AtomicInteger();
      AtomicInteger throttled = new AtomicInteger();
      proxy.when(call -> is(call, "rds") && throttled.incrementAndGet() <= 5, new Fault.Throttle());
      proxy.when(
          call -> is(call, "logs") && seen.incrementAndGet() % 2 == 0, new Fault.ServerError());
      proxy.when(
          call -> is(call, "dynamodb") && seen.incrementAndGet() % 2 == 0, new Fault.HalfBody());
      proxy.when(
          call -> is(call, "elasticloadbalancing") && seen.incrementAndGet() % 2 == 0,
          new Fault.Close());
      proxy.when(call -> is(call, "lambda"), new Fault.Delay(Duration.ofMillis(50)));
      String account = Connecting.connect(user, customer);
      JsonNode discovery = PlatformProcess.awaitDiscovery(user, account);
      assertThat(discovery.path("status").asText()).isEqualTo("completed");
      assertThat(discovery.at("/coverage/gaps").asInt()).isZero();
    }
  }

  private static boolean is(AwsCall call, String service) {
    return call.service().equals(service) && !call.region().equals("us-east-1");
  }

  @Test
  void schedulesComeAndGoWithTheAccount() throws Exception {
    try (Customer customer = emulator.customer();
        TemporalLink temporal =
            new TemporalLink(platform.temporalAddress(), "default", false, "", platform.codec())) {
      String account = Connecting.connect(user, customer);
      Connecting.awaitSchedules(temporal, account, 3);
      PlatformProcess.awaitScan(user, account);
      user.delete("/client/accounts/" + account).ok();
      Connecting.awaitSchedules(temporal, account, 0);
    }
  }

  @Test
  void opensANewSessionWhenTheOldOneHasExpired() throws Exception {
    try (Customer customer = emulator.customer()) {
      String account = Connecting.connect(user, customer);
      PlatformProcess.awaitDiscovery(user, account);
      PlatformProcess.awaitScan(user, account);
      emulator.expireSessions();
      user.post("/onboarding/" + account + "/rediscover", null).ok();
      JsonNode discovery =
          PlatformProcess.await(
              user,
              "/onboarding/" + account + "/discovery",
              d -> !d.path("finished_at").isNull() && d.path("progress").asInt() == 100);
      assertThat(discovery.path("status").asText()).isEqualTo("completed");
    }
  }
}
