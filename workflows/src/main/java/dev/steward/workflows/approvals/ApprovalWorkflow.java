package dev.steward.workflows.approvals;

import dev.steward.model.job.Jobs.ApprovalRef;
import dev.steward.workflows.FromOutside;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the time of a question to people: reminders, escalation, expiry. Decisions are taken by the
 * store, from whichever door they come; here is the door of Temporal's own tools.
 */
@WorkflowInterface
public interface ApprovalWorkflow {

  /**
   * @param status APPROVED, REJECTED, EXPIRED or WITHDRAWN; GONE when there is no such question
   */
  record Outcome(String status) {}

  @WorkflowMethod(name = "Approval")
  Outcome keep(ApprovalRef input);

  /**
   * What somebody says.
   *
   * @param by their user name
   * @param answer approve or reject
   * @param planHash what they have read
   * @param token what proves that it is they, from {@code POST /approvals/{id}/temporal-token}
   */
  @FromOutside
  record Decision(
      @Nullable String by,
      @Nullable String answer,
      @Nullable String comment,
      @Nullable String planHash,
      @Nullable String token) {
    @Override
    public String toString() {
      return "Decision[by=" + by + ", answer=" + answer + ", planHash=" + planHash + "]";
    }
  }

  record Decided(String status) {}

  /**
   * Fails with the problem's type (e.g. OWN_REQUEST, ALREADY_DECIDED) where the decision is
   * refused.
   */
  @UpdateMethod(name = "decide")
  Decided decide(@Nullable Decision decision);

  @UpdateValidatorMethod(updateName = "decide")
  void validateDecide(@Nullable Decision decision);

  /** The same, without an answer: a refusal is told by the details of the run and the audit. */
  @SignalMethod(name = "decideSignal")
  void decideSignal(@Nullable Decision decision);

  /**
   * The question is taken back.
   *
   * @param by who asked it
   * @param token what proves that it is they, from {@code POST /approvals/{id}/temporal-token}
   */
  @FromOutside
  record Withdrawal(@Nullable String by, @Nullable String token) {
    @Override
    public String toString() {
      return "Withdrawal[by=" + by + "]";
    }
  }

  @SignalMethod(name = "withdraw")
  void withdraw(@Nullable Withdrawal withdrawal);

  /** Something has changed in the store. */
  @SignalMethod(name = "nudge")
  void nudge();

  @QueryMethod(name = "standing")
  ApprovalActivities.Standing standing();
}
