package dev.steward.workflows.approvals;

import dev.steward.model.Approval;
import dev.steward.model.job.Jobs.ApprovalRef;
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

    /** Nobody decided in time. */
    boolean expired() {
      return status.equals(Approval.Status.EXPIRED.name());
    }
  }

  /** Does what is due (remind, escalate, expire), and says how it stands. */
  @ActivityMethod(name = "ApprovalTick")
  Standing tick(ApprovalRef input);

  /**
   * @param decision null where it could not be read
   * @param refusal what the workflow already finds wrong with it
   */
  record Ballot(
      ApprovalRef input, ApprovalWorkflow.@Nullable Decision decision, @Nullable String refusal) {}

  /**
   * @param refusal the problem's type; null when it was taken
   */
  record Verdict(@Nullable String refusal, String detail, Standing standing) {}

  /** Asks for a proof of who decides, and writes down what it refuses. */
  @ActivityMethod(name = "ApprovalDecide")
  Verdict decide(Ballot ballot);

  /**
   * @param withdrawal null where it could not be read
   */
  record Withdraw(
      ApprovalRef input, @Nullable String by, ApprovalWorkflow.@Nullable Withdrawal withdrawal) {}

  @ActivityMethod(name = "ApprovalWithdraw")
  Standing withdraw(Withdraw withdraw);
}
