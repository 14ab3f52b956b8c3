package dev.steward.activities.governance;

import dev.steward.domain.governance.desk.ApprovalDesk;
import dev.steward.domain.governance.desk.TemporalDoor;
import dev.steward.domain.governance.desk.TemporalTokens;
import dev.steward.model.Approval;
import dev.steward.model.Approval.Answer;
import dev.steward.model.Approval.Status;
import dev.steward.model.Problem;
import dev.steward.model.ProblemException;
import dev.steward.model.Risk;
import dev.steward.model.User;
import dev.steward.model.job.Jobs;
import dev.steward.model.job.Jobs.ApprovalRef;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import dev.steward.workflows.approvals.ApprovalActivities;
import dev.steward.workflows.approvals.ApprovalWorkflow.Decision;
import dev.steward.workflows.approvals.ApprovalWorkflow.Withdrawal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps the time of approvals, and takes decisions that come through Temporal. */
public final class StoreApprovalActivities implements ApprovalActivities {
  private static final Standing GONE =
      new Standing(false, "GONE", "", "", "", false, "", null, List.of());
  private final Store store;
  private final ApprovalDesk approvals;
  private final TemporalDoor door;

  public StoreApprovalActivities(Store store, ApprovalDesk approvals, TemporalDoor door) {
    this.store = store;
    this.approvals = approvals;
    this.door = door;
  }

  @Override
  public Standing tick(ApprovalRef input) {
    return store.write(t -> find(t, input).map(a -> standing(approvals.tick(t, a))).orElse(GONE));
  }

  private static Optional<Approval> find(Transaction t, ApprovalRef input) {
    return t.own(input.organization()).find(Tables.APPROVALS, input.approval().value());
  }

  @Override
  public Verdict decide(Ballot ballot) {
    Decision decision = ballot.decision();
    if (decision == null || ballot.refusal() != null)
      return refused(ballot.input(), decision, "INVALID", String.valueOf(ballot.refusal()));
    try {
      return store.write(t -> decided(t, ballot.input(), decision));
    } catch (ProblemException refused) {
      Problem problem = refused.problem();
      return refused(ballot.input(), decision, problem.type().name(), problem.detail());
    }
  }

  private Verdict decided(Transaction t, ApprovalRef input, Decision decision) {
    Approval approval = find(t, input).orElseThrow(() -> Problem.notFound("approval"));
    String answer = String.valueOf(decision.answer());
    String planHash = String.valueOf(decision.planHash());
    // The proof names the plan that was read; whether it is still asked about, the ballot says.
    TemporalTokens.Proof proof =
        door.tokens()
            .redeem(
                t,
                approval.organization(),
                decision.by(),
                decision.token(),
                new TemporalTokens.Wish(
                    Jobs.APPROVAL.id(ApprovalRef.of(approval)), answer, planHash));
    if (isTaken(approval, proof.user(), decision)) return new Verdict(null, "", standing(approval));
    String comment = decision.comment();
    Approval decided =
        approvals.decide(
            t,
            approval,
            proof.user(),
            switch (answer) {
              case "approve" -> Answer.APPROVE;
              case "reject" -> Answer.REJECT;
              default -> throw Problem.of(Problem.Type.INVALID, "answer must be approve or reject");
            },
            comment == null ? "" : comment,
            planHash,
            ApprovalDesk.TEMPORAL);
    return new Verdict(null, "", standing(decided));
  }

  private Verdict refused(ApprovalRef input, @Nullable Decision decision, String type, String why) {
    return store.write(t -> {
      Optional<Approval> approval = find(t, input).map(a -> approvals.expire(t, a));
      approval.ifPresent(a ->
          door.refused(
              t,
              a.organization(),
              "approval.refused",
              a.id().value(),
              decision == null ? null : decision.by(),
              why));
      return new Verdict(type, why, approval.map(StoreApprovalActivities::standing).orElse(GONE));
    });
  }

  /**
   * A local activity runs again when the answer of its workflow task was lost; what it did the
   * first time was done. A person who repeats themselves is refused before, by the validator.
   */
  private static boolean isTaken(Approval approval, User user, Decision decision) {
    return approval.decisions().stream()
        .anyMatch(d ->
            d.user().equals(user.id())
                && d.channel().equals(ApprovalDesk.TEMPORAL)
                && d.planHash().equals(decision.planHash())
                && d.answer().name().equalsIgnoreCase(String.valueOf(decision.answer())));
  }

  @Override
  public Standing withdraw(Withdraw withdraw) {
    Withdrawal wish = withdraw.withdrawal();
    try {
      return store.write(t ->
          find(t, withdraw.input())
              .map(a -> standing(approvals.withdraw(t, a, requester(t, a, wish))))
              .orElse(GONE));
    } catch (ProblemException refused) {
      return refused(
              withdraw.input(),
              wish == null ? null : new Decision(wish.by(), null, null, null, null),
              "",
              refused.problem().detail())
          .standing();
    }
  }

  private String requester(Transaction t, Approval approval, @Nullable Withdrawal wish) {
    if (wish == null) throw Problem.of(Problem.Type.INVALID, "the withdrawal cannot be read");
    User user =
        door.tokens()
            .redeem(
                t,
                approval.organization(),
                wish.by(),
                wish.token(),
                new TemporalTokens.Wish(
                    Jobs.APPROVAL.id(ApprovalRef.of(approval)), "withdraw", approval.planHash()))
            .user();
    if (!user.id().equals(approval.requestedBy()))
      throw Problem.of(Problem.Type.FORBIDDEN, "who asked takes it back, and nobody else");
    return user.username();
  }

  private static Standing standing(Approval a) {
    return new Standing(
        a.status() == Status.PENDING,
        a.status().name(),
        a.title(),
        a.planHash(),
        a.requester(),
        a.requesterMayApprove() && a.risk() != Risk.HIGH,
        a.risk().name(),
        ApprovalDesk.due(a).orElse(null),
        a.decisions().stream().map(Approval.Decision::username).toList());
  }
}
