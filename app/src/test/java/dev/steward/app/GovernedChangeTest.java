package dev.steward.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import dev.steward.activities.notifications.Signature;
import dev.steward.model.Json;
import dev.steward.testing.ApiClient;
import dev.steward.testing.Customer;
import dev.steward.testing.Emulator;
import dev.steward.testing.FaultProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Tag;

/** Changes carried out by a platform with its own Temporal, in an emulated account. */
@SuppressWarnings("NullAway.Init")
final class GovernedChangeTest {
  private static Emulator emulator;
  private static FaultProxy proxy;
  private static GreenMail mail;
  private static HttpServer receiver;
  private static final List<Received> RECEIVED = new CopyOnWriteArrayList<>();
  private static final AtomicInteger REFUSE = new AtomicInteger();
  private static PlatformProcess platform;
  private static ApiClient client;
  private static ApiClient approver;

  /** What a web hook got. */
  private record Received(String path, String body, String timestamp, String signature) {}

  @BeforeAll
  static void start() throws IOException {
    emulator = Emulator.start("us-east-1");
    proxy = FaultProxy.before(emulator.endpoint());
    mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    mail.start();
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    receiver.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          boolean refuse = REFUSE.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
          if (!refuse)
            RECEIVED.add(
                new Received(
                    exchange.getRequestURI().getPath(),
                    body,
                    String.valueOf(exchange.getRequestHeaders().getFirst("X-Steward-Timestamp")),
                    String.valueOf(exchange.getRequestHeaders().getFirst("X-Steward-Signature"))));
          boolean gone = exchange.getRequestURI().getPath().startsWith("/gone");
          exchange.sendResponseHeaders(gone ? 410 : refuse ? 503 : 204, -1);
          exchange.close();
        });
    receiver.start();
    platform =
        new PlatformProcess(
                proxy.endpoint(),
                Map.of(
                    "notify-allow-private", "true",
                    "mail-host", "127.0.0.1",
                    "mail-port", Integer.toString(mail.getSmtp().getPort()),
                    "mail-starttls", "false",
                    "aws-requests-per-second", "500"))
            .start();
    client = platform.anybody().as("client", "client");
    approver = platform.anybody().as("approver", "approver");
  }

  @AfterAll
  static void stop() {
    platform.close();
    receiver.stop(0);
    mail.stop();
    proxy.close();
    emulator.close();
  }

  @AfterEach
  void heal() {
    proxy.healAll();
  }

  private static String hook(String path) {
    return "http://127.0.0.1:" + receiver.getAddress().getPort() + path;
  }

  /** An account with volumes that nobody uses, discovered. */
  private static List<String> volumes(Customer customer, int count) {
    Ec2Client ec2 = customer.client("us-east-1", Ec2Client.class, Ec2Client::builder);
    List<String> volumes = new ArrayList<>();
    for (int i = 0; i < count; i++)
      volumes.add(
          ec2.createVolume(r -> r.size(10).volumeType("gp2").availabilityZone("us-east-1a"))
              .volumeId());
    String account = Connecting.connect(client, customer, List.of("read", "act"));
    PlatformProcess.awaitDiscovery(client, account);
    return volumes;
  }

  private static JsonNode draft(Customer customer, String action, List<String> volumes) {
    return client
        .post(
            "/governance/changes",
            Map.of(
                "action",
                action,
                "resources",
                volumes.stream()
                    .map(v ->
                        Map.of(
                            "account",
                            customer.account(),
                            "kind",
                            "ebs_volume",
                            "region",
                            "us-east-1",
                            "id",
                            v))
                    .toList()))
        .ok();
  }

  private static JsonNode submit(JsonNode change) {
    return client.post("/governance/changes/" + change.path("id").asText() + "/submit", null).ok();
  }

  private static JsonNode await(JsonNode change, String status) {
    return PlatformProcess.await(
        client,
        "/governance/changes/" + change.path("id").asText(),
        c -> c.path("status").asText().equals(status));
  }

  @Test
  void runsExactlyWhatWasApprovedAndUndoesIt() throws Exception {
    try (Customer customer = emulator.customer()) {
      List<String> volumes = volumes(customer, 3);
      JsonNode change = submit(draft(customer, "snapshot_and_delete_volume", volumes));
      Ec2Client ec2 = customer.client("us-east-1", Ec2Client.class, Ec2Client::builder);
      ec2.createTags(
          r -> r.resources(volumes.get(1)).tags(Tag.builder().key("wanted").value("yes").build()));
      String approval = change.path("approval").asText();
      approver
          .post(
              "/approvals/" + approval + "/approve",
              Map.of("plan_hash", change.path("plan_hash").asText()))
          .ok();
      JsonNode done = await(change, "partly_done");
      assertThat(done.at("/steps/0/state").asText()).isEqualTo("done");
      assertThat(done.at("/steps/1/state").asText()).isEqualTo("skipped");
      assertThat(done.at("/steps/1/detail").asText()).contains("tag:wanted");
      assertThat(done.at("/steps/2/state").asText()).isEqualTo("done");
      assertThat(ec2.describeVolumes().volumes()).hasSize(1);
      assertThat(ec2.describeSnapshots(r -> r.ownerIds("self")).snapshots()).hasSize(2);
      client.post("/governance/changes/" + change.path("id").asText() + "/undo", null).ok();
      JsonNode undone = await(change, "undone");
      assertThat(undone.at("/steps/0/detail").asText()).startsWith("restored as vol-");
      assertThat(ec2.describeVolumes().volumes()).hasSize(3);
      assertThat(approver.get("/governance/audit/proof").ok().path("holds").asBoolean()).isTrue();
    }
  }

  @Test
  void tellsByWebHookMailAndSlackWhatIsAskedAndHowItEnded() throws Exception {
    try (Customer customer = emulator.customer()) {
      List<String> volumes = volumes(customer, 1);
      JsonNode hook =
          approver
              .post(
                  "/governance/notifications",
                  Map.of(
                      "channel",
                      "webhook",
                      "address",
                      hook("/hook"),
                      "topics",
                      List.of("request", "decision")))
              .ok();
      String secret = hook.path("signing_secret").asText();
      client
          .post(
              "/governance/notifications",
              Map.of("channel", "slack", "address", hook("/services/T0/B0/SLACKSECRET")))
          .ok();
      platform
          .anybody()
          .as("admin", "admin")
          .post(
              "/governance/notifications",
              Map.of("channel", "email", "group", "approver", "address", "approvers@example.com"))
          .ok();
      // The first two tries meet a receiver that is down.
      REFUSE.set(2);
      JsonNode change = submit(draft(customer, "volume_to_gp3", volumes));
      approver
          .post(
              "/approvals/" + change.path("approval").asText() + "/approve",
              Map.of("plan_hash", change.path("plan_hash").asText()))
          .ok();
      await(change, "done");
      awaitReceived("/hook", 2);
      awaitReceived("/services/T0/B0/SLACKSECRET", 2);
      assertThat(mail.waitForIncomingEmail(30_000, 2)).isTrue();
      assertThat(mail.getReceivedMessages()[0].getSubject()).contains("volume to gp3");
      for (Received got : RECEIVED) {
        if (!got.path().equals("/hook")) continue;
        assertThat(got.signature())
            .isEqualTo(
                Signature.of(secret.getBytes(StandardCharsets.UTF_8), got.timestamp(), got.body()));
        assertThat(Json.MAPPER.readTree(got.body()).path("subject").asText())
            .isEqualTo(change.path("approval").asText());
      }
      assertThat(
              client.get("/governance/notifications").ok().toString()
                  + client.get("/governance/notifications/deliveries").ok()
                  + platform.output())
          .doesNotContain("SLACKSECRET", secret);
      approver.delete("/governance/notifications/" + hook.path("id").asText());
    }
  }

  private static void awaitReceived(String path, int count) {
    for (int i = 0; i < 600; i++) {
      if (RECEIVED.stream().filter(r -> r.path().equals(path)).count() >= count) return;
      PlatformProcess.pause();
    }
    throw new IllegalStateException(path + " received " + RECEIVED);
  }

  @Test
  void keepsWhatNobodyTakesOnAListFromWhichItCanBeSentAgain() throws Exception {
    try (Customer customer = emulator.customer()) {
      List<String> volumes = volumes(customer, 1);
      JsonNode target =
          client
              .post(
                  "/governance/notifications",
                  Map.of(
                      "channel", "webhook", "address", hook("/gone"), "topics", List.of("result")))
              .ok();
      JsonNode change = submit(draft(customer, "volume_to_gp3", volumes));
      client.post("/governance/changes/" + change.path("id").asText() + "/cancel", null).ok();
      JsonNode dead =
          PlatformProcess.await(
                  client,
                  "/governance/notifications/deliveries?status=dead",
                  d -> d.path("items").size() == 1)
              .at("/items/0");
      assertThat(dead.path("error").asText()).isEqualTo("answered 410");
      String retry = "/governance/notifications/deliveries/" + dead.path("id").asText() + "/retry";
      assertThat(client.post(retry, null).status()).isEqualTo(202);
      awaitReceived("/gone", 2);
      assertThat(approver.post(retry, null).status()).isEqualTo(404);
      client.delete("/governance/notifications/" + target.path("id").asText());
    }
  }
}
