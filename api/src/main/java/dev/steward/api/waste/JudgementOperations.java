package dev.steward.api.waste;

import static dev.steward.api.Operation.client;

import dev.steward.api.Operation;
import dev.steward.api.Reply;
import dev.steward.api.Request;
import dev.steward.api.Rule;
import dev.steward.domain.governance.desk.FindingDesk;
import dev.steward.model.Finding;
import dev.steward.model.Problem;
import dev.steward.storage.Own;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What people say of findings. */
public final class JudgementOperations {
  private final FindingDesk desk;
  private final InstantSource clock;

  public JudgementOperations(FindingDesk desk, InstantSource clock) {
    this.desk = desk;
    this.clock = clock;
  }

  public record Dismissal(@Rule(min = 1, max = 500) String reason) {}

  public record FindingExemption(@Rule(min = 1, max = 500) String reason, Instant until) {}

  public record Reopening(@Rule(max = 500) @Nullable String reason) {}

  public List<Operation> operations() {
    return List.of(
        client("POST", "/waste/findings/{id}/dismiss", "waste", "Say that it is no waste")
            .takes(Dismissal.class)
            .gives(FindingViews.FindingView.class)
            .answers(200, 404, 409)
            .handle(this::dismiss),
        client("POST", "/waste/findings/{id}/exempt", "waste", "Leave it alone until a date")
            .takes(FindingExemption.class)
            .gives(FindingViews.FindingView.class)
            .answers(200, 404, 409)
            .handle(this::exempt),
        client("POST", "/waste/findings/{id}/reopen", "waste", "Count it as waste again")
            .takes(Reopening.class)
            .gives(FindingViews.FindingView.class)
            .answers(200, 404, 409)
            .handle(this::reopen));
  }

  private interface Judge {
    Finding say(Transaction t, Finding finding, String who);
  }

  private Reply judge(Request request, Judge judge) {
    return request.once(t -> {
      Finding said = judge.say(t, find(request.own(t), request), request.principal().username());
      return Reply.ok(FindingViews.view(request.own(t), said));
    });
  }

  private static Finding find(Own own, Request request) {
    return own.get(Tables.FINDINGS, request.path("id"));
  }

  private Reply dismiss(Request request) {
    find(request.own(), request);
    Dismissal body = request.body(Dismissal.class);
    return judge(request, (t, finding, who) -> desk.dismiss(t, finding, who, body.reason()));
  }

  private Reply exempt(Request request) {
    find(request.own(), request);
    FindingExemption body = request.body(FindingExemption.class);
    FindingDesk.until(body.until(), clock.instant())
        .ifPresent(wrong -> {
          throw Problem.invalid(List.of(wrong));
        });
    return judge(
        request, (t, finding, who) -> desk.exempt(t, finding, who, body.reason(), body.until()));
  }

  private Reply reopen(Request request) {
    find(request.own(), request);
    Reopening body = request.body(Reopening.class);
    return judge(
        request,
        (t, finding, who) ->
            desk.reopen(t, finding, who, body.reason() == null ? "" : body.reason()));
  }
}
