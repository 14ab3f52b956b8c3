package dev.steward.workflows.approvals;

import dev.steward.model.job.Jobs.ApprovalRef;
import dev.steward.workflows.Attributes;
import dev.steward.workflows.Calls;
import dev.steward.workflows.RefusedMessages;
import dev.steward.workflows.approvals.ApprovalActivities.Ballot;
import dev.steward.workflows.approvals.ApprovalActivities.Standing;
import dev.steward.workflows.approvals.ApprovalActivities.Verdict;
import dev.steward.workflows.approvals.ApprovalActivities.Withdraw;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

public final class ApprovalWorkflowImpl implements ApprovalWorkflow {
  /** A year of daily reminders stays a small history. */
  private static final int ROUNDS = 100;

  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final int LONGEST_COMMENT = 2_000;
  private static final List<String> ANSWERS = List.of("approve", "reject");

  private final ApprovalActivities store = Calls.store(ApprovalActivities.class);
  private final ApprovalRef input;
  private Standing standing = new Standing(true, "PENDING", "", "", "", true, "", null, List.of());
  private final RefusedMessages refusals = new RefusedMessages();
  private boolean nudged;

  @WorkflowInit
  public ApprovalWorkflowImpl(ApprovalRef input) {
    this.input = input;
  }

  @Override
  public Outcome keep(ApprovalRef same) {
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
    details();
  }

  private void details() {
    Workflow.setCurrentDetails(
        "**"
            + standing.status()
            + "**: "
            + standing.title()
            + "\n\nplan "
            + standing.planHash()
            + "\n\ndecided: "
            + (standing.decided().isEmpty() ? "nobody" : String.join(", ", standing.decided()))
            + refusals.text());
  }

  /** Refuses at once what is known to be wrong; the store has the last word. */
  @Override
  public void validateDecide(@Nullable Decision decision) {
    Optional<ApplicationFailure> why = refusal(decision);
    if (why.isPresent()) throw why.get();
  }

  private Optional<ApplicationFailure> refusal(@Nullable Decision decision) {
    if (decision == null) return refused("INVALID", RefusedMessages.UNREADABLE);
    List<String> wrong = new ArrayList<>();
    RefusedMessages.required(wrong, "by", decision.by());
    RefusedMessages.required(wrong, "answer", decision.answer());
    RefusedMessages.required(wrong, "plan_hash", decision.planHash());
    RefusedMessages.required(wrong, "token", decision.token());
    String comment = decision.comment();
    if (comment != null && comment.length() > LONGEST_COMMENT)
      wrong.add("comment has at most " + LONGEST_COMMENT + " characters");
    if (decision.answer() != null && !ANSWERS.contains(decision.answer()))
      wrong.add("answer must be approve or reject");
    if (!wrong.isEmpty()) return refused("INVALID", String.join("; ", wrong));
    if (!standing.open())
      return refused(
          standing.expired() ? "APPROVAL_EXPIRED" : "ALREADY_DECIDED", "it was decided already");
    if (standing.decided().contains(decision.by()))
      return refused("REPEATED_DECISION", "you have decided already");
    if (!standing.planHash().isEmpty() && !standing.planHash().equals(decision.planHash()))
      return refused("PLAN_CHANGED", "the decision names another plan");
    if (standing.requester().equals(decision.by()) && !standing.requesterMayApprove())
      return refused("OWN_REQUEST", "nobody decides about their own request");
    return Optional.empty();
  }

  private static Optional<ApplicationFailure> refused(String type, String why) {
    return Optional.of(ApplicationFailure.newNonRetryableFailure(why, type));
  }

  @Override
  public Decided decide(@Nullable Decision decision) {
    Verdict verdict = vote(decision, null);
    if (verdict.refusal() != null)
      throw ApplicationFailure.newNonRetryableFailure(verdict.detail(), verdict.refusal());
    return new Decided(verdict.standing().status());
  }

  private Verdict vote(@Nullable Decision decision, @Nullable String refusal) {
    Verdict verdict = store.decide(new Ballot(input, decision, refusal));
    standing = verdict.standing();
    nudged = true;
    return verdict;
  }

  /** The same checks as an update's; who sent it reads in the details why it was not taken. */
  @Override
  public void decideSignal(@Nullable Decision decision) {
    String wrong =
        refusal(decision).map(f -> f.getType() + ": " + f.getOriginalMessage()).orElse(null);
    Verdict verdict = vote(decision, wrong);
    if (verdict.refusal() != null) refusals.add(verdict.refusal() + ": " + verdict.detail());
    details();
  }

  @Override
  public void withdraw(@Nullable Withdrawal withdrawal) {
    String by = withdrawal == null ? null : withdrawal.by();
    standing = store.withdraw(new Withdraw(input, by, withdrawal));
    if (standing.open()) refusals.add("a withdrawal without a proof of who asks for it");
    nudged = true;
    details();
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
