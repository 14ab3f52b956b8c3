package dev.steward.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.testing.ApiClient;
import dev.steward.testing.Customer;
import dev.steward.testing.Emulator;
import dev.steward.testing.Fault;
import dev.steward.testing.FaultProxy;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleListDescription;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.Volume;

/** The store is what is true: whatever it calls under way goes on, whatever Temporal remembers. */
@SuppressWarnings("NullAway.Init")
final class LostTemporalTest {
  private Emulator emulator;
  private FaultProxy proxy;
  private Customer customer;
  private PlatformProcess platform;
  private Ec2Client ec2;

  @BeforeEach
  void start() {
    emulator = Emulator.start("us-east-1");
    proxy = FaultProxy.before(emulator.endpoint());
    customer = emulator.customer();
    ec2 = customer.client("us-east-1", Ec2Client.class, Ec2Client::builder);
    platform =
        new PlatformProcess(proxy.endpoint(), Map.of("aws-requests-per-second", "500")).start();
  }

  @AfterEach
  void stop() throws Exception {
    platform.close();
    customer.close();
    proxy.close();
    emulator.close();
  }

  private String connected(ApiClient client) {
    String account = Connecting.connect(client, customer, List.of("read", "act"));
    client.patch("/client/accounts/" + account, Map.of("regions", List.of("us-east-1"))).ok();
    PlatformProcess.awaitDiscovery(client, account);
    return account;
  }

  /** Work that is asked for right after the last has ended must not join what is just ending. */
  @Test
  void workAskedForRightAfterTheLastIsCarriedOut() {
    ApiClient client = platform.anybody().as("client", "client");
    String account = connected(client);
    awaitNoneRuns(client, account);
    for (int round = 0; round < 15; round++) {
      String scan =
          client.post("/waste/scans", Map.of("account", account)).json().at("/id").asText();
      awaitAtOnce(client, "/waste/scans/" + scan);
    }
    for (int round = 0; round < 10; round++) {
      String discovery =
          client.post("/onboarding/" + account + "/rediscover", null).json().at("/id").asText();
      for (JsonNode d = discovery(client, account); ; d = discovery(client, account)) {
        assertThat(d.path("id").asText()).isEqualTo(discovery);
        if (!d.path("finished_at").isNull()) break;
        PlatformProcess.pause();
      }
      // A scan follows by itself, and is not what is tried here.
    }
  }

  private static JsonNode discovery(ApiClient client, String account) {
    return client.get("/onboarding/" + account + "/discovery").ok();
  }

  /** Without the pause that other tests make: the moment after the end is what matters. */
  private static void awaitAtOnce(ApiClient client, String path) {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (System.nanoTime() < end) if (!client.get(path).ok().path("finished_at").isNull()) return;
    throw new IllegalStateException(path + " did not end: " + client.get(path).text());
  }

  private static void awaitNoneRuns(ApiClient client, String account) {
    PlatformProcess.await(
        client,
        "/waste/scans?limit=1&account=" + account,
        s -> s.at("/items/0/finished_at").isTextual() || s.path("items").isEmpty());
  }

  @Test
  void everythingGoesOnAfterTheDatabaseIsLostWhileItRuns() throws IOException {
    whatIsUnderWayGoesOn(() -> {
      ProcessHandle before = platform.temporal();
      deleteDatabase();
      platform.killTemporal();
      // It is another server: the health of the one before says nothing.
      for (int i = 0; i < 1_200 && platform.temporal().pid() == before.pid(); i++)
        PlatformProcess.pause();
    });
  }

  @Test
  void everythingGoesOnAfterTheDatabaseIsLostWhileItIsDown() throws IOException {
    whatIsUnderWayGoesOn(() -> {
      platform.kill();
      platform.killTemporal();
      deleteDatabase();
      platform.start();
    });
  }

  private interface Loss {
    void happens() throws IOException;
  }

  private void whatIsUnderWayGoesOn(Loss loss) throws IOException {
    ApiClient client = platform.anybody().as("client", "client");
    String volume = volume();
    String other = volume();
    String account = connected(client);
    Set<String> schedules = schedules();
    assertThat(schedules).hasSize(3).allMatch(s -> s.endsWith(account));
    JsonNode waiting = submitted(client, volume);
    JsonNode approved = submitted(client, other);
    ApiClient approver = platform.anybody().as("approver", "approver");
    approver
        .put(
            "/governance/kill-switch",
            Map.of("scope", "organization", "on", true, "reason", "a test"))
        .ok();
    Changing.approve(approver, approved);
    proxy.when(
        call -> call.accessKey().startsWith("ASIA"), new Fault.Delay(Duration.ofMillis(300)));
    String discovery =
        client.post("/onboarding/" + account + "/rediscover", null).json().at("/id").asText();

    loss.happens();
    awaitUp();
    assertThat(retentionDays()).isEqualTo(30);
    assertThat(schedules()).isEqualTo(schedules);
    assertThat(PlatformProcess.awaitDiscovery(client, account).path("id").asText())
        .isEqualTo(discovery);
    assertThat(PlatformProcess.awaitScan(client, account).path("status").asText())
        .isEqualTo("completed");
    approver
        .put(
            "/governance/kill-switch",
            Map.of("scope", "organization", "on", false, "reason", "a test"))
        .ok();
    Changing.approve(approver, waiting);
    for (JsonNode change : List.of(waiting, approved))
      assertThat(Changing.ended(client, change).path("status").asText()).isEqualTo("done");
    assertThat(ec2.describeVolumes().volumes()).isEmpty();
    // What is asked for now is started too: the search attributes are there.
    assertThat(client.delete("/client/accounts/" + account).status()).isLessThan(300);
    for (int i = 0; i < 1_200 && !schedules().isEmpty(); i++) PlatformProcess.pause();
    assertThat(schedules()).isEmpty();
  }

  /** A step that was cut off looks at what is there before it acts. */
  @Test
  void effectsAreExactlyOnceWhenTheDatabaseIsLostInTheMiddle() throws Exception {
    Random random = new Random(11);
    ApiClient client = platform.anybody().as("client", "client");
    ApiClient approver = platform.anybody().as("approver", "approver");
    List<String> volumes = new ArrayList<>();
    for (int i = 0; i < 8; i++) volumes.add(volume());
    connected(client);
    List<JsonNode> changes = new ArrayList<>();
    for (String volume : volumes) changes.add(submitted(client, volume));
    proxy.when(
        call -> call.accessKey().startsWith("ASIA"), new Fault.Delay(Duration.ofMillis(150)));
    for (int round = 0; round < volumes.size(); round++) {
      Changing.approve(approver, changes.get(round));
      // Anywhere in the step, which takes a second or two.
      TimeUnit.MILLISECONDS.sleep(random.nextInt(2_500));
      if (round % 2 == 1) platform.kill();
      deleteDatabase();
      platform.killTemporal();
      if (round % 2 == 1) {
        deleteDatabase();
        platform.start();
      }
    }
    Map<String, Integer> statuses = new HashMap<>();
    for (JsonNode change : changes)
      statuses.merge(Changing.ended(client, change).path("status").asText(), 1, Integer::sum);
    assertThat(statuses).containsExactly(Map.entry("done", volumes.size()));
    assertThat(ec2.describeVolumes().volumes()).isEmpty();
    assertThat(
            ec2.describeSnapshots(r -> r.ownerIds("self")).snapshots().stream()
                .map(Snapshot::volumeId)
                .sorted())
        .containsExactlyElementsOf(volumes.stream().sorted().toList());
    assertThat(approver.get("/governance/audit/proof").ok().path("holds").asBoolean()).isTrue();
  }

  /** Whether a step was begun is known by the store, and not by how often Temporal has tried. */
  @Test
  void aStepThatWasBegunIsBroughtToAnEndByANewRun() throws Exception {
    ApiClient client = platform.anybody().as("client", "client");
    ApiClient approver = platform.anybody().as("approver", "approver");
    String unwanted = volume();
    String wanted = volume();
    String account = connected(client);
    List<JsonNode> changes = List.of(submitted(client, unwanted), submitted(client, wanted));
    proxy.when(call -> call.action().equals("DeleteVolume"), new Fault.ServerError());
    for (JsonNode change : changes) Changing.approve(approver, change);
    for (int i = 0; i < 1_200 && !allTriedToDelete(); i++) PlatformProcess.pause();
    client
        .post(
            "/governance/exemptions",
            Map.of(
                "account",
                account,
                "resource",
                wanted,
                "reason",
                "it is wanted after all",
                "until",
                Instant.now().plus(Duration.ofDays(30)).toString()))
        .ok();
    platform.kill();
    platform.killTemporal();
    deleteDatabase();
    proxy.healAll();
    platform.start();
    assertThat(Changing.ended(client, changes.getFirst()).path("status").asText())
        .isEqualTo("done");
    // What was begun is not left lying about, where it came to be wanted meanwhile.
    JsonNode back = Changing.ended(client, changes.getLast());
    assertThat(back.path("status").asText()).isEqualTo("failed");
    assertThat(back.toString()).contains("it is exempt until", "was put back");
    assertThat(ec2.describeVolumes().volumes())
        .extracting(Volume::volumeId)
        .containsExactly(wanted);
    assertThat(ec2.describeSnapshots(r -> r.ownerIds("self")).snapshots())
        .extracting(Snapshot::volumeId)
        .containsExactly(unwanted);
    assertThat(proxy.calls().stream().filter(c -> c.action().equals("CreateSnapshot")).count())
        .isEqualTo(2);
  }

  private boolean allTriedToDelete() {
    return proxy.calls().stream().filter(c -> c.action().equals("DeleteVolume")).count() >= 2
        && ec2.describeSnapshots(r -> r.ownerIds("self")).snapshots().size() == 2;
  }

  private String volume() {
    return ec2.createVolume(r -> r.size(10).volumeType("gp3").availabilityZone("us-east-1a"))
        .volumeId();
  }

  private static JsonNode submitted(ApiClient client, String volume) {
    return Changing.submitted(
        client, Changing.step("ebs_volume", volume, "snapshot_and_delete_volume"));
  }

  private void deleteDatabase() throws IOException {
    try (var files = Files.list(platform.folder.resolve("data/temporal"))) {
      for (Path file : files.filter(f -> f.toString().contains("temporal.db")).toList())
        Files.deleteIfExists(file);
    }
  }

  private void awaitUp() {
    JsonNode health =
        PlatformProcess.await(
            platform.admin(),
            "/health",
            h -> h.at("/components/temporal/status").asText().equals("up"));
    assertThat(health.at("/components/temporal/detail/prepared").asBoolean()).isTrue();
  }

  private Set<String> schedules() {
    WorkflowServiceStubs stubs = stubs();
    try {
      return ScheduleClient.newInstance(stubs)
          .listSchedules()
          .map(ScheduleListDescription::getScheduleId)
          .collect(Collectors.toCollection(TreeSet::new));
    } finally {
      stubs.shutdownNow();
    }
  }

  private long retentionDays() {
    WorkflowServiceStubs stubs = stubs();
    try {
      return Duration.ofSeconds(
              stubs
                  .blockingStub()
                  .describeNamespace(
                      DescribeNamespaceRequest.newBuilder().setNamespace("default").build())
                  .getConfig()
                  .getWorkflowExecutionRetentionTtl()
                  .getSeconds())
          .toDays();
    } finally {
      stubs.shutdownNow();
    }
  }

  private WorkflowServiceStubs stubs() {
    return WorkflowServiceStubs.newServiceStubs(
        WorkflowServiceStubsOptions.newBuilder().setTarget(platform.temporalAddress()).build());
  }
}
