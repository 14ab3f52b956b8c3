package dev.steward.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A version of an organization's policy. Rules of all policies are asked about each step of a plan;
 * the most restrictive answer wins.
 *
 * @param version 1, 2, …; an older version is never changed
 */
public record Policy(
    PolicyId id,
    OrganizationId organization,
    int version,
    String name,
    String description,
    boolean enabled,
    List<Rule> rules,
    String author,
    Instant at) {
  /** What a rule says of a step that it matches, from the mildest to the most restrictive. */
  public enum Effect {
    /** It only adds terms: grace, windows, caps. */
    TERMS,
    AUTO_APPROVE,
    REQUIRE_APPROVAL,
    /** The resource is left alone until a date. */
    EXEMPT,
    DENY
  }

  /** What becomes of the steps that are left when one has failed, from mild to strict. */
  public enum OnFailure {
    CONTINUE,
    STOP,
    UNDO_ALL
  }

  /**
   * @param when a CEL expression over finding, resource, account, plan, step and time
   * @param until for EXEMPT: when it ends
   * @param allowManaged lets a step act on what another service looks after; without a matching
   *     rule that says so it is refused
   * @param windows the step runs only while one of them is open; none means any time
   */
  public record Rule(
      String name,
      String when,
      Effect effect,
      @Nullable String reason,
      @Nullable Instant until,
      @Nullable Terms approval,
      @Nullable Integer graceHours,
      List<Window> windows,
      @Nullable Caps caps,
      @Nullable OnFailure onFailure,
      @Nullable Integer undoDays,
      @Nullable Boolean allowManaged) {
    public Rule {
      windows = windows == null ? List.of() : List.copyOf(windows);
    }
  }

  /**
   * How an approval goes.
   *
   * @param escalateTo a second group that may decide too once the first was silent for so long
   * @param requesterMayApprove never holds for a plan of high risk
   */
  public record Terms(
      List<ApprovalGroup> groups,
      @Nullable Integer expiresHours,
      @Nullable Integer remindHours,
      @Nullable Integer escalateHours,
      @Nullable ApprovalGroup escalateTo,
      @Nullable Boolean requesterMayApprove) {
    public Terms {
      groups = groups == null ? List.of() : List.copyOf(groups);
    }
  }

  /**
   * How much may happen.
   *
   * @param perDay resources of a kind in an account and a day (UTC)
   * @param percent of the kind's resources in the account and a day
   * @param monthly dollars a month that the plan may take away
   */
  public record Caps(
      @Nullable Integer perDay, @Nullable Double percent, @Nullable Double monthly) {}

  public Policy {
    rules = List.copyOf(rules);
  }

  /** The same with other rules, and in force whether it is or not. */
  public Policy trying(List<Rule> others) {
    return new Policy(id, organization, version, name, description, true, others, author, at);
  }

  public String versionKey() {
    return versionKey(id, version);
  }

  public static String versionKey(PolicyId id, int version) {
    return id.value() + "/" + String.format(java.util.Locale.ROOT, "%06d", version);
  }
}
