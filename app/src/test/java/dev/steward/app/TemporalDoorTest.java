package dev.steward.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.model.Json;
import dev.steward.model.job.Job;
import dev.steward.model.job.Jobs;
import dev.steward.testing.ApiClient;
import dev.steward.testing.Fault;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.history.v1.ActivityTaskScheduledEventAttributes;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflowservice.v1.RespondActivityTaskCompletedByIdRequest;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Anybody on the loopback address reaches Temporal. What they send by its real command line decides
 * nothing, unless a person gave them a token for just that.
 */
@SuppressWarnings("NullAway.Init")
final class TemporalDoorTest {
  private static OperatorsDoor door;

  @BeforeAll
  static void start() {
    door = new OperatorsDoor();
  }

  @AfterAll
  static void stop() {
    door.close();
  }

  @Test
  void aNameDecidesNothing() throws Exception {
    JsonNode change = door.asked();
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
      assertThat(door.decide(OperatorsDoor.approval(change), input))
          .as(input.substring(0, Math.min(60, input.length())))
          .contains("unable to update workflow");
      for (String signal : List.of("decideSignal", "withdraw", "nudge", "noSuchSignal"))
        door.temporal(
            "workflow",
            "signal",
            "-w",
            OperatorsDoor.approval(change),
            "--name",
            signal,
            "--input",
            input);
      door.temporal(
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
        door.temporal(
            "workflow",
            "signal",
            "-w",
            OperatorsDoor.approval(change),
            "--name",
            signal,
            "--input",
            decision,
            "--input-meta",
            "encoding=" + encoding);
    door.temporal(
        "workflow", "signal", "-w", OperatorsDoor.approval(change), "--name", "decideSignal");
    door.stillAsked(change);
    // The refusals are told: in the audit, without an end to it, and in the run's details.
    String audit = door.approver.get("/governance/audit?limit=200").ok().toString();
    assertThat(audit).contains("approval.refused", "change.refused", "a token is needed");
    // Whoever has a token decides all the same.
    JsonNode token = door.token(door.approver, change, "approve");
    assertThat(door.line(token, "update")).contains("APPROVED");
    door.await(change, "done");
    String history = door.history(OperatorsDoor.approval(change));
    assertThat(history).contains("EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED");
    // A signal that comes while a run is ending lets it look once more; nothing else may fail.
    assertThat(Pattern.compile("WORKFLOW_TASK_FAILED_CAUSE_\\w+").matcher(history).results())
        .extracting(MatchResult::group)
        .allMatch("WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND"::equals);
    assertThat(door.platform.output()).doesNotContain(token.path("token").asText());
  }

  @Test
  void aTokenIsGoodForWhatItWasAskedForOnly() throws Exception {
    JsonNode one = door.asked();
    JsonNode two = door.asked();
    JsonNode yes = door.token(door.approver, one, "approve");
    // For another question, another answer, another name, another plan.
    String said = yes.path("input").asText();
    for (String[] wrong :
        new String[][] {
          {
            OperatorsDoor.approval(two),
            said.replace(one.path("plan_hash").asText(), two.path("plan_hash").asText())
          },
          {OperatorsDoor.approval(one), said.replace("\"approve\"", "\"reject\"")},
          {OperatorsDoor.approval(one), said.replace("\"by\":\"approver\"", "\"by\":\"lead\"")},
          {
            OperatorsDoor.approval(one),
            said.replace(one.path("plan_hash").asText(), "0".repeat(64))
          }
        }) assertThat(door.decide(wrong[0], wrong[1])).contains("unable to update workflow");
    door.stillAsked(one);
    door.stillAsked(two);
    // Not by who asked for it, and not once the session was ended.
    assertThat(
            door.client
                .post(
                    "/approvals/" + one.path("approval").asText() + "/temporal-token",
                    Map.of("answer", "approve", "plan_hash", one.path("plan_hash").asText()))
                .status())
        .isEqualTo(403);
    ApiClient leaving = door.platform.anybody().as("approver", "approver");
    JsonNode stale = door.token(leaving, one, "approve");
    leaving.post("/api/auth/logout", null);
    assertThat(door.line(stale, "update")).contains("session");
    door.stillAsked(one);
    // By signal, sealed by the tool with the admin port's codec.
    door.line(
        door.token(door.approver, one, "reject"),
        "signal",
        "--codec-endpoint",
        door.platform.codecEndpoint(),
        "--codec-auth",
        door.bearer());
    door.await(one, "rejected");
    JsonNode decided = door.approver.get("/approvals/" + one.path("approval").asText()).ok();
    assertThat(decided.at("/decisions/0/channel").asText()).isEqualTo("temporal");
    assertThat(decided.at("/decisions/0/username").asText()).isEqualTo("approver");
    // Who asked takes it back.
    door.line(door.token(door.client, two, "withdraw"), "signal");
    PlatformProcess.await(
        door.approver,
        "/approvals/" + two.path("approval").asText(),
        a -> a.path("status").asText().equals("withdrawn"));
  }

  @Test
  void aWishAboutAChangeHasItsEffectOnce() throws Exception {
    JsonNode change = door.asked();
    String path = "/governance/changes/" + change.path("id").asText();
    JsonNode pause = door.client.post(path + "/temporal-token", Map.of("wish", "pause")).ok();
    assertThat(door.line(pause, "update")).contains("status:WAITING");
    assertThat(door.client.get(path).ok().toString()).contains("\"paused\":true");
    door.client.post(path + "/resume", null).ok();
    door.line(pause, "update");
    door.line(pause, "signal");
    assertThat(door.client.get(path).ok().toString()).contains("\"paused\":false");
    assertThat(door.client.post(path + "/temporal-token", Map.of("wish", "explode")).status())
        .isEqualTo(422);
  }

  @Test
  void aForgedStartDoesNothing() throws Exception {
    JsonNode change = door.asked();
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
                door.temporal(
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
            door.temporal(
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
            door.temporal(
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
                door.platform.codecEndpoint(),
                "--codec-auth",
                door.bearer()))
        .contains("FAILED");
    door.stillAsked(change);
  }

  @Test
  void whatWasCopiedOutOfAHistoryIsTakenNowhereElse() throws Exception {
    WorkflowServiceStubs stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder()
                .setTarget(door.platform.temporalAddress())
                .build());
    try {
      JsonNode first = door.approved(door.asked());
      door.await(first, "done");
      // An activity that no workflow asked for, with the words of one that did.
      Payload asked =
          Histories.sealed(stubs, Histories.run(first), "ActionExecute", false).orElseThrow();
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
      assertThat(door.run(words)).contains("FAILED");
      assertThat(door.platform.output())
          .contains(
              "refused: an activity ActionExecute on the queue aws-interactive that no workflow"
                  + " asked for");
      for (String queue : List.of("aws", "notify", "ml", "forecasts")) {
        String type =
            switch (queue) {
              case "notify" -> "DeliverySend";
              case "ml", "forecasts" -> "PredictionForecast";
              default -> "ActionUndo";
            };
        assertThat(
                door.temporal(
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
        assertThat(door.platform.output())
            .contains("refused: an activity " + type + " on the queue " + queue);
      }

      // An answer of one run, given to another one that waits for its own.
      Payload answer =
          Histories.sealed(stubs, Histories.run(first), "ActionCheck", true).orElseThrow();
      JsonNode second = door.asked();
      door.proxy.when(c -> c.action().equals("DescribeVolumes"), new Fault.ServerError());
      door.approved(second);
      String activity = "";
      for (int i = 0; i < 1_200 && activity.isEmpty(); i++) {
        PlatformProcess.pause();
        activity =
            Histories.events(stubs, Histories.run(second)).stream()
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
                  .setWorkflowId(Histories.run(second))
                  .setActivityId(activity)
                  .setResult(Payloads.newBuilder().addPayloads(answer))
                  .build());
      door.await(second, "failed");
      assertThat(
              door.client.get("/governance/changes/" + second.path("id").asText()).ok().toString())
          .contains("did not seal for this run");
      assertThat(door.proxy.calls().stream().filter(c -> c.action().equals("ModifyVolume")).count())
          .isEqualTo(1);
    } finally {
      door.proxy.healAll();
      stubs.shutdownNow();
    }
  }

  @Test
  void letsTheTemporalUiReadPayloadsAndNobodyElse() {
    ApiClient admin = door.platform.admin();
    String plain =
        "{\"payloads\":[{\"metadata\":{\"encoding\":\"anNvbi9wbGFpbg==\"},\"data\":\"InNlY3JldCI=\"}]}";
    ApiClient.Answer sealed = admin.send("POST", "/codec/encode", plain, Map.of());
    assertThat(sealed.text()).doesNotContain("InNlY3JldCI=").contains("encryption-key-id");
    ApiClient.Answer opened = admin.send("POST", "/codec/decode", sealed.text(), Map.of());
    assertThat(opened.text()).contains("InNlY3JldCI=");
    assertThat(admin.send("POST", "/codec/decode", "{oops", Map.of()).status()).isEqualTo(400);
    assertThat(admin.get("/metrics").text()).contains("steward_temporal_up 1");
  }
}
