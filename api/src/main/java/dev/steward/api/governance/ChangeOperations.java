package dev.steward.api.governance;

import static dev.steward.api.Operation.client;
import static dev.steward.api.Operation.on;

import dev.steward.api.Access;
import dev.steward.api.ListFilter;
import dev.steward.api.Operation;
import dev.steward.api.QueryParameter;
import dev.steward.api.Request;
import dev.steward.api.Sorts;
import dev.steward.api.Starts;
import dev.steward.api.client.AccountViews;
import dev.steward.api.governance.ChangeViews.ChangeLine;
import dev.steward.api.governance.ChangeViews.ChangeView;
import dev.steward.api.governance.PlanRequests.PlanBody;
import dev.steward.api.governance.PlanRequests.ResourceBody;
import dev.steward.domain.governance.desk.ChangeDesk;
import dev.steward.domain.governance.desk.ChangeDesk.Wish;
import dev.steward.domain.governance.desk.Estates;
import dev.steward.domain.governance.desk.Judged;
import dev.steward.estate.Remediation;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.model.Change;
import dev.steward.model.Problem;
import dev.steward.model.Role;
import dev.steward.model.Ruling;
import dev.steward.model.Violation;
import dev.steward.model.job.Jobs;
import dev.steward.storage.Own;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Changes: drafted, submitted, followed, stopped, undone. */
public final class ChangeOperations {
  private static final Access FOLLOW = Access.roles(Role.CLIENT, Role.APPROVER);

  private final ChangeDesk desk;

  public ChangeOperations(ChangeDesk desk) {
    this.desk = desk;
  }

  /** What is to be cleaned up; the kind says how. */
  public record Cleanup(
      @dev.steward.api.Rule(min = 1, max = 200) @Nullable String title,
      @dev.steward.api.Rule(min = 1, max = 200) List<ResourceBody> items) {}

  private static final Starts<Change> CHANGE =
      Starts.of(
          Jobs.CHANGE,
          Tables.CHANGES,
          "/governance/changes/{id}",
          (begun, now) -> now.progress().status().isOver() && !now.progress().undo());

  private static final QueryParameter<Change.Status> STATUS =
      QueryParameter.constant("status", Change.Status.class);
  private static final Sorts<Change> SORTS =
      Sorts.<Change>of(Change::id)
          .time("created_at", Change::createdAt)
          .time("finished_at", change -> change.progress().finishedAt())
          .text("title", Change::title)
          .constant("status", change -> change.progress().status())
          .constant("risk", change -> change.plan().risk())
          .money("saving", change -> change.plan().monthlySaving())
          .first("-created_at");

  public List<Operation<?, ?>> operations() {
    return List.of(
        client("POST", "/governance/changes", "governance", "Make a plan of findings or resources")
            .takes(PlanBody.class)
            .gives(ChangeView.class)
            .makes("/governance/changes/{id}", ChangeView::id)
            .once(
                call -> read(call, call.body()),
                (call, t, known) -> draft(call, t, call.body(), known)),
        on("GET", "/governance/changes", "governance", FOLLOW, "Changes, newest first")
            .refuses(404)
            .list(
                ChangeLine.class,
                SORTS,
                ListFilter.by(STATUS, (change, status) -> status == change.progress().status()),
                AccountViews.of(Change::account))
            .paged(Tables.CHANGES, ChangeViews::line),
        on("GET", "/governance/changes/{id}", "governance", FOLLOW, "A change with its steps")
            .gives(ChangeView.class)
            .refuses(404)
            .answers(call -> ChangeViews.view(find(call.own(), call))),
        client(
                "POST",
                "/governance/changes/{id}/submit",
                "governance",
                "Put it before the policies")
            .gives(ChangeView.class)
            .refuses(404, 409)
            .starts(
                CHANGE,
                this::judged,
                (call, t, known) ->
                    desk.submit(
                        t,
                        find(call.own(t), call),
                        call.user(call.own(t)),
                        known.estates(),
                        known.ruling()),
                (own, change) -> ChangeViews.view(change)),
        wish("cancel", "Stop it before its next step"),
        wish("pause", "Let no further step begin"),
        wish("resume", "Let it go on"),
        wish("undo", "Put back what it did"),
        client(
                "POST",
                "/storage/cleanup",
                "storage",
                "Make a plan of stored things; deletes nothing")
            .takes(Cleanup.class)
            .gives(ChangeView.class)
            .makes("/governance/changes/{id}", ChangeView::id)
            .once(
                call -> {
                  PlanBody plan = cleanup(call.body());
                  return new Cleaning(plan, read(call, plan));
                },
                (call, t, known) -> draft(call, t, known.plan(), known.known())));
  }

  private record Cleaning(PlanBody plan, PlanRequests.Known known) {}

  private record Submission(Estates estates, Judged<Ruling> ruling) {}

  private Submission judged(Request request) {
    Own own = request.own();
    Estates estates = new Estates(own.state());
    return new Submission(estates, desk.ruling(estates, find(own, request), request.user(own)));
  }

  private PlanRequests.Known read(Request request, PlanBody body) {
    Own own = request.own();
    return PlanRequests.read(own, desk, request.user(own), body);
  }

  private Operation<?, ?> wish(String name, String summary) {
    Wish wish = Wish.valueOf(name.toUpperCase(Locale.ROOT));
    return client("POST", "/governance/changes/{id}/" + name, "governance", summary)
        .gives(ChangeView.class)
        .refuses(404, 409)
        .starts(
            CHANGE,
            (call, t) -> desk.ask(t, find(call.own(t), call), wish, call.principal().username()),
            (own, change) -> ChangeViews.view(change));
  }

  private ChangeView draft(
      Request request, Transaction t, PlanBody body, PlanRequests.Known known) {
    Own own = request.own(t);
    return ChangeViews.view(PlanRequests.draft(own, t, desk, request.user(own), body, known));
  }

  private static PlanBody cleanup(Cleanup body) {
    List<Violation> violations = new ArrayList<>();
    List<ResourceBody> resources = new ArrayList<>();
    Map<String, Remediation> cleanups = Catalogue.cleanups();
    for (int i = 0; i < body.items().size(); i++) {
      ResourceBody item = body.items().get(i);
      Remediation action = cleanups.get(item.kind());
      if (action == null)
        violations.add(
            new Violation("items[" + i + "].kind", "must be one of " + cleanups.keySet()));
      else
        resources.add(
            new ResourceBody(item.account(), item.kind(), item.region(), item.id(), action.id()));
    }
    if (body.items().isEmpty()) violations.add(new Violation("items", "must not be empty"));
    if (!violations.isEmpty()) throw Problem.invalid(violations);
    return new PlanBody(body.title(), null, null, resources, null);
  }

  private static Change find(Own own, Request request) {
    return own.get(Tables.CHANGES, request.path("id"));
  }
}
