package dev.steward.workflows.approvals;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an approval reads and writes. Local activities; each is one transaction. */
@ActivityInterface
public interface ApprovalActivities {
  /**
   * How a question stands.
   *
   * @param next when time brings something; null once it has ended
   * @param decided who has decided
   */
  record Standing(
      boolean open,
      String status,
      String title,
      String planHash,
      String requester,
      boolean requesterMayApprove,
      String risk,
      @Nullable Instant next,
      List<String> decided) {
    public Standing {
      decided = List.copyOf(decided);
    }
  }

  /** Does what is due (remind, escalate, expire), and says how it stands. */
  @ActivityMethod(name = "ApprovalTick")
  Standing tick(Approval.Input input);

  record Ballot(Approval.Input input, Approval.Decision decision) {}

  /**
   * @param refusal the problem's type; null when it was taken
   */
  record Verdict(@Nullable String refusal, String detail, Standing standing) {}

  @ActivityMethod(name = "ApprovalDecide")
  Verdict decide(Ballot ballot);

  record Withdraw(Approval.Input input, String by) {}

  @ActivityMethod(name = "ApprovalWithdraw")
  Standing withdraw(Withdraw withdraw);
}
