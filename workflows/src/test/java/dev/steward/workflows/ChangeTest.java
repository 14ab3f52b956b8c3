package dev.steward.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.model.Directive;
import dev.steward.model.Directive.What;
import dev.steward.model.job.Jobs.ChangeRef;
import dev.steward.workflows.governance.ChangeWorkflow;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ChangeTest {
  private static final ChangeRef INPUT =
      new ChangeRef(FakeWorld.CHANGE, FakeWorld.ORGANIZATION, FakeWorld.ACCOUNT);

  private static Directive step(What what) {
    return Directive.step(what, 1, "the volume");
  }

  private static ChangeWorkflow started(WorkflowLab lab, String id) {
    ChangeWorkflow change = lab.workflow(ChangeWorkflow.class, id);
    WorkflowExecution run = WorkflowClient.start(change::carryOut, INPUT);
    assertThat(run.getWorkflowId()).isEqualTo(id);
    return change;
  }

  private static void ends(ChangeWorkflow change) {
    assertThat(WorkflowStub.fromTyped(change).getResult(ChangeWorkflow.Outcome.class).why())
        .isEqualTo("RUNNING");
  }

  @Test
  void doesWhatTheStoreSaysInItsOrder() {
    try (WorkflowLab lab = new WorkflowLab()) {
      Instant now = Instant.ofEpochMilli(lab.temporal.currentTimeMillis());
      lab.world.directives.addAll(
          List.of(
              Directive.await(now.plus(Duration.ofDays(3)), "grace"),
              step(What.CHECK),
              step(What.EXECUTE),
              step(What.MEASURE),
              step(What.HOLD),
              Directive.end("done")));
      ends(started(lab, "change/1"));
      assertThat(lab.world.log)
          .containsExactly(
              "next WAIT",
              "next CHECK",
              "check 1",
              "checked 1 null",
              "next EXECUTE",
              "execute 1",
              "executed 1 null",
              "next MEASURE",
              "measure 1",
              "measured 1 true",
              "next HOLD",
              "hold 1",
              "held 1 null",
              "next END");
      lab.keepHistory("change/1", "Change", "done");
    }
  }

  @Test
  void waitsForPeopleAsLongAsItTakes() {
    try (WorkflowLab lab = new WorkflowLab()) {
      lab.world.directives.add(Directive.await(null, "waiting for approval"));
      lab.world.directives.add(Directive.end("approved and done"));
      ChangeWorkflow change = started(lab, "change/2");
      lab.temporal.sleep(Duration.ofDays(30));
      assertThat(lab.world.log).containsExactly("next WAIT");
      change.nudge();
      ends(change);
      lab.keepHistory("change/2", "Change", "nudged");
    }
  }

  @Test
  void writesDownWhatCouldNotBeDoneAndGoesOn() {
    try (WorkflowLab lab = new WorkflowLab()) {
      lab.world.awsFails =
          () ->
              ApplicationFailure.newNonRetryableFailure(
                  "AWS: UnauthorizedOperation", "AwsRejected");
      lab.world.failing = Set.of("execute 1", "check 1", "undo 1", "hold 1", "measure 1");
      lab.world.directives.addAll(
          List.of(
              step(What.CHECK),
              step(What.EXECUTE),
              step(What.UNDO),
              step(What.HOLD),
              step(What.MEASURE),
              Directive.end("failed")));
      ends(started(lab, "change/3"));
      assertThat(lab.world.log)
          .contains(
              "checked 1 AWS: UnauthorizedOperation",
              "executed 1 AWS: UnauthorizedOperation",
              "undone 1 AWS: UnauthorizedOperation",
              "held 1 AWS: UnauthorizedOperation",
              "measured 1 false");
      lab.keepHistory("change/3", "Change", "failed");
    }
  }

  @Test
  void triesAgainWhereAwsDoesNotAnswerUntilTheTimeIsOver() {
    try (WorkflowLab lab = new WorkflowLab()) {
      lab.world.awsFails = () -> ApplicationFailure.newFailure("AWS: HTTP 500", "AwsUnavailable");
      lab.world.failing = Set.of("check 1");
      lab.world.directives.addAll(List.of(step(What.CHECK), Directive.end("failed")));
      ends(started(lab, "change/4"));
      assertThat(lab.world.log.stream().filter("check 1"::equals).count()).isGreaterThan(10);
      assertThat(lab.world.log).contains("checked 1 AWS: HTTP 500");
      lab.keepHistory("change/4", "Change", "unread");
    }
  }

  @Test
  void undoes() {
    try (WorkflowLab lab = new WorkflowLab()) {
      lab.world.directives.addAll(List.of(step(What.UNDO), Directive.end("undone")));
      ends(started(lab, "change/5"));
      assertThat(lab.world.log).containsExactly("next UNDO", "undo 1", "undone 1 null", "next END");
      lab.keepHistory("change/5", "Change", "undone");
    }
  }

  @Test
  void removesWhatWasKeptForAnUndoThatHasExpired() {
    try (WorkflowLab lab = new WorkflowLab()) {
      Instant now = Instant.ofEpochMilli(lab.temporal.currentTimeMillis());
      lab.world.directives.addAll(
          List.of(
              Directive.await(now.plus(Duration.ofDays(30)), "done"),
              step(What.CLEAN),
              Directive.end("no longer undoable")));
      ends(started(lab, "change/9"));
      assertThat(lab.world.log)
          .containsExactly("next WAIT", "next CLEAN", "clean 1", "cleaned 1 null", "next END");
      lab.keepHistory("change/9", "Change", "cleaned");
    }
  }

  @Test
  void writesDownThatWhatWasKeptCouldNotBeRemoved() {
    try (WorkflowLab lab = new WorkflowLab()) {
      lab.world.awsFails =
          () -> ApplicationFailure.newNonRetryableFailure("AWS: InvalidSnapshot.InUse", "x");
      lab.world.failing = Set.of("clean 1");
      lab.world.directives.addAll(List.of(step(What.CLEAN), Directive.end("left")));
      ends(started(lab, "change/10"));
      assertThat(lab.world.log).contains("cleaned 1 AWS: InvalidSnapshot.InUse");
      lab.keepHistory("change/10", "Change", "clean-refused");
    }
  }

  @Test
  void takesWishesAndRefusesThem() {
    try (WorkflowLab lab = new WorkflowLab()) {
      lab.world.directives.add(Directive.await(null, "waiting"));
      ChangeWorkflow change = started(lab, "change/6");
      assertThat(change.ask(new ChangeWorkflow.Ask("client", "pause", "proof")).status())
          .isEqualTo("RUNNING");
      change.askSignal(new ChangeWorkflow.Ask("client", "resume", "proof"));
      assertThatThrownBy(() -> change.ask(new ChangeWorkflow.Ask("client", "explode", "proof")))
          .isInstanceOf(WorkflowUpdateException.class)
          .hasStackTraceContaining("pause, resume, cancel, undo");
      lab.world.refusal = "CONFLICT";
      assertThatThrownBy(() -> change.ask(new ChangeWorkflow.Ask("client", "undo", "proof")))
          .cause()
          .isInstanceOfSatisfying(
              ApplicationFailure.class, f -> assertThat(f.getType()).isEqualTo("CONFLICT"));
      lab.world.directives.clear();
      lab.world.directives.add(Directive.end("cancelled"));
      change.nudge();
      ends(change);
      lab.keepHistory("change/6", "Change", "asked");
    }
  }

  /** What a signal asked for and did not get is in the details of the run, which goes on. */
  @Test
  void goesOnAfterASignalThatWasRefused() {
    try (WorkflowLab lab = new WorkflowLab()) {
      lab.world.directives.add(Directive.await(null, "waiting"));
      ChangeWorkflow change = started(lab, "change/11");
      change.askSignal(new ChangeWorkflow.Ask("client", "pause", null));
      change.askSignal(new ChangeWorkflow.Ask("client", "explode", "proof"));
      lab.world.refusal = "UNAUTHENTICATED";
      change.askSignal(new ChangeWorkflow.Ask("client", "pause", "forged"));
      lab.temporal.sleep(Duration.ofMinutes(1));
      lab.world.refusal = null;
      lab.world.directives.clear();
      lab.world.directives.addAll(List.of(step(What.CHECK), Directive.end("done")));
      change.askSignal(new ChangeWorkflow.Ask("client", "resume", "proof"));
      ends(change);
      assertThat(lab.world.log).contains("check 1", "checked 1 null");
      assertThat(lab.world.log.stream().filter(l -> l.startsWith("refused "))).hasSize(2);
      lab.keepHistory("change/11", "Change", "refused-signal");
    }
  }

  @Test
  void staysSmallHoweverLongADatabaseIsHeld() {
    try (WorkflowLab lab = new WorkflowLab()) {
      lab.world.directives.add(
          Directive.await(
              Instant.ofEpochMilli(lab.temporal.currentTimeMillis()).plus(Duration.ofDays(1)),
              "until tomorrow"));
      ChangeWorkflow change = started(lab, "change/7");
      for (int day = 1; day <= 210; day++) {
        lab.temporal.sleep(Duration.ofDays(1));
        lab.world.directives.clear();
        lab.world.directives.add(
            Directive.await(
                Instant.ofEpochMilli(lab.temporal.currentTimeMillis()).plus(Duration.ofDays(1)),
                "until tomorrow"));
      }
      lab.world.directives.clear();
      lab.world.directives.add(Directive.end("released"));
      change.nudge();
      ends(change);
      assertThat(lab.world.log.size()).isGreaterThan(200);
      assertThat(lab.temporal.getWorkflowClient().fetchHistory("change/7").getEvents().size())
          .isLessThan(2_500);
      lab.keepHistory("change/7", "Change", "continued-as-new");
    }
  }

  @Test
  void decidesTheSameWhenEveryStepIsReplayed() {
    try (WorkflowLab lab = new WorkflowLab(0)) {
      lab.world.directives.addAll(
          List.of(step(What.CHECK), step(What.EXECUTE), step(What.UNDO), Directive.end("undone")));
      ends(started(lab, "change/8"));
      assertThat(lab.world.log)
          .containsExactly(
              "next CHECK",
              "check 1",
              "checked 1 null",
              "next EXECUTE",
              "execute 1",
              "executed 1 null",
              "next UNDO",
              "undo 1",
              "undone 1 null",
              "next END");
    }
  }
}
