package dev.steward.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A question to people, and what they said.
 *
 * @param kind what it is about: {@code change}, {@code promotion}, …
 * @param subject its id
 * @param planHash what is approved, exactly; a decision names it
 * @param workflow the workflow that waits for the end and is told
 * @param policies the versions under which it was asked, for the reader
 * @param groups each must reach its quorum
 */
@Copied
public record Approval(
    ApprovalId id,
    OrganizationId organization,
    Kind kind,
    String subject,
    String title,
    String planHash,
    String workflow,
    UserId requestedBy,
    String requester,
    Risk risk,
    boolean requesterMayApprove,
    List<String> policies,
    List<ApprovalGroup> groups,
    Timing timing,
    Status status,
    @Nullable String reason,
    List<Decision> decisions,
    List<Delegation> delegations,
    List<Comment> comments,
    Instant requestedAt,
    @Nullable Instant decidedAt) {
  /** What is asked for. */
  public enum Kind {
    @JsonProperty("change")
    CHANGE,
    @JsonProperty("promotion")
    PROMOTION;

    /** As callers and rows have it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How it stands. Only APPROVED is a yes. */
  public enum Status {
    PENDING,
    APPROVED,
    REJECTED,
    EXPIRED,
    WITHDRAWN
  }

  /** What somebody said. */
  public enum Answer {
    APPROVE,
    REJECT
  }

  /**
   * @param remindHours between reminders; 0 for none
   * @param escalation who may decide too once the escalation is due
   */
  public record Timing(
      Instant expiresAt,
      int remindHours,
      @Nullable Instant remindedAt,
      @Nullable Instant escalateAt,
      @Nullable ApprovalGroup escalation,
      boolean escalated) {}

  /**
   * @param groups the groups that the decision counts for, by name
   * @param channel rest, temporal
   */
  public record Decision(
      UserId user,
      String username,
      Answer answer,
      String comment,
      String planHash,
      List<String> groups,
      String channel,
      Instant at) {
    public Decision {
      groups = List.copyOf(groups);
    }
  }

  /** A seat that was handed on. */
  public record Delegation(
      UserId from, String fromName, UserId to, String toName, String comment, Instant at) {}

  public record Comment(String username, String text, Instant at) {}

  public Approval {
    policies = List.copyOf(policies);
    groups = List.copyOf(groups);
    decisions = List.copyOf(decisions);
    delegations = List.copyOf(delegations);
    comments = List.copyOf(comments);
  }

  public Approval decided(Decision decision) {
    List<Decision> all = new ArrayList<>(decisions);
    all.add(decision);
    return ApprovalBuilder.builder(this).decisions(all).build();
  }

  public Approval delegated(Delegation delegation) {
    List<Delegation> all = new ArrayList<>(delegations);
    all.add(delegation);
    return ApprovalBuilder.builder(this).delegations(all).build();
  }

  public Approval commented(Comment comment) {
    List<Comment> all = new ArrayList<>(comments);
    all.add(comment);
    return ApprovalBuilder.builder(this).comments(all).build();
  }

  public Approval ended(Status how, @Nullable String why, Instant at) {
    return ApprovalBuilder.builder(this).status(how).reason(why).decidedAt(at).build();
  }

  public Approval with(Timing other) {
    return ApprovalBuilder.builder(this).timing(other).build();
  }
}
