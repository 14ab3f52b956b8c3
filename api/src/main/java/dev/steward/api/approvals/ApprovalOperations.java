package dev.steward.api.approvals;

import static dev.steward.api.Operation.on;

import dev.steward.api.Access;
import dev.steward.api.Operation;
import dev.steward.api.Operation.Shape;
import dev.steward.api.PageOf;
import dev.steward.api.Reply;
import dev.steward.api.Request;
import dev.steward.api.Rule;
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
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
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

  public List<Operation> operations() {
    return List.of(
        on("GET", "/approvals", "approvals", DECIDE, "The inbox, the most urgent first")
            .gives(Shape.PAGE, ApprovalLine.class)
            .query("filter", "kind", "limit", "after")
            .handle(this::list),
        on("GET", "/approvals/{id}", "approvals", DECIDE, "A question with its plan and history")
            .gives(ApprovalView.class)
            .answers(200, 404)
            .handle(r -> Reply.ok(view(r.own(), r, find(r.own(), r)))),
        decision("approve", Answer.APPROVE, "Approve exactly the plan that was read"),
        decision("reject", Answer.REJECT, "Reject it; one rejection is enough"),
        on("POST", "/approvals/{id}/delegate", "approvals", DECIDE, "Hand one's seat to somebody")
            .takes(DelegationBody.class)
            .gives(ApprovalView.class)
            .answers(200, 403, 404, 409)
            .handle(this::delegate),
        on("POST", "/approvals/{id}/comment", "approvals", DECIDE, "Say something")
            .takes(CommentBody.class)
            .gives(ApprovalView.class)
            .answers(200, 404)
            .handle(this::comment));
  }

  private Operation decision(String name, Answer answer, String summary) {
    return on("POST", "/approvals/{id}/" + name, "approvals", DECIDE, summary)
        .takes(DecisionBody.class)
        .gives(ApprovalView.class)
        .answers(200, 403, 404, 409)
        .handle(r -> decide(r, answer));
  }

  private static Approval find(Own own, Request request) {
    return own.get(Tables.APPROVALS, request.path("id"));
  }

  /** In a write of its own: that the decision is refused undoes what came with it. */
  private void expireIfLate(Request request) {
    if (desk.isLate(find(request.own(), request)))
      store.write(t -> desk.expire(t, find(request.own(t), request)));
  }

  private Reply decide(Request request, Answer answer) {
    expireIfLate(request);
    DecisionBody body = request.body(DecisionBody.class);
    return request.once(t ->
        Reply.ok(
            view(
                request.own(t),
                request,
                desk.decide(
                    t,
                    find(request.own(t), request),
                    request.user(request.own(t)),
                    answer,
                    body.comment() == null ? "" : body.comment(),
                    body.planHash(),
                    "rest"))));
  }

  private Reply delegate(Request request) {
    expireIfLate(request);
    DelegationBody body = request.body(DelegationBody.class);
    return request.once(t -> {
      User to =
          ApprovalDesk.member(t.state(), request.organization(), body.to())
              .orElseThrow(
                  () -> Problem.invalid(List.of(new Violation("to", "there is no such user"))));
      // Whoever is handed a seat must be able to get at it.
      if (!to.roles().contains(Role.APPROVER))
        throw Problem.invalid(List.of(new Violation("to", "must have the role approver")));
      return Reply.ok(
          view(
              request.own(t),
              request,
              desk.delegate(
                  t,
                  find(request.own(t), request),
                  request.user(request.own(t)),
                  to,
                  body.comment() == null ? "" : body.comment())));
    });
  }

  private Reply comment(Request request) {
    find(request.own(), request);
    CommentBody body = request.body(CommentBody.class);
    return request.once(t ->
        Reply.ok(
            view(
                request.own(t),
                request,
                desk.comment(
                    t,
                    find(request.own(t), request),
                    request.user(request.own(t)),
                    body.comment()))));
  }

  private Reply list(Request request) {
    Own own = request.own();
    User me = request.user(own);
    Ballot ballot = ApprovalDesk.ballot(own.state());
    Function<Approval, String> urgent =
        a -> String.format(Locale.ROOT, "%019d/%s", a.timing().expiresAt().toEpochMilli(), a.id());
    Function<Approval, String> recent =
        a -> PageOf.newest(a.decidedAt() == null ? a.requestedAt() : a.decidedAt(), a.id());
    String filter = request.query("filter").orElse("pending");
    Stream<Approval> pending =
        own.where(Tables.APPROVALS, "status", Tables.approvals(own.organization(), Status.PENDING));
    Stream<Approval> all = own.all(Tables.APPROVALS);
    PageOf<Approval> page =
        switch (filter) {
          case "pending" -> PageOf.sort(request, kind(request, pending), urgent);
          case "mine" ->
              PageOf.sort(
                  request, kind(request, pending.filter(a -> ballot.isAsked(a, me))), urgent);
          case "requested" ->
              PageOf.sort(
                  request, kind(request, all.filter(a -> a.requestedBy().equals(me.id()))), recent);
          case "decided" ->
              PageOf.sort(
                  request, kind(request, all.filter(a -> a.status() != Status.PENDING)), recent);
          default ->
              throw Problem.invalid(
                  List.of(
                      new Violation("filter", "must be one of pending, mine, requested, decided")));
        };
    return Reply.ok(page.map(a -> line(a, ballot.isAsked(a, me))));
  }

  private static Stream<Approval> kind(Request request, Stream<Approval> approvals) {
    return request
        .query("kind")
        .map(k -> approvals.filter(a -> a.kind().word().equals(k)))
        .orElse(approvals);
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
