package dev.steward.workflows.approvals;

import dev.steward.workflows.Attributes;
import dev.steward.workflows.Calls;
import dev.steward.workflows.approvals.ApprovalActivities.Ballot;
import dev.steward.workflows.approvals.ApprovalActivities.Standing;
import dev.steward.workflows.approvals.ApprovalActivities.Verdict;
import dev.steward.workflows.approvals.ApprovalActivities.Withdraw;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

public final class ApprovalImpl implements Approval {
  /** A year of daily reminders stays a small history. */
  private static final int ROUNDS = 100;

  private static final Duration SHORTEST = Duration.ofMillis(100);

  private final ApprovalActivities store = Calls.store(ApprovalActivities.class);
  private final Input input;
  private Standing standing = new Standing(true, "PENDING", "", "", "", true, "", null, List.of());
  private boolean nudged;

  @WorkflowInit
  public ApprovalImpl(Input input) {
    this.input = input;
  }

  @Override
  public Outcome keep(Input same) {
    for (int round = 0; ; round++) {
      // Before the look, so that what comes during it makes for another one.
      nudged = false;
      standing = store.tick(input);
      describe();
      if (!standing.open()) {
        Workflow.await(Workflow::isEveryHandlerFinished);
        return new Outcome(standing.status());
      }
      if (round >= ROUNDS || Workflow.getInfo().isContinueAsNewSuggested()) {
        Workflow.await(Workflow::isEveryHandlerFinished);
        Workflow.continueAsNew(input);
      }
      Workflow.await(untilNext(), () -> nudged);
    }
  }

  private Duration untilNext() {
    Instant next = standing.next();
    if (next == null) return Duration.ofDays(1);
    Duration left = Duration.between(Instant.ofEpochMilli(Workflow.currentTimeMillis()), next);
    return left.compareTo(SHORTEST) > 0 ? left : SHORTEST;
  }

  private void describe() {
    Workflow.upsertTypedSearchAttributes(
        Attributes.STAGE.valueSet(standing.status()),
        Attributes.RISK.valueSet(standing.risk()),
        Attributes.REQUESTED_BY.valueSet(standing.requester()));
    Workflow.setCurrentDetails(
        "**"
            + standing.status()
            + "**: "
            + standing.title()
            + "\n\nplan "
            + standing.planHash()
            + "\n\ndecided: "
            + (standing.decided().isEmpty() ? "nobody" : String.join(", ", standing.decided())));
  }

  /** Refuses at once what is known to be wrong; the store has the last word. */
  @Override
  public void validateDecide(Decision decision) {
    if (decision.by() == null || decision.planHash() == null || decision.answer() == null)
      throw refused("INVALID", "by, answer and plan_hash are required");
    if (!decision.answer().equals("approve") && !decision.answer().equals("reject"))
      throw refused("INVALID", "answer must be approve or reject");
    if (!standing.open())
      throw refused(
          standing.status().equals("EXPIRED") ? "APPROVAL_EXPIRED" : "ALREADY_DECIDED",
          "it was decided already");
    if (standing.decided().contains(decision.by()))
      throw refused("REPEATED_DECISION", "you have decided already");
    if (!standing.planHash().isEmpty() && !standing.planHash().equals(decision.planHash()))
      throw refused("PLAN_CHANGED", "the decision names another plan");
    if (standing.requester().equals(decision.by()) && !standing.requesterMayApprove())
      throw refused("OWN_REQUEST", "nobody decides about their own request");
  }

  private static ApplicationFailure refused(String type, String why) {
    return ApplicationFailure.newNonRetryableFailure(why, type);
  }

  @Override
  public Decided decide(Decision decision) {
    Verdict verdict = vote(decision);
    if (verdict.refusal() != null) throw refused(verdict.refusal(), verdict.detail());
    return new Decided(verdict.standing().status());
  }

  private Verdict vote(Decision decision) {
    Verdict verdict = store.decide(new Ballot(input, decision));
    standing = verdict.standing();
    nudged = true;
    return verdict;
  }

  @Override
  public void decideSignal(Decision decision) {
    Verdict verdict = vote(decision);
    if (verdict.refusal() != null)
      Workflow.getLogger(ApprovalImpl.class)
          .info("a decision by signal was refused: {}", verdict.refusal());
  }

  @Override
  public void withdraw(Withdrawal withdrawal) {
    standing = store.withdraw(new Withdraw(input, withdrawal.by()));
    nudged = true;
  }

  @Override
  public void nudge() {
    nudged = true;
  }

  @Override
  public Standing standing() {
    return standing;
  }
}
