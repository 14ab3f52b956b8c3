package dev.steward.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.model.job.Jobs.ApprovalRef;
import dev.steward.workflows.approvals.ApprovalWorkflow;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ApprovalTest {
  private static final ApprovalRef INPUT =
      new ApprovalRef(FakeWorld.APPROVAL, FakeWorld.ORGANIZATION);

  private static ApprovalWorkflow.Decision decision(String by, String answer, String hash) {
    return new ApprovalWorkflow.Decision(by, answer, "looks right", hash, "proof");
  }

  private static ApprovalWorkflow started(WorkflowLab lab, String id) {
    ApprovalWorkflow approval = lab.workflow(ApprovalWorkflow.class, id);
    WorkflowExecution run = WorkflowClient.start(approval::keep, INPUT);
    assertThat(run.getWorkflowId()).isEqualTo(id);
    return approval;
  }

  private static String outcome(ApprovalWorkflow approval) {
    return WorkflowStub.fromTyped(approval).getResult(ApprovalWorkflow.Outcome.class).status();
  }

  @Test
  void endsWithTheDecisionThatCameByUpdate() {
    try (WorkflowLab lab = new WorkflowLab()) {
      lab.world.standings.add(FakeWorld.pending(null));
      ApprovalWorkflow approval = started(lab, "approval/1");
      assertThat(approval.decide(decision("approver", "approve", "hash")).status())
          .isEqualTo("APPROVED");
      assertThat(outcome(approval)).isEqualTo("APPROVED");
      lab.keepHistory("approval/1", "Approval", "approved-by-update");
    }
  }

  @Test
  void endsWithTheDecisionThatCameBySignal() {
    try (WorkflowLab lab = new WorkflowLab()) {
      lab.world.standings.add(FakeWorld.pending(null));
      ApprovalWorkflow approval = started(lab, "approval/2");
      approval.decideSignal(decision("approver", "reject", "hash"));
      assertThat(outcome(approval)).isEqualTo("REJECTED");
      lab.keepHistory("approval/2", "Approval", "rejected-by-signal");
    }
  }

  @Test
  void endsWhenItIsWithdrawn() {
    try (WorkflowLab lab = new WorkflowLab()) {
      lab.world.standings.add(FakeWorld.pending(null));
      ApprovalWorkflow approval = started(lab, "approval/3");
      approval.withdraw(new ApprovalWorkflow.Withdrawal("client", "proof"));
      assertThat(outcome(approval)).isEqualTo("WITHDRAWN");
      lab.keepHistory("approval/3", "Approval", "withdrawn");
    }
  }

  @Test
  void looksAgainWhenItIsToldTo() {
    try (WorkflowLab lab = new WorkflowLab()) {
      lab.world.standings.add(FakeWorld.pending(null));
      lab.world.standings.add(FakeWorld.ended("APPROVED"));
      ApprovalWorkflow approval = started(lab, "approval/4");
      approval.nudge();
      assertThat(outcome(approval)).isEqualTo("APPROVED");
      lab.keepHistory("approval/4", "Approval", "decided-elsewhere");
    }
  }

  @Test
  void wakesAtEachMomentThatTimeBringsSomething() {
    try (WorkflowLab lab = new WorkflowLab()) {
      Instant now = Instant.ofEpochMilli(lab.temporal.currentTimeMillis());
      lab.world.standings.add(FakeWorld.pending(now.plus(Duration.ofDays(1))));
      lab.world.standings.add(FakeWorld.pending(now.plus(Duration.ofDays(20))));
      lab.world.standings.add(FakeWorld.ended("EXPIRED"));
      ApprovalWorkflow approval = started(lab, "approval/5");
      assertThat(outcome(approval)).isEqualTo("EXPIRED");
      assertThat(lab.world.log).containsExactly("tick", "tick", "tick");
      assertThat(lab.temporal.currentTimeMillis())
          .isGreaterThanOrEqualTo(now.plus(Duration.ofDays(20)).toEpochMilli());
      lab.keepHistory("approval/5", "Approval", "expired");
    }
  }

  @Test
  void refusesEachWrongDecisionWithAProblemOfItsOwn() {
    try (WorkflowLab lab = new WorkflowLab()) {
      lab.world.standings.add(FakeWorld.pending(null));
      ApprovalWorkflow approval = started(lab, "approval/6");
      assertRefused(approval, decision("approver", "perhaps", "hash"), "INVALID");
      assertRefused(approval, decision("approver", "approve", "other"), "PLAN_CHANGED");
      assertRefused(approval, decision("client", "approve", "hash"), "OWN_REQUEST");
      lab.world.refusal = "NOT_ASKED";
      assertRefused(approval, decision("stranger", "approve", "hash"), "NOT_ASKED");
      lab.world.refusal = null;
      approval.decide(decision("approver", "approve", "hash"));
      assertThat(outcome(approval)).isEqualTo("APPROVED");
      lab.keepHistory("approval/6", "Approval", "refused-then-approved");
    }
  }

  private static void assertRefused(
      ApprovalWorkflow approval, ApprovalWorkflow.Decision decision, String type) {
    assertThatThrownBy(() -> approval.decide(decision))
        .isInstanceOf(WorkflowUpdateException.class)
        .cause()
        .isInstanceOfSatisfying(
            ApplicationFailure.class, failure -> assertThat(failure.getType()).isEqualTo(type));
  }

  /** What a signal said and was not believed is in the details of the run, which waits on. */
  @Test
  void waitsOnAfterASignalThatWasRefused() {
    try (WorkflowLab lab = new WorkflowLab()) {
      lab.world.standings.add(FakeWorld.pending(null));
      ApprovalWorkflow approval = started(lab, "approval/8");
      approval.decideSignal(
          new ApprovalWorkflow.Decision("approver", "approve", null, "hash", null));
      approval.decideSignal(decision("approver", "perhaps", "hash"));
      lab.world.refusal = "UNAUTHENTICATED";
      approval.decideSignal(decision("approver", "approve", "hash"));
      lab.temporal.sleep(Duration.ofMinutes(1));
      lab.world.refusal = null;
      approval.decideSignal(decision("approver", "approve", "hash"));
      assertThat(outcome(approval)).isEqualTo("APPROVED");
      assertThat(lab.world.log.stream().filter(l -> l.startsWith("refused "))).hasSize(2);
      lab.keepHistory("approval/8", "Approval", "refused-signal");
    }
  }

  @Test
  void staysSmallHoweverLongItWaits() {
    try (WorkflowLab lab = new WorkflowLab()) {
      lab.world.standings.add(FakeWorld.pending(null));
      ApprovalWorkflow approval = started(lab, "approval/7");
      // A look a day, for most of a year, in several runs.
      lab.temporal.sleep(Duration.ofDays(305));
      lab.world.standings.clear();
      lab.world.standings.add(FakeWorld.ended("EXPIRED"));
      approval.nudge();
      assertThat(outcome(approval)).isEqualTo("EXPIRED");
      assertThat(lab.world.log.size()).isGreaterThan(300);
      assertThat(lab.temporal.getWorkflowClient().fetchHistory("approval/7").getEvents().size())
          .isLessThan(1_500);
      lab.keepHistory("approval/7", "Approval", "continued-as-new");
    }
  }
}
