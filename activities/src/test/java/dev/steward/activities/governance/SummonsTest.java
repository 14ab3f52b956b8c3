package dev.steward.activities.governance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.activities.EmulatedAws;
import dev.steward.model.Change;
import dev.steward.model.Change.Step;
import dev.steward.model.Role;
import dev.steward.model.User;
import dev.steward.model.job.Jobs.ChangeRef;
import dev.steward.model.job.TaskQueues;
import dev.steward.storage.Tables;
import dev.steward.testing.AwsCall;
import dev.steward.workflows.governance.ActionActivities.MeasureRef;
import dev.steward.workflows.governance.ActionActivities.StepRef;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.RetryOptions;
import io.temporal.worker.WorkerFactory;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stranger's workflow asks for what only a change's own run may ask for, when it is due. */
final class SummonsTest {
  private static final List<String> WORDS =
      List.of("ActionCheck", "ActionExecute", "ActionUndo", "ActionHold", "ActionClean");

  @TempDir private Path folder;

  /** Asks for one activity on the queue of ours, as any client of Temporal can. */
  @WorkflowInterface
  public interface Stranger {
    @WorkflowMethod
    void ask(String activity, Map<String, Object> argument);
  }

  public static final class StrangerImpl implements Stranger {
    @Override
    public void ask(String activity, Map<String, Object> argument) {
      Workflow.newUntypedActivityStub(
              ActivityOptions.newBuilder()
                  .setTaskQueue(TaskQueues.INTERACTIVE)
                  .setStartToCloseTimeout(Duration.ofMinutes(5))
                  .setHeartbeatTimeout(Duration.ofMinutes(1))
                  .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(3).build())
                  .build())
          .execute(activity, Map.class, argument);
    }
  }

  private static void refused(Life life, String id, String activity, Object argument, String why) {
    Stranger stranger =
        life.temporal
            .getWorkflowClient()
            .newWorkflowStub(
                Stranger.class,
                WorkflowOptions.newBuilder().setWorkflowId(id).setTaskQueue("strangers").build());
    Map<String, Object> json =
        dev.steward.model.Json.MAPPER.convertValue(
            argument, new com.fasterxml.jackson.core.type.TypeReference<>() {});
    assertThatThrownBy(() -> stranger.ask(activity, json)).hasStackTraceContaining(why);
  }

  private static long alarms(Life life) {
    return life.events().stream().filter("change.refused"::equals).count();
  }

  @Test
  void nothingIsDoneThatIsNotDueForTheRunThatAsks() throws Exception {
    try (EmulatedAws aws = new EmulatedAws(folder);
        Life life = new Life(aws, null)) {
      WorkerFactory strangers = WorkerFactory.newInstance(life.temporal.getWorkflowClient());
      strangers.newWorker("strangers").registerWorkflowImplementationTypes(StrangerImpl.class);
      strangers.start();
      User client = life.user("client", Role.CLIENT);
      // A draft: nobody has approved it, and no run has its name.
      Change draft = life.drafts.fresh(client, "snapshot_and_delete_volume");
      ChangeRef input = new ChangeRef(draft.id(), draft.organization(), draft.account());
      aws.proxy.forgetCalls();
      for (String word : WORDS) {
        refused(life, "a/" + word, word, new StepRef(input, 1), "another run than its own");
        refused(life, "change/" + draft.id(), word, new StepRef(input, 1), "it is not due");
        refused(life, "change/" + draft.id(), word, new StepRef(input, 7), "it is not due");
      }
      refused(
          life, "change/" + draft.id(), "ActionMeasure", new MeasureRef(input, 1), "it is not due");
      assertThat(aws.proxy.calls()).extracting(AwsCall::action).isEmpty();
      assertThat(life.change(draft.id()).step(1).state()).isEqualTo(Step.State.PENDING);
      assertThat(life.events()).contains("change.refused");

      Change left = life.drafts.fresh(client, "snapshot_and_delete_volume");
      ChangeRef late = new ChangeRef(left.id(), left.organization(), left.account());
      life.store.<Boolean>write(t -> {
        life.desks.changes().disconnected(t, life.account);
        return t.remove(Tables.ACCOUNTS, life.account.id().value());
      });
      aws.proxy.forgetCalls();
      long told = alarms(life);
      // As its own run does that asked just before.
      for (String word : WORDS)
        refused(
            life,
            "change/" + left.id(),
            word,
            new StepRef(late, 1),
            "the account was disconnected");
      assertThat(alarms(life)).isEqualTo(told);
      assertThat(aws.proxy.calls()).extracting(AwsCall::action).isEmpty();
      strangers.shutdownNow();
    }
  }
}
