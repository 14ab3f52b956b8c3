package dev.steward.activities.governance;

import dev.steward.governance.desk.ApprovalDesk;
import dev.steward.model.Approval;
import dev.steward.model.Approval.Answer;
import dev.steward.model.Approval.Status;
import dev.steward.model.Problem;
import dev.steward.model.ProblemException;
import dev.steward.model.Risk;
import dev.steward.model.User;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import dev.steward.workflows.approvals.ApprovalActivities;
import java.util.List;
import java.util.Optional;

/** Keeps the time of approvals, and takes decisions that come through Temporal. */
public final class StoreApprovalActivities implements ApprovalActivities {
  private static final Standing GONE =
      new Standing(false, "GONE", "", "", "", false, "", null, List.of());
  private static final String TEMPORAL = "temporal";
  private final Store store;
  private final ApprovalDesk approvals;

  public StoreApprovalActivities(Store store, ApprovalDesk approvals) {
    this.store = store;
    this.approvals = approvals;
  }

  @Override
  public Standing tick(dev.steward.workflows.approvals.Approval.Input input) {
    return store.write(t -> find(t, input).map(a -> standing(approvals.tick(t, a))).orElse(GONE));
  }

  private static Optional<Approval> find(
      Transaction t, dev.steward.workflows.approvals.Approval.Input input) {
    return t.find(Tables.APPROVALS, input.approval().value())
        .filter(a -> a.organization().equals(input.organization()));
  }

  @Override
  public Verdict decide(Ballot ballot) {
    try {
      return store.write(t -> {
        Approval approval = find(t, ballot.input()).orElseThrow(() -> Problem.notFound("approval"));
        User user = user(t, approval, ballot.decision().by());
        if (isTaken(approval, user, ballot.decision()))
          return new Verdict(null, "", standing(approval));
        String comment = ballot.decision().comment();
        Approval decided =
            approvals.decide(
                t,
                approval,
                user,
                ballot.decision().answer().equals("approve") ? Answer.APPROVE : Answer.REJECT,
                comment == null ? "" : comment,
                ballot.decision().planHash(),
                TEMPORAL);
        return new Verdict(null, "", standing(decided));
      });
    } catch (ProblemException refused) {
      return new Verdict(
          refused.problem().type().name(),
          refused.problem().detail(),
          store
              .state()
              .find(Tables.APPROVALS, ballot.input().approval().value())
              .map(StoreApprovalActivities::standing)
              .orElse(GONE));
    }
  }

  /**
   * A local activity runs again when the answer of its workflow task was lost; what it did the
   * first time was done. A person who repeats themselves is refused before, by the update's
   * validator.
   */
  private static boolean isTaken(
      Approval approval, User user, dev.steward.workflows.approvals.Approval.Decision decision) {
    return approval.decisions().stream()
        .anyMatch(d ->
            d.user().equals(user.id())
                && d.channel().equals(TEMPORAL)
                && d.planHash().equals(decision.planHash())
                && d.answer().name().equalsIgnoreCase(decision.answer()));
  }

  /** Whoever decides through Temporal names a user, who must be one of those who are asked. */
  private static User user(Transaction t, Approval approval, String name) {
    return ApprovalDesk.member(t.state(), approval.organization(), name)
        .orElseThrow(() ->
            Problem.of(
                Problem.Type.NOT_ASKED, "there is no user " + name + " in its organization"));
  }

  @Override
  public Standing withdraw(Withdraw withdraw) {
    return store.write(t ->
        find(t, withdraw.input())
            .map(a -> standing(approvals.withdraw(t, a, withdraw.by())))
            .orElse(GONE));
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
