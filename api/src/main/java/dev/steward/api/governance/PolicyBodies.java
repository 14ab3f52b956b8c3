package dev.steward.api.governance;

import dev.steward.api.Rule;
import dev.steward.model.ApprovalGroup;
import dev.steward.model.Policy;
import dev.steward.model.Role;
import dev.steward.model.Window;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Policies as callers write them. */
public final class PolicyBodies {
  private PolicyBodies() {}

  /**
   * @param version the version that this one follows; a later one makes it a conflict
   */
  public record PolicyBody(
      @Rule(min = 1, max = 100) String name,
      @Rule(max = 1_000) @Nullable String description,
      @Nullable Boolean enabled,
      @Rule(max = 100) List<RuleBody> rules,
      @Nullable Integer version) {}

  public record RuleBody(
      @Rule(min = 1, max = 100) String name,
      @Rule(min = 1, max = 2_000) String when,
      Policy.Effect effect,
      @Rule(max = 500) @Nullable String reason,
      @Nullable Instant until,
      @Nullable TermsBody approval,
      @Nullable Integer graceHours,
      @Rule(max = 20) @Nullable List<WindowBody> windows,
      @Nullable CapsBody caps,
      Policy.@Nullable OnFailure onFailure,
      @Nullable Integer undoDays,
      @Nullable Boolean allowManaged) {
    Policy.Rule rule() {
      return new Policy.Rule(
          name,
          when,
          effect,
          reason,
          until,
          approval == null ? null : approval.terms(),
          graceHours,
          windows == null ? List.of() : windows.stream().map(WindowBody::window).toList(),
          caps == null ? null : new Policy.Caps(caps.perDay(), caps.percent(), caps.monthly()),
          onFailure,
          undoDays,
          allowManaged);
    }
  }

  public record TermsBody(
      @Rule(max = 10) @Nullable List<GroupBody> groups,
      @Nullable Integer expiresHours,
      @Nullable Integer remindHours,
      @Nullable Integer escalateHours,
      @Nullable GroupBody escalateTo,
      @Nullable Boolean requesterMayApprove) {
    Policy.Terms terms() {
      return new Policy.Terms(
          groups == null ? List.of() : groups.stream().map(GroupBody::group).toList(),
          expiresHours,
          remindHours,
          escalateHours,
          escalateTo == null ? null : escalateTo.group(),
          requesterMayApprove);
    }
  }

  public record GroupBody(
      @Rule(min = 1, max = 100) String name,
      @Rule(max = 3) @Nullable List<Role> roles,
      @Rule(max = 100) @Nullable List<String> users,
      @Nullable Integer quorum) {
    ApprovalGroup group() {
      return new ApprovalGroup(
          name,
          roles == null ? List.of() : roles,
          users == null ? List.of() : users,
          quorum == null ? 1 : quorum);
    }
  }

  public record WindowBody(
      @Rule(max = 7) @Nullable List<DayOfWeek> days,
      @Rule(min = 4, max = 8) String from,
      @Rule(min = 4, max = 8) String to,
      @Rule(min = 1, max = 60) String zone) {
    Window window() {
      return new Window(days == null ? List.of() : days, from, to, zone);
    }
  }

  public record CapsBody(
      @Nullable Integer perDay, @Nullable Double percent, @Nullable Double monthly) {}

  static List<Policy.Rule> rules(PolicyBody body) {
    return body.rules().stream().map(RuleBody::rule).toList();
  }
}
