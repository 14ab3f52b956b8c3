package dev.steward.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.model.Coverage;
import dev.steward.model.Listing;
import dev.steward.storage.Archive;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.testing.ApiClient;
import dev.steward.testing.AwsCall;
import dev.steward.testing.Customer;
import dev.steward.testing.Emulator;
import dev.steward.testing.Fault;
import dev.steward.testing.FaultProxy;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** Processes die in the middle of the work, and the work goes on. */
@SuppressWarnings("NullAway.Init")
final class DurabilityTest {
  private static final Map<String, String> KINDS =
      Map.of(
          "DescribeVolumes",
          "ebs_volume",
          "DescribeSnapshots",
          "ebs_snapshot",
          "DescribeInstances",
          "ec2_instance",
          "DescribeNetworkInterfaces",
          "network_interface");

  private Emulator emulator;
  private FaultProxy proxy;

  @BeforeEach
  void start() {
    emulator = Emulator.start("us-east-1", "eu-west-1");
    proxy = FaultProxy.before(emulator.endpoint());
  }

  @AfterEach
  void stop() {
    proxy.close();
    emulator.close();
  }

  /** Thirty volumes and snapshots in each of two regions: a dozen pages of five. */
  private Customer customerWithManyPages() {
    Customer customer = emulator.customer();
    for (String region : List.of("us-east-1", "eu-west-1")) {
      Ec2Client ec2 = customer.client(region, Ec2Client.class, Ec2Client::builder);
      for (int i = 0; i < 30; i++) {
        String volume = ec2.createVolume(r -> r.size(10).availabilityZone(region + "a")).volumeId();
        ec2.createSnapshot(r -> r.volumeId(volume));
      }
    }
    return customer;
  }

  @Test
  void resumesADiscoveryWhereTheKilledPlatformLeftIt() throws Exception {
    try (Customer customer = customerWithManyPages();
        PlatformProcess platform =
            new PlatformProcess(proxy.endpoint(), Map.of("aws-page-size", "5")).start()) {
      proxy.when(call -> !call.page().isEmpty(), new Fault.Delay(Duration.ofMillis(300)));
      String account = Connecting.connect(platform.user(), customer);
      awaitPages(5);
      platform.kill();
      Map<String, Listing> left = listings(platform.folder.resolve("data"));
      assertThat(left.values()).anyMatch(l -> l.coverage() == Coverage.ASKED && l.pages() > 0);
      proxy.forgetCalls();

      platform.start();
      JsonNode discovery = PlatformProcess.awaitDiscovery(platform.user(), account);
      assertThat(discovery.path("status").asText()).isEqualTo("completed");
      assertThat(discovery.at("/resources_by_kind/ebs_volume").asInt()).isEqualTo(60);
      assertThat(discovery.at("/resources_by_kind/ebs_snapshot").asInt()).isEqualTo(60);
      assertNoStoredPageWasAskedAgain(left);
    }
  }

  private void awaitPages(int wanted) {
    for (int i = 0; i < 1_200; i++) {
      if (proxy.calls().stream()
              .filter(c -> !c.page().isEmpty() && KINDS.containsKey(c.action()))
              .count()
          >= wanted) return;
      PlatformProcess.pause();
    }
    throw new IllegalStateException("the discovery did not get to " + wanted + " pages");
  }

  /** What the killed process had made durable, read from a copy of its folder. */
  private static Map<String, Listing> listings(Path data) throws IOException {
    Path copy = Files.createTempDirectory("steward-copy");
    try (var files = Files.walk(data.resolve("state"))) {
      for (Path file : files.toList()) {
        Path target = copy.resolve(data.relativize(file).toString());
        if (Files.isDirectory(file)) Files.createDirectories(target);
        else Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    try (Store store = Store.open(copy)) {
      return store.state().rows(Tables.LISTINGS).stream()
          .collect(Collectors.toMap(l -> l.region() + "/" + l.kind(), l -> l));
    }
  }

  private void assertNoStoredPageWasAskedAgain(Map<String, Listing> left) {
    Map<String, String> firstAsked = new HashMap<>();
    for (AwsCall call : proxy.calls()) {
      String kind = KINDS.get(call.action());
      // Verification asks in the home region too, so that one is left out.
      if (kind != null && !call.region().equals("us-east-1"))
        firstAsked.putIfAbsent(call.region() + "/" + kind, call.page());
    }
    Set<String> resumed = Set.copyOf(firstAsked.keySet());
    for (String place : resumed) {
      Listing listing = java.util.Objects.requireNonNull(left.get(place), place);
      assertThat(listing.coverage())
          .as(place + " was answered before the kill")
          .isEqualTo(Coverage.ASKED);
      assertThat(firstAsked.get(place))
          .as(place)
          .isEqualTo(listing.next() == null ? "" : listing.next());
    }
  }

  @Test
  void goesOnWhenTemporalIsKilledInTheMiddle() throws Exception {
    try (Customer customer = customerWithManyPages();
        PlatformProcess platform =
            new PlatformProcess(proxy.endpoint(), Map.of("aws-page-size", "5")).start()) {
      ApiClient user = platform.user();
      proxy.when(call -> !call.page().isEmpty(), new Fault.Delay(Duration.ofMillis(300)));
      String account = Connecting.connect(user, customer);
      awaitPages(5);
      long before = platform.temporal().pid();
      platform.killTemporal();
      assertThat(user.get("/client/accounts").status()).isEqualTo(200);
      JsonNode discovery = PlatformProcess.awaitDiscovery(user, account);
      assertThat(discovery.path("status").asText()).isEqualTo("completed");
      assertThat(discovery.at("/resources_by_kind/ebs_volume").asInt()).isEqualTo(60);
      assertThat(platform.temporal().pid()).isNotEqualTo(before);
    }
  }

  @Test
  void takesOverTheTemporalThatAKilledPlatformLeftBehind() {
    try (PlatformProcess platform = new PlatformProcess(proxy.endpoint()).start()) {
      long server = platform.temporal().pid();
      platform.kill();
      assertThat(ProcessHandle.of(server).map(ProcessHandle::isAlive)).contains(true);
      platform.start();
      assertThat(platform.temporal().pid()).isEqualTo(server);
    }
  }

  @Test
  void keepsEveryAcknowledgedWriteOverAKill() {
    try (PlatformProcess platform = new PlatformProcess(proxy.endpoint()).start()) {
      ApiClient user = platform.user();
      for (int round = 0; round < 3; round++) {
        String id = Connecting.begin(user);
        platform.kill();
        platform.start();
        // The token was issued before the kill, and holds.
        assertThat(user.get("/onboarding/" + id).status()).isEqualTo(200);
      }
      assertThat(user.post("/api/auth/logout", null).status()).isEqualTo(204);
      platform.kill();
      platform.start();
      assertThat(user.get("/api/auth/verify").status()).isEqualTo(401);
    }
  }

  @Test
  void acceptsWorkWhileTemporalIsDownAndDoesItLater() throws Exception {
    int port = Emulator.freePort();
    try (Customer customer = emulator.customer();
        PlatformProcess platform =
            new PlatformProcess(proxy.endpoint(), Map.of("temporal-address", "127.0.0.1:" + port))
                .start()) {
      ApiClient user = platform.user();
      String onboarding = Connecting.begin(user);
      String arn = Connecting.deploy(user, onboarding, customer);
      ApiClient.Answer accepted =
          user.send(
              "POST",
              "/onboarding/" + onboarding + "/verify",
              "{\"role_arn\":\"" + arn + "\"}",
              Map.of("Content-Type", "application/json", "Prefer", "wait=1"));
      assertThat(accepted.status()).isEqualTo(202);
      assertThat(accepted.json().path("status").asText()).isEqualTo("verifying");
      platform.kill();
      platform.start();
      Process temporal = temporal(port, platform.folder);
      try {
        JsonNode verified =
            PlatformProcess.await(
                user,
                "/onboarding/" + onboarding,
                o -> o.path("status").asText().equals("connected"));
        assertThat(
                PlatformProcess.awaitDiscovery(user, verified.path("account").asText())
                    .path("status")
                    .asText())
            .isEqualTo("completed");
      } finally {
        temporal.destroyForcibly();
      }
    }
  }

  private static Process temporal(int port, Path folder) throws IOException {
    return new ProcessBuilder(
            Launch.TEMPORAL,
            "server",
            "start-dev",
            "--ip",
            "127.0.0.1",
            "--headless",
            "--log-level",
            "error",
            "--port",
            Integer.toString(port),
            "--db-filename",
            folder.resolve("other.db").toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  @Test
  void saysWhatIsInTheWayAndEndsInsteadOfHanging() throws Exception {
    try (PlatformProcess first = new PlatformProcess(proxy.endpoint()).start();
        PlatformProcess locked =
            new PlatformProcess(
                proxy.endpoint(), Map.of("data-folder", first.folder.resolve("data").toString()));
        PlatformProcess port =
            new PlatformProcess(
                proxy.endpoint(), Map.of("http-port", Integer.toString(portOf(first))));
        PlatformProcess broken =
            new PlatformProcess(
                proxy.endpoint(), Map.of("log-level", "loud", "temporal-tls", "perhaps"))) {
      assertThat(ends(locked)).isEqualTo(1);
      assertThat(locked.output()).contains("in use by process");
      assertThat(ends(port)).isEqualTo(1);
      assertThat(port.output()).contains("is in use; choose another with --http-port");
      assertThat(ends(broken)).isEqualTo(2);
      assertThat(broken.output()).contains("log.level", "temporal.tls");
    }
  }

  @Test
  void saysLoudlyWhenWorkflowsAreNotDurable() {
    try (PlatformProcess platform =
        new PlatformProcess(proxy.endpoint(), Map.of("temporal-in-memory", "true")).start()) {
      assertThat(platform.output()).contains("NON-DURABLE");
      for (String path : List.of("/admin/health", "/admin/health/store")) {
        JsonNode health = platform.anybody().as("admin", "admin").get(path).ok();
        assertThat(health.path("durable").asBoolean()).isFalse();
        assertThat(health.path("durability").asText()).startsWith("NON-DURABLE");
      }
    }
  }

  @Test
  void backsUpWhileItRunsAndRestoresElsewhere() throws Exception {
    try (PlatformProcess platform = new PlatformProcess(proxy.endpoint()).start()) {
      String id = Connecting.begin(platform.user());
      ApiClient.Answer answer = platform.admin().send("POST", "/backup", "one.zip", Map.of());
      assertThat(answer.status()).isEqualTo(200);
      Path archive = Path.of(answer.json().path("file").asText());
      Connecting.begin(platform.user());
      Path restored = platform.folder.resolve("restored");
      Archive.restore(archive, restored, false);
      try (Store store = Store.open(restored)) {
        assertThat(store.state().rows(Tables.ONBOARDINGS).stream().map(o -> o.id().value()))
            .containsExactly(id);
      }
      assertThatThrownBy(() -> Archive.restore(archive, restored, false))
          .hasMessageContaining("not empty");
    }
  }

  @Test
  void refusesToStartWithoutTheKeyOfItsData() throws Exception {
    try (PlatformProcess platform = new PlatformProcess(proxy.endpoint()).start()) {
      platform.temporal().destroyForcibly();
      platform.kill();
      Files.delete(platform.folder.resolve("data/master.key"));
      assertThat(ends(platform)).isEqualTo(1);
      assertThat(platform.output()).contains("master.key is missing");
    }
  }

  private static int portOf(PlatformProcess platform) {
    String output = platform.output();
    String url =
        output.lines().filter(l -> l.startsWith("API")).findFirst().orElseThrow().split("\\s+")[1];
    int port = URI.create(url).getPort();
    try (Socket socket = new Socket("127.0.0.1", port)) {
      return socket.getPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int ends(PlatformProcess platform) throws InterruptedException {
    Process process = platform.launch();
    assertThat(process.waitFor(10, java.util.concurrent.TimeUnit.MINUTES)).isTrue();
    return process.exitValue();
  }
}
