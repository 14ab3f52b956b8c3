package dev.steward.model;

import java.util.List;

/**
 * People of whom some must agree.
 *
 * @param roles whoever has one of them belongs to it
 * @param users user names that belong to it, whatever their roles
 * @param quorum how many of them must approve
 */
public record ApprovalGroup(String name, List<Role> roles, List<String> users, int quorum) {
  public ApprovalGroup {
    roles = List.copyOf(roles);
    users = List.copyOf(users);
  }

  /** Who decides where no policy says anything. */
  public static ApprovalGroup oneApprover() {
    return new ApprovalGroup("approvers", List.of(Role.APPROVER), List.of(), 1);
  }
}
