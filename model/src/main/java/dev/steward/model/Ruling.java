package dev.steward.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the policies came to for a plan. It is kept with the change, so that a policy that changes
 * later changes nothing about what was asked under it.
 *
 * @param effect the most restrictive of all
 * @param reasons which rule of which version said what of which step
 * @param groups each must reach its quorum
 * @param windows every list must have an open window
 * @param caps each must hold, when the change is submitted and again before each step
 */
public record Ruling(
    Policy.Effect effect,
    List<Reason> reasons,
    List<ApprovalGroup> groups,
    int expiresHours,
    int remindHours,
    int escalateHours,
    @Nullable ApprovalGroup escalateTo,
    boolean requesterMayApprove,
    int graceHours,
    List<List<Window>> windows,
    List<Policy.Caps> caps,
    Policy.OnFailure onFailure,
    int undoDays) {
  /**
   * @param policy null for what holds without a policy
   * @param step the number of the step; 0 for the whole plan
   */
  public record Reason(
      @Nullable PolicyId policy,
      @Nullable String policyName,
      int version,
      String rule,
      int step,
      Policy.Effect effect,
      String why) {}

  public Ruling {
    reasons = List.copyOf(reasons);
    groups = List.copyOf(groups);
    windows = List.copyOf(windows);
    caps = List.copyOf(caps);
  }
}
