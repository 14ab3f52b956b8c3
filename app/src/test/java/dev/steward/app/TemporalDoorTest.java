package dev.steward.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.model.Json;
import dev.steward.model.job.Job;
import dev.steward.model.job.Jobs;
import dev.steward.testing.ApiClient;
import dev.steward.testing.Customer;
import dev.steward.testing.Emulator;
import dev.steward.testing.Fault;
import dev.steward.testing.FaultProxy;
import dev.steward.testing.Tools;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.history.v1.ActivityTaskScheduledEventAttributes;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryRequest;
import io.temporal.api.workflowservice.v1.RespondActivityTaskCompletedByIdRequest;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;

/**
 * Anybody on the loopback address reaches Temporal. What they send by its real command line decides
 * nothing, unless a person gave them a token for just that.
 */
@SuppressWarnings("NullAway.Init")
final class TemporalDoorTest {
  private static final AtomicInteger CUSTOMERS = new AtomicInteger();
  private static Emulator emulator;
  private static FaultProxy proxy;
  private static PlatformProcess platform;
  private static ApiClient client;
  private static ApiClient approver;

  @BeforeAll
  static void start() {
    emulator = Emulator.start("us-east-1");
    proxy = FaultProxy.before(emulator.endpoint());
    platform =
        new PlatformProcess(proxy.endpoint(), Map.of("aws-requests-per-second", "500")).start();
    client = platform.anybody().as("client", "client");
    approver = platform.anybody().as("approver", "approver");
  }

  @AfterAll
  static void stop() {
    platform.close();
    proxy.close();
    emulator.close();
  }

  /** A change about a volume, before people. */
  private static JsonNode asked() throws Exception {
    try (Customer customer =
        new Customer(
            emulator.endpoint(),
            String.format(java.util.Locale.ROOT, "6100%08d", CUSTOMERS.incrementAndGet()))) {
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

  private static String approval(JsonNode change) {
    return "approval/" + change.path("approval").asText();
  }

  private static JsonNode token(ApiClient who, JsonNode change, String answer) {
    return who.post(
            "/approvals/" + change.path("approval").asText() + "/temporal-token",
            Map.of("answer", answer, "plan_hash", change.path("plan_hash").asText()))
        .ok();
  }

  /** Runs the real command line against the platform's own server. */
  private static String temporal(String... words) {
    return run(List.of(words));
  }

  private static String run(List<String> words) {
    List<String> command =
        new ArrayList<>(List.of(Tools.folder().resolve("temporal/bin/temporal").toString()));
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

  /** Runs a line that the platform gave to an operator, as a shell does. */
  private static String line(JsonNode token, String which, String... more) {
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

  private static String bearer() {
    return AdminToken.read(platform.folder.resolve("data")).orElseThrow().bearer();
  }

  private static JsonNode await(JsonNode change, String status) {
    return PlatformProcess.await(
        client,
        "/governance/changes/" + change.path("id").asText(),
        c -> c.path("status").asText().equals(status));
  }

  private static void stillAsked(JsonNode change) {
    JsonNode now = approver.get("/approvals/" + change.path("approval").asText()).ok();
    assertThat(now.path("status").asText()).isEqualTo("pending");
    assertThat(now.path("decisions")).isEmpty();
  }

  private static String history(String workflow) {
    return temporal("workflow", "show", "-w", workflow, "--output", "json");
  }

  @Test
  void aNameDecidesNothing() throws Exception {
    JsonNode change = asked();
    String hash = change.path("plan_hash").asText();
    String decision = Json.text(Map.of("by", "approver", "answer", "approve", "plan_hash", hash));
    String guessed =
        Json.text(
            Map.of("by", "approver", "answer", "approve", "plan_hash", hash, "token", "guess"));
    List<String> bad =
        List.of(
            decision,
            guessed,
            "{\"by\":null,\"answer\":\"approve\",\"plan_hash\":\"" + hash + "\"}",
            "{}",
            "null",
            "[1,2]",
            "7",
            "{\"by\":{\"a\":[1]},\"answer\":true}",
            "{\"by\":\"approver\",\"force\":true}",
            "{\"by\":\"" + "x".repeat(100_000) + "\"}");
    for (String input : bad) {
      assertThat(
              temporal(
                  "workflow",
                  "update",
                  "execute",
                  "-w",
                  approval(change),
                  "--name",
                  "decide",
                  "--input",
                  input))
          .as(input.substring(0, Math.min(60, input.length())))
          .contains("unable to update workflow");
      for (String signal : List.of("decideSignal", "withdraw", "nudge", "noSuchSignal"))
        temporal("workflow", "signal", "-w", approval(change), "--name", signal, "--input", input);
      temporal(
          "workflow",
          "signal",
          "-w",
          "change/" + change.path("id").asText(),
          "--name",
          "askSignal",
          "--input",
          input);
    }
    for (String encoding :
        List.of("binary/encrypted", "binary/null", "binary/plain", "json/protobuf", "what"))
      for (String signal : List.of("decideSignal", "withdraw"))
        temporal(
            "workflow",
            "signal",
            "-w",
            approval(change),
            "--name",
            signal,
            "--input",
            decision,
            "--input-meta",
            "encoding=" + encoding);
    temporal("workflow", "signal", "-w", approval(change), "--name", "decideSignal");
    stillAsked(change);
    // The refusals are told: in the audit, without an end to it, and in the run's details.
    String audit = approver.get("/governance/audit?limit=200").ok().toString();
    assertThat(audit).contains("approval.refused", "change.refused", "a token is needed");
    // Whoever has a token decides all the same.
    JsonNode token = token(approver, change, "approve");
    assertThat(line(token, "update")).contains("APPROVED");
    await(change, "done");
    String history = history(approval(change));
    assertThat(history).contains("EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED");
    // A signal that comes while a run is ending lets it look once more; nothing else may fail.
    assertThat(Pattern.compile("WORKFLOW_TASK_FAILED_CAUSE_\\w+").matcher(history).results())
        .extracting(MatchResult::group)
        .allMatch("WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND"::equals);
    assertThat(platform.output()).doesNotContain(token.path("token").asText());
  }

  @Test
  void aTokenIsGoodForWhatItWasAskedForOnly() throws Exception {
    JsonNode one = asked();
    JsonNode two = asked();
    JsonNode yes = token(approver, one, "approve");
    // For another question, another answer, another name, another plan.
    String said = yes.path("input").asText();
    for (String[] wrong :
        new String[][] {
          {
            approval(two),
            said.replace(one.path("plan_hash").asText(), two.path("plan_hash").asText())
          },
          {approval(one), said.replace("\"approve\"", "\"reject\"")},
          {approval(one), said.replace("\"by\":\"approver\"", "\"by\":\"lead\"")},
          {approval(one), said.replace(one.path("plan_hash").asText(), "0".repeat(64))}
        })
      assertThat(
              temporal(
                  "workflow",
                  "update",
                  "execute",
                  "-w",
                  wrong[0],
                  "--name",
                  "decide",
                  "--input",
                  wrong[1]))
          .contains("unable to update workflow");
    stillAsked(one);
    stillAsked(two);
    // Not by who asked for it, and not once the session was ended.
    assertThat(
            client
                .post(
                    "/approvals/" + one.path("approval").asText() + "/temporal-token",
                    Map.of("answer", "approve", "plan_hash", one.path("plan_hash").asText()))
                .status())
        .isEqualTo(403);
    ApiClient leaving = platform.anybody().as("approver", "approver");
    JsonNode stale = token(leaving, one, "approve");
    leaving.post("/api/auth/logout", null);
    assertThat(line(stale, "update")).contains("session");
    stillAsked(one);
    // By signal, sealed by the tool with the admin port's codec.
    line(
        token(approver, one, "reject"),
        "signal",
        "--codec-endpoint",
        platform.codecEndpoint(),
        "--codec-auth",
        bearer());
    await(one, "rejected");
    JsonNode decided = approver.get("/approvals/" + one.path("approval").asText()).ok();
    assertThat(decided.at("/decisions/0/channel").asText()).isEqualTo("temporal");
    assertThat(decided.at("/decisions/0/username").asText()).isEqualTo("approver");
    // Who asked takes it back.
    line(token(client, two, "withdraw"), "signal");
    PlatformProcess.await(
        approver,
        "/approvals/" + two.path("approval").asText(),
        a -> a.path("status").asText().equals("withdrawn"));
  }

  @Test
  void aWishAboutAChangeHasItsEffectOnce() throws Exception {
    JsonNode change = asked();
    String path = "/governance/changes/" + change.path("id").asText();
    JsonNode pause = client.post(path + "/temporal-token", Map.of("wish", "pause")).ok();
    assertThat(line(pause, "update")).contains("status:WAITING");
    assertThat(client.get(path).ok().toString()).contains("\"paused\":true");
    client.post(path + "/resume", null).ok();
    line(pause, "update");
    line(pause, "signal");
    assertThat(client.get(path).ok().toString()).contains("\"paused\":false");
    assertThat(client.post(path + "/temporal-token", Map.of("wish", "explode")).status())
        .isEqualTo(422);
  }

  @Test
  void aForgedStartDoesNothing() throws Exception {
    JsonNode change = asked();
    String id = change.path("id").asText();
    String input =
        Json.text(
            Map.of(
                "change",
                id,
                "organization",
                "org_x0000",
                "account",
                change.path("account").asText()));
    for (String type :
        Stream.concat(Jobs.ALL.stream().map(Job::type), Stream.of("NoSuchType")).toList())
      for (String given : List.of(input, "null", "7")) {
        String workflow = "forged/" + type + "/" + given.hashCode();
        assertThat(
                temporal(
                    "workflow",
                    "execute",
                    "--type",
                    type,
                    "--task-queue",
                    "workflows",
                    "-w",
                    workflow,
                    "--input",
                    given))
            .as(type)
            .contains("FAILED");
      }
    assertThat(
            temporal(
                "workflow",
                "execute",
                "--type",
                "Watch",
                "--task-queue",
                "workflows",
                "-w",
                "forged/empty"))
        .contains("FAILED");
    // Even what the codec sealed for a tool is not the platform's own word.
    assertThat(
            temporal(
                "workflow",
                "execute",
                "--type",
                "Change",
                "--task-queue",
                "workflows",
                "-w",
                "forged/sealed",
                "--input",
                input,
                "--codec-endpoint",
                platform.codecEndpoint(),
                "--codec-auth",
                bearer()))
        .contains("FAILED");
    stillAsked(change);
  }

  private static JsonNode approved(JsonNode change) {
    approver
        .post(
            "/approvals/" + change.path("approval").asText() + "/approve",
            Map.of("plan_hash", change.path("plan_hash").asText()))
        .ok();
    return change;
  }

  private static String run(JsonNode change) {
    return "change/" + change.path("id").asText();
  }

  /** What an activity of this type was asked or answered, as it lies in the history. */
  private static Optional<Payload> sealed(
      WorkflowServiceStubs stubs, String workflow, String type, boolean answer) {
    List<HistoryEvent> events = events(stubs, workflow);
    for (HistoryEvent asked : events) {
      if (!asked.getActivityTaskScheduledEventAttributes().getActivityType().getName().equals(type))
        continue;
      if (!answer)
        return Optional.of(
            asked.getActivityTaskScheduledEventAttributes().getInput().getPayloads(0));
      for (HistoryEvent done : events)
        if (done.getActivityTaskCompletedEventAttributes().getScheduledEventId()
            == asked.getEventId())
          return Optional.of(
              done.getActivityTaskCompletedEventAttributes().getResult().getPayloads(0));
    }
    return Optional.empty();
  }

  private static List<HistoryEvent> events(WorkflowServiceStubs stubs, String workflow) {
    return stubs
        .blockingStub()
        .getWorkflowExecutionHistory(
            GetWorkflowExecutionHistoryRequest.newBuilder()
                .setNamespace("default")
                .setExecution(WorkflowExecution.newBuilder().setWorkflowId(workflow))
                .build())
        .getHistory()
        .getEventsList();
  }

  @Test
  void whatWasCopiedOutOfAHistoryIsTakenNowhereElse() throws Exception {
    WorkflowServiceStubs stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget(platform.temporalAddress()).build());
    try {
      JsonNode first = approved(asked());
      await(first, "done");
      // An activity that no workflow asked for, with the words of one that did.
      Payload asked = sealed(stubs, run(first), "ActionExecute", false).orElseThrow();
      List<String> words =
          new ArrayList<>(
              List.of(
                  "activity",
                  "execute",
                  "--activity-id",
                  "copied",
                  "--type",
                  "ActionExecute",
                  "--task-queue",
                  "aws-interactive",
                  "--start-to-close-timeout",
                  "60s",
                  "--schedule-to-close-timeout",
                  "300s",
                  "--input-base64",
                  "--input",
                  Base64.getEncoder().encodeToString(asked.getData().toByteArray())));
      asked
          .getMetadataMap()
          .forEach((key, value) -> {
            words.add("--input-meta");
            words.add(key + "=" + value.toStringUtf8());
          });
      assertThat(run(words)).contains("FAILED");
      assertThat(platform.output())
          .contains(
              "refused: an activity ActionExecute on the queue aws-interactive that no workflow asked for");
      for (String queue : List.of("aws", "notify", "ml", "forecasts")) {
        String type =
            switch (queue) {
              case "notify" -> "DeliverySend";
              case "ml", "forecasts" -> "PredictionForecast";
              default -> "ActionUndo";
            };
        assertThat(
                temporal(
                    "activity",
                    "execute",
                    "--activity-id",
                    "forged-" + queue,
                    "--type",
                    type,
                    "--task-queue",
                    queue,
                    "--start-to-close-timeout",
                    "60s",
                    "--schedule-to-close-timeout",
                    "300s",
                    "--input",
                    "{}"))
            .contains("FAILED");
        assertThat(platform.output())
            .contains("refused: an activity " + type + " on the queue " + queue);
      }

      // An answer of one run, given to another one that waits for its own.
      Payload answer = sealed(stubs, run(first), "ActionCheck", true).orElseThrow();
      JsonNode second = asked();
      proxy.when(c -> c.action().equals("DescribeVolumes"), new Fault.ServerError());
      approved(second);
      String activity = "";
      for (int i = 0; i < 1_200 && activity.isEmpty(); i++) {
        PlatformProcess.pause();
        activity =
            events(stubs, run(second)).stream()
                .map(HistoryEvent::getActivityTaskScheduledEventAttributes)
                .filter(a -> a.getActivityType().getName().equals("ActionCheck"))
                .map(ActivityTaskScheduledEventAttributes::getActivityId)
                .findFirst()
                .orElse("");
      }
      stubs
          .blockingStub()
          .respondActivityTaskCompletedById(
              RespondActivityTaskCompletedByIdRequest.newBuilder()
                  .setNamespace("default")
                  .setWorkflowId(run(second))
                  .setActivityId(activity)
                  .setResult(Payloads.newBuilder().addPayloads(answer))
                  .build());
      await(second, "failed");
      assertThat(client.get("/governance/changes/" + second.path("id").asText()).ok().toString())
          .contains("did not seal for this run");
      assertThat(proxy.calls().stream().filter(c -> c.action().equals("ModifyVolume")).count())
          .isEqualTo(1);
    } finally {
      proxy.healAll();
      stubs.shutdownNow();
    }
  }
}
