package dev.steward.workflows.approvals;

import dev.steward.model.ApprovalId;
import dev.steward.model.OrganizationId;
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
public interface Approval {
  record Input(ApprovalId approval, OrganizationId organization) {}

  /**
   * @param status APPROVED, REJECTED, EXPIRED or WITHDRAWN; GONE when there is no such question
   */
  record Outcome(String status) {}

  @WorkflowMethod(name = "Approval")
  Outcome keep(Input input);

  /**
   * What somebody says.
   *
   * @param by their user name
   * @param answer approve or reject
   * @param planHash what they have read
   */
  record Decision(String by, String answer, @Nullable String comment, String planHash) {}

  record Decided(String status) {}

  /**
   * Fails with the problem's type (e.g. OWN_REQUEST, ALREADY_DECIDED) where the decision is
   * refused.
   */
  @UpdateMethod(name = "decide")
  Decided decide(Decision decision);

  @UpdateValidatorMethod(updateName = "decide")
  void validateDecide(Decision decision);

  /** The same, without an answer. */
  @SignalMethod(name = "decideSignal")
  void decideSignal(Decision decision);

  record Withdrawal(String by) {}

  @SignalMethod(name = "withdraw")
  void withdraw(Withdrawal withdrawal);

  /** Something has changed in the store. */
  @SignalMethod(name = "nudge")
  void nudge();

  @QueryMethod(name = "standing")
  ApprovalActivities.Standing standing();
}
