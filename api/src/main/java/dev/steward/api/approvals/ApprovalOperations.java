package dev.steward.api.approvals;

import static dev.steward.api.Operation.on;

import dev.steward.api.Access;
import dev.steward.api.Invocation;
import dev.steward.api.ListFilter;
import dev.steward.api.Operation;
import dev.steward.api.QueryParameter;
import dev.steward.api.Request;
import dev.steward.api.Rule;
import dev.steward.api.Sorts;
import dev.steward.api.governance.ChangeViews;
import dev.steward.domain.governance.approval.Ballot;
import dev.steward.domain.governance.desk.ApprovalDesk;
import dev.steward.model.Approval;
import dev.steward.model.Approval.Answer;
import dev.steward.model.Approval.Status;
import dev.steward.model.ApprovalGroup;
import dev.steward.model.Problem;
import dev.steward.model.Risk;
import dev.steward.model.Role;
import dev.steward.model.User;
import dev.steward.model.Violation;
import dev.steward.storage.Own;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The inbox of those who decide. */
public final class ApprovalOperations {
  private static final Access DECIDE = Access.roles(Role.APPROVER);
  private final Store store;
  private final ApprovalDesk desk;

  public ApprovalOperations(Store store, ApprovalDesk desk) {
    this.store = store;
    this.desk = desk;
  }

  /**
   * @param planHash what was read; another plan than that is not approved by it
   */
  public record DecisionBody(
      @Rule(max = 2_000) @Nullable String comment,
      @Rule(pattern = "[0-9a-f]{64}", message = "must be the plan's SHA-256", max = 64)
          String planHash) {}

  public record DelegationBody(
      @Rule(min = 1, max = 100) String to, @Rule(max = 2_000) @Nullable String comment) {}

  public record CommentBody(@Rule(min = 1, max = 2_000) String comment) {}

  /**
   * @param mayDecide whether the caller's decision would be taken
   * @param change the plan, where it is about a change
   */
  public record ApprovalView(
      String id,
      String kind,
      String subject,
      String title,
      String planHash,
      String requester,
      Risk risk,
      Status status,
      @Nullable String reason,
      boolean mayDecide,
      boolean requesterMayApprove,
      List<GroupView> groups,
      List<String> policies,
      Instant requestedAt,
      Instant expiresAt,
      @Nullable Instant escalateAt,
      boolean escalated,
      @Nullable Instant decidedAt,
      List<Approval.Decision> decisions,
      List<Approval.Delegation> delegations,
      List<Approval.Comment> comments,
      ChangeViews.@Nullable ChangeView change) {}

  /**
   * @param approved how many have approved so far
   */
  public record GroupView(
      String name, List<Role> roles, List<String> users, int quorum, int approved) {}

  /** The same without what makes it long. */
  public record ApprovalLine(
      String id,
      String kind,
      String subject,
      String title,
      String planHash,
      String requester,
      Risk risk,
      Status status,
      boolean mayDecide,
      int decisions,
      Instant requestedAt,
      Instant expiresAt,
      @Nullable Instant decidedAt) {}

  /** Which of the questions are listed. */
  public enum Inbox {
    PENDING,
    MINE,
    REQUESTED,
    DECIDED
  }

  private static final QueryParameter<Inbox> FILTER =
      QueryParameter.constant("filter", Inbox.class).otherwise(Inbox.PENDING);
  private static final QueryParameter<String> KIND =
      QueryParameter.oneOf("kind", List.of("change", "promotion"));
  private static final Sorts<Approval> SORTS =
      Sorts.<Approval>of(Approval::id)
          .time("expires_at", a -> a.timing().expiresAt())
          .time("decided_at", a -> a.decidedAt() == null ? a.requestedAt() : a.decidedAt())
          .time("requested_at", Approval::requestedAt)
          .constant("risk", Approval::risk)
          .text("title", Approval::title)
          .first(
              call ->
                  switch (call.get(FILTER)) {
                    case PENDING, MINE -> "expires_at";
                    case REQUESTED, DECIDED -> "-decided_at";
                  },
              "expires_at where it is left out, and -decided_at where filter is requested or decided;"
                  + " what is not decided counts as when it was requested");

  public List<Operation<?, ?>> operations() {
    return List.of(
        on("GET", "/approvals", "approvals", DECIDE, "The inbox, the most urgent first")
            .reads(FILTER)
            .list(
                ApprovalLine.class,
                SORTS,
                ListFilter.by(KIND, (a, kind) -> kind.equals(a.kind().word())))
            .pagedTo(ApprovalOperations::inbox, ApprovalOperations::line),
        on("GET", "/approvals/{id}", "approvals", DECIDE, "A question with its plan and history")
            .gives(ApprovalView.class)
            .refuses(404)
            .answers(call -> view(call.own(), call, find(call.own(), call))),
        decision("approve", Answer.APPROVE, "Approve exactly the plan that was read"),
        decision("reject", Answer.REJECT, "Reject it; one rejection is enough"),
        on("POST", "/approvals/{id}/delegate", "approvals", DECIDE, "Hand one's seat to somebody")
            .about(this::expireIfLate)
            .takes(DelegationBody.class)
            .gives(ApprovalView.class)
            .refuses(404, 409)
            .once(this::delegate),
        on("POST", "/approvals/{id}/comment", "approvals", DECIDE, "Say something")
            .about(request -> find(request.own(), request))
            .takes(CommentBody.class)
            .gives(ApprovalView.class)
            .refuses(404)
            .once((call, t) ->
                view(
                    call.own(t),
                    call,
                    desk.comment(
                        t,
                        find(call.own(t), call),
                        call.user(call.own(t)),
                        call.body().comment()))));
  }

  private Operation<?, ?> decision(String name, Answer answer, String summary) {
    return on("POST", "/approvals/{id}/" + name, "approvals", DECIDE, summary)
        .about(this::expireIfLate)
        .takes(DecisionBody.class)
        .gives(ApprovalView.class)
        .refuses(404, 409)
        .once((call, t) -> decide(call, t, answer));
  }

  private static Approval find(Own own, Request request) {
    return own.get(Tables.APPROVALS, request.path("id"));
  }

  /** In a write of its own: that the decision is refused undoes what came with it. */
  private void expireIfLate(Request request) {
    if (desk.isLate(find(request.own(), request)))
      store.write(t -> desk.expire(t, find(request.own(t), request)));
  }

  private ApprovalView decide(Invocation<DecisionBody> call, Transaction t, Answer answer) {
    DecisionBody body = call.body();
    Own own = call.own(t);
    Approval decided =
        desk.decide(
            t,
            find(own, call),
            call.user(own),
            answer,
            body.comment() == null ? "" : body.comment(),
            body.planHash(),
            "rest");
    return view(call.own(t), call, decided);
  }

  private ApprovalView delegate(Invocation<DelegationBody> call, Transaction t) {
    DelegationBody body = call.body();
    User to =
        ApprovalDesk.member(t.state(), call.organization(), body.to())
            .orElseThrow(
                () -> Problem.invalid(List.of(new Violation("to", "there is no such user"))));
    // Whoever is handed a seat must be able to get at it.
    if (!to.roles().contains(Role.APPROVER))
      throw Problem.invalid(List.of(new Violation("to", "must have the role approver")));
    Own own = call.own(t);
    Approval delegated =
        desk.delegate(
            t, find(own, call), call.user(own), to, body.comment() == null ? "" : body.comment());
    return view(call.own(t), call, delegated);
  }

  private static Stream<Approval> inbox(Own own, Invocation<?> call) {
    User me = call.user(own);
    Stream<Approval> pending =
        own.where(Tables.APPROVALS, "status", Tables.approvals(own.organization(), Status.PENDING));
    return switch (call.get(FILTER)) {
      case PENDING -> pending;
      case MINE -> {
        Ballot ballot = ApprovalDesk.ballot(own.state());
        yield pending.filter(a -> ballot.isAsked(a, me));
      }
      case REQUESTED -> own.all(Tables.APPROVALS).filter(a -> a.requestedBy().equals(me.id()));
      case DECIDED -> own.all(Tables.APPROVALS).filter(a -> a.status() != Status.PENDING);
    };
  }

  private static ApprovalLine line(Own own, Invocation<?> call, Approval a) {
    return line(a, ApprovalDesk.ballot(own.state()).isAsked(a, call.user(own)));
  }

  private static ApprovalLine line(Approval a, boolean mayDecide) {
    return new ApprovalLine(
        a.id().value(),
        a.kind().word(),
        a.subject(),
        a.title(),
        a.planHash(),
        a.requester(),
        a.risk(),
        a.status(),
        mayDecide,
        a.decisions().size(),
        a.requestedAt(),
        a.timing().expiresAt(),
        a.decidedAt());
  }

  private static ApprovalView view(Own own, Request request, Approval a) {
    return new ApprovalView(
        a.id().value(),
        a.kind().word(),
        a.subject(),
        a.title(),
        a.planHash(),
        a.requester(),
        a.risk(),
        a.status(),
        a.reason(),
        ApprovalDesk.ballot(own.state()).isAsked(a, request.user(own)),
        a.requesterMayApprove(),
        a.groups().stream().map(g -> group(a, g)).toList(),
        a.policies(),
        a.requestedAt(),
        a.timing().expiresAt(),
        a.timing().escalateAt(),
        a.timing().escalated(),
        a.decidedAt(),
        a.decisions(),
        a.delegations(),
        a.comments(),
        a.kind() == Approval.Kind.CHANGE
            ? own.find(Tables.CHANGES, a.subject()).map(ChangeViews::view).orElse(null)
            : null);
  }

  private static GroupView group(Approval a, ApprovalGroup g) {
    int approved =
        (int)
            a.decisions().stream()
                .filter(d -> d.answer() == Answer.APPROVE && d.groups().contains(g.name()))
                .count();
    return new GroupView(g.name(), g.roles(), g.users(), g.quorum(), approved);
  }
}
