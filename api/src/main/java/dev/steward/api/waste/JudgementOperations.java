package dev.steward.api.waste;

import static dev.steward.api.Operation.client;

import dev.steward.api.Nothing;
import dev.steward.api.Operation;
import dev.steward.api.OperationRow;
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

  public List<Operation<?, ?>> operations() {
    return List.of(
        row("dismiss", "Say that it is no waste")
            .takes(Dismissal.class)
            .once(judging((t, finding, who, body) -> desk.dismiss(t, finding, who, body.reason()))),
        row("exempt", "Leave it alone until a date")
            .takes(FindingExemption.class)
            .once(judging(this::exempt)),
        row("reopen", "Count it as waste again")
            .takes(Reopening.class)
            .once(
                judging((t, finding, who, body) ->
                    desk.reopen(t, finding, who, body.reason() == null ? "" : body.reason()))));
  }

  private static OperationRow<Nothing, FindingViews.FindingView> row(String name, String summary) {
    return client("POST", "/waste/findings/{id}/" + name, "waste", summary)
        .about(request -> find(request.own(), request))
        .gives(FindingViews.FindingView.class)
        .refuses(404, 409);
  }

  private interface Judge<B> {
    Finding say(Transaction t, Finding finding, String who, B body);
  }

  private static <B> OperationRow.Write<B, FindingViews.FindingView> judging(Judge<B> judge) {
    return (call, t) -> {
      Finding said =
          judge.say(t, find(call.own(t), call), call.principal().username(), call.body());
      return FindingViews.view(call.own(t), said);
    };
  }

  private static Finding find(Own own, Request request) {
    return own.get(Tables.FINDINGS, request.path("id"));
  }

  private Finding exempt(Transaction t, Finding finding, String who, FindingExemption body) {
    FindingDesk.until(body.until(), clock.instant())
        .ifPresent(wrong -> {
          throw Problem.invalid(List.of(wrong));
        });
    return desk.exempt(t, finding, who, body.reason(), body.until());
  }
}
