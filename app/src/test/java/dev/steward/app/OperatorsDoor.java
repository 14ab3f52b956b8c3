package dev.steward.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.testing.ApiClient;
import dev.steward.testing.Customer;
import dev.steward.testing.Emulator;
import dev.steward.testing.FaultProxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ec2.Ec2Client;

/**
 * Temporal's door, as an operator stands before it: the platform with its own server, and
 * Temporal's real command line.
 */
final class OperatorsDoor implements AutoCloseable {
  private final Emulator emulator = Emulator.start("us-east-1");
  final FaultProxy proxy = FaultProxy.before(emulator.endpoint());
  final PlatformProcess platform =
      new PlatformProcess(proxy.endpoint(), Map.of("aws-requests-per-second", "500")).start();
  final ApiClient client = platform.anybody().as("client", "client");
  final ApiClient approver = platform.anybody().as("approver", "approver");

  /** A change about a volume, before people. */
  JsonNode asked() throws Exception {
    try (Customer customer = emulator.customer()) {
      String volume =
          customer
              .client("us-east-1", Ec2Client.class, Ec2Client::builder)
              .createVolume(r -> r.size(10).volumeType("gp2").availabilityZone("us-east-1a"))
              .volumeId();
      String account = Connecting.connect(client, customer, List.of("read", "act"));
      PlatformProcess.awaitDiscovery(client, account);
      JsonNode draft =
          client
              .post(
                  "/governance/changes",
                  Map.of(
                      "action",
                      "volume_to_gp3",
                      "resources",
                      List.of(
                          Map.of(
                              "account",
                              customer.account(),
                              "kind",
                              "ebs_volume",
                              "region",
                              "us-east-1",
                              "id",
                              volume))))
              .ok();
      return client.post("/governance/changes/" + draft.path("id").asText() + "/submit", null).ok();
    }
  }

  static String approval(JsonNode change) {
    return "approval/" + change.path("approval").asText();
  }

  JsonNode token(ApiClient who, JsonNode change, String answer) {
    return who.post(
            "/approvals/" + change.path("approval").asText() + "/temporal-token",
            Map.of("answer", answer, "plan_hash", change.path("plan_hash").asText()))
        .ok();
  }

  /** Runs the real command line against the platform's own server. */
  String temporal(String... words) {
    return run(List.of(words));
  }

  String run(List<String> words) {
    List<String> command = new ArrayList<>(List.of(Launch.TEMPORAL));
    command.addAll(words);
    command.addAll(List.of("--address", platform.temporalAddress()));
    try {
      Path output = Files.createTempFile("temporal", ".out");
      for (int i = 0; i < 100; i++) {
        Process process =
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        process.waitFor();
        String text = Files.readString(output, StandardCharsets.UTF_8);
        // The workflow of what was just asked may not have begun yet.
        if (!text.contains("workflow not found")) return text;
        PlatformProcess.pause();
      }
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new IllegalStateException("the workflow did not begin");
  }

  /** Says by the command line how a question is to be decided. */
  String decide(String workflow, String input) {
    return temporal(
        "workflow", "update", "execute", "-w", workflow, "--name", "decide", "--input", input);
  }

  /** Runs a line that the platform gave to an operator, as a shell does. */
  String line(JsonNode token, String which, String... more) {
    String text = token.path(which).asText();
    int input = text.indexOf(" --input '");
    List<String> words = new ArrayList<>(List.of(text.substring(0, input).split(" ", -1)));
    assertThat(words.removeFirst()).isEqualTo("temporal");
    words.addAll(
        List.of("--input", text.substring(input + " --input '".length(), text.length() - 1)));
    words.addAll(List.of(more));
    // What is answered is sealed, so whoever wants to read it names the codec.
    if (which.equals("update"))
      words.addAll(List.of("--codec-endpoint", platform.codecEndpoint(), "--codec-auth", bearer()));
    return run(words);
  }

  String bearer() {
    return AdminToken.read(platform.folder.resolve("data")).orElseThrow().bearer();
  }

  JsonNode await(JsonNode change, String status) {
    return PlatformProcess.await(
        client,
        "/governance/changes/" + change.path("id").asText(),
        c -> c.path("status").asText().equals(status));
  }

  void stillAsked(JsonNode change) {
    JsonNode now = approver.get("/approvals/" + change.path("approval").asText()).ok();
    assertThat(now.path("status").asText()).isEqualTo("pending");
    assertThat(now.path("decisions")).isEmpty();
  }

  String history(String workflow) {
    return temporal("workflow", "show", "-w", workflow, "--output", "json");
  }

  JsonNode approved(JsonNode change) {
    Changing.approve(approver, change);
    return change;
  }

  @Override
  public void close() {
    platform.close();
    proxy.close();
    emulator.close();
  }
}
