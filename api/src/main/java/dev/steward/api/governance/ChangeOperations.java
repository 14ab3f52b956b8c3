package dev.steward.api.governance;

import static dev.steward.api.Operation.client;
import static dev.steward.api.Operation.on;

import dev.steward.api.Access;
import dev.steward.api.Operation;
import dev.steward.api.Operation.Shape;
import dev.steward.api.PageOf;
import dev.steward.api.Reply;
import dev.steward.api.Request;
import dev.steward.api.client.AccountViews;
import dev.steward.api.governance.ChangeViews.ChangeLine;
import dev.steward.api.governance.ChangeViews.ChangeView;
import dev.steward.api.governance.PlanRequests.PlanBody;
import dev.steward.api.governance.PlanRequests.ResourceBody;
import dev.steward.domain.governance.desk.ChangeDesk;
import dev.steward.domain.governance.desk.ChangeDesk.Wish;
import dev.steward.domain.governance.desk.Estates;
import dev.steward.domain.governance.desk.Judged;
import dev.steward.domain.governance.desk.OvertakenException;
import dev.steward.estate.Remediation;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.model.Change;
import dev.steward.model.Problem;
import dev.steward.model.Role;
import dev.steward.model.Ruling;
import dev.steward.model.Violation;
import dev.steward.storage.Own;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Changes: drafted, submitted, followed, stopped, undone. */
public final class ChangeOperations {
  private static final Access FOLLOW = Access.roles(Role.CLIENT, Role.APPROVER);

  private final Store store;
  private final ChangeDesk desk;

  public ChangeOperations(Store store, ChangeDesk desk) {
    this.store = store;
    this.desk = desk;
  }

  /** What is to be cleaned up; the kind says how. */
  public record Cleanup(
      @dev.steward.api.Rule(min = 1, max = 200) @Nullable String title,
      @dev.steward.api.Rule(min = 1, max = 200) List<ResourceBody> items) {}

  public List<Operation> operations() {
    return List.of(
        client("POST", "/governance/changes", "governance", "Make a plan of findings or resources")
            .takes(PlanBody.class)
            .gives(ChangeView.class)
            .answers(201, 422)
            .handle(this::draft),
        on("GET", "/governance/changes", "governance", FOLLOW, "Changes, newest first")
            .gives(Shape.PAGE, ChangeLine.class)
            .query("status", "account", "limit", "after")
            .handle(this::list),
        on("GET", "/governance/changes/{id}", "governance", FOLLOW, "A change with its steps")
            .gives(ChangeView.class)
            .answers(200, 404)
            .handle(r -> Reply.ok(ChangeViews.view(find(r.own(), r)))),
        client(
                "POST",
                "/governance/changes/{id}/submit",
                "governance",
                "Put it before the policies")
            .gives(ChangeView.class)
            .answers(202, 404, 409)
            .handle(this::submit),
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
            .answers(201, 422)
            .handle(this::cleanup));
  }

  private Operation wish(String name, String summary) {
    Wish wish = Wish.valueOf(name.toUpperCase(Locale.ROOT));
    return client("POST", "/governance/changes/{id}/" + name, "governance", summary)
        .gives(ChangeView.class)
        .answers(202, 404, 409)
        .handle(r ->
            act(
                r,
                own -> wish,
                (t, change, asked) -> desk.ask(t, change, asked, r.principal().username())));
  }

  private Reply submit(Request request) {
    return OvertakenException.again(() ->
        act(
            request,
            own -> {
              Estates estates = new Estates(own.state());
              return new Submission(
                  estates, desk.ruling(estates, find(own, request), request.user(own)));
            },
            (t, change, known) ->
                desk.submit(
                    t, change, request.user(request.own(t)), known.estates(), known.ruling())));
  }

  private record Submission(Estates estates, Judged<Ruling> ruling) {}

  private interface Act<K> {
    Change on(Transaction t, Change change, K known);
  }

  /** Answers at once, or when the change has come to rest within the wait that was asked for. */
  private <K> Reply act(Request request, Function<Own, K> read, Act<K> act) {
    find(request.own(), request);
    Reply reply =
        request.once(
            read,
            (t, known) -> {
              Change after = act.on(t, find(request.own(t), request), known);
              return Reply.accepted(ChangeViews.view(after), "/governance/changes/" + after.id());
            });
    Duration patience = request.patience(Duration.ZERO);
    if (patience.isZero()) return reply;
    return store
        .await(
            s ->
                s.own(request.organization())
                    .find(Tables.CHANGES, request.path("id"))
                    .filter(c -> c.progress().status().isOver() && !c.progress().undo()),
            patience)
        .map(c -> Reply.ok(ChangeViews.view(c)))
        .orElse(reply);
  }

  private Reply draft(Request request) {
    PlanBody body = request.body(PlanBody.class);
    return drafted(request, body);
  }

  private Reply drafted(Request request, PlanBody body) {
    return OvertakenException.again(() ->
        request.once(
            own -> PlanRequests.read(own, desk, request.user(own), body),
            (t, known) -> {
              Change made =
                  PlanRequests.draft(
                      request.own(t), t, desk, request.user(request.own(t)), body, known);
              return Reply.of(201, ChangeViews.view(made))
                  .with("Location", "/governance/changes/" + made.id());
            }));
  }

  private Reply cleanup(Request request) {
    Cleanup body = request.body(Cleanup.class);
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
    PlanBody plan = new PlanBody(body.title(), null, null, resources, null);
    return drafted(request, plan);
  }

  private Reply list(Request request) {
    Own own = request.own();
    Optional<String> account =
        request.query("account").map(id -> AccountViews.find(own, id).id().value());
    Optional<Change.Status> status = request.query("status").map(ChangeOperations::status);
    Function<Change, String> position = c -> PageOf.newest(c.createdAt(), c.id());
    return Reply.ok(
        PageOf.sort(
                request,
                own.all(Tables.CHANGES)
                    .filter(c -> account.map(c.account().value()::equals).orElse(true))
                    .filter(c -> status.map(s -> s == c.progress().status()).orElse(true)),
                position)
            .map(ChangeViews::line));
  }

  private static Change.Status status(String text) {
    for (Change.Status status : Change.Status.values())
      if (status.name().toLowerCase(Locale.ROOT).equals(text)) return status;
    throw Problem.invalid(
        List.of(
            new Violation(
                "status",
                "must be one of "
                    + Arrays.stream(Change.Status.values())
                        .map(s -> s.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", ")))));
  }

  private static Change find(Own own, Request request) {
    return own.get(Tables.CHANGES, request.path("id"));
  }
}
