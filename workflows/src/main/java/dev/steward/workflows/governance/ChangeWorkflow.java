package dev.steward.workflows.governance;

import dev.steward.model.job.Jobs.ChangeRef;
import dev.steward.workflows.FromOutside;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import org.jspecify.annotations.Nullable;

/**
 * Carries a change out, from its submission until nothing of it can be undone or measured any more:
 * approval, grace, maintenance window, each step with a re-check before and a verification after,
 * undo, measurements. The store says what is next; here it is done.
 */
@WorkflowInterface
public interface ChangeWorkflow {

  /**
   * @param why how it ended
   */
  record Outcome(String why) {}

  @WorkflowMethod(name = "Change")
  Outcome carryOut(ChangeRef input);

  /**
   * @param by a user name
   * @param wish pause, resume, cancel or undo
   * @param token what proves that it is they, from {@code POST
   *     /governance/changes/{id}/temporal-token}
   */
  @FromOutside
  record Ask(@Nullable String by, @Nullable String wish, @Nullable String token) {
    @Override
    public String toString() {
      return "Ask[by=" + by + ", wish=" + wish + "]";
    }
  }

  record Asked(String status) {}

  /** Fails with the problem's type where it is not possible. */
  @UpdateMethod(name = "ask")
  Asked ask(@Nullable Ask ask);

  @UpdateValidatorMethod(updateName = "ask")
  void validateAsk(@Nullable Ask ask);

  /** The same, without an answer: a refusal is told by the details of the run and the audit. */
  @SignalMethod(name = "askSignal")
  void askSignal(@Nullable Ask ask);

  /** Something has changed in the store. */
  @SignalMethod(name = "nudge")
  void nudge();
}
