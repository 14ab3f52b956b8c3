package dev.steward.api.client;

import static dev.steward.api.Operation.client;

import dev.steward.api.Invocation;
import dev.steward.api.Operation;
import dev.steward.api.Request;
import dev.steward.api.Sorts;
import dev.steward.domain.governance.desk.WordDesk;
import dev.steward.model.Account;
import dev.steward.model.Exemption;
import dev.steward.model.Finding;
import dev.steward.model.KeptWord;
import dev.steward.model.Problem;
import dev.steward.storage.Own;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What was said of an account before it was disconnected, and whether it still holds. */
public final class KeptWordOperations {
  private final WordDesk desk;

  public KeptWordOperations(WordDesk desk) {
    this.desk = desk;
  }

  /**
   * @param type dismissal or exemption
   * @param kind the check; null for every one
   * @param resource null for every one
   * @param until when an exemption ends
   */
  public record KeptView(
      String type,
      @Nullable String kind,
      @Nullable String region,
      @Nullable String resource,
      String by,
      String reason,
      @Nullable Instant until,
      Instant at) {}

  /** Whether it still holds: true takes it over, false forgets it. */
  public record Answer(Boolean restore) {}

  /** How many were taken over, or forgotten. */
  public record Answered(boolean restored, int dismissals, int exemptions) {}

  public List<Operation<?, ?>> operations() {
    return List.of(
        client(
                "GET",
                "/client/accounts/{id}/judgements",
                "client",
                "Dismissals and exemptions from before the account was disconnected")
            .refuses(404)
            .list(KeptView.class, SORTS)
            .paged(this::lines, (own, line) -> line.view()),
        client(
                "POST",
                "/client/accounts/{id}/judgements",
                "client",
                "Say whether what was said before the account was disconnected still holds")
            .about(request -> AccountViews.find(request.own(), request.path("id")))
            .takes(Answer.class)
            .gives(Answered.class)
            .refuses(404)
            .once(this::answer));
  }

  private record Line(String position, KeptView view) {}

  private static final Sorts<Line> SORTS =
      Sorts.<Line>of(Line::position)
          .text("type", Line::position)
          .time("at", line -> line.view().at())
          .time("until", line -> line.view().until());

  private Stream<Line> lines(Own own, Request request) {
    Account account = AccountViews.find(own, request.path("id"));
    return desk.waiting(own.state(), account).stream()
        .flatMap(word ->
            Stream.concat(
                word.dismissed().stream().map(KeptWordOperations::line),
                word.exemptions().stream().map(KeptWordOperations::line)));
  }

  private static Line line(Finding f) {
    Finding.Judgement said = Objects.requireNonNull(f.judgement());
    return new Line(
        "dismissal/" + f.id(),
        new KeptView(
            "dismissal",
            f.check(),
            f.region(),
            f.resource(),
            said.by(),
            said.reason(),
            null,
            said.at()));
  }

  private static Line line(Exemption e) {
    return new Line(
        "exemption/" + e.id(),
        new KeptView(
            "exemption",
            e.check(),
            null,
            e.resource(),
            e.author(),
            e.reason(),
            e.until(),
            e.createdAt()));
  }

  private Answered answer(Invocation<Answer> call, Transaction t) {
    Answer body = call.body();
    Account account = AccountViews.find(call.own(t), call.path("id"));
    KeptWord word =
        desk.waiting(t.state(), account)
            .orElseThrow(() -> Problem.notFound(Tables.KEPT_WORDS.noun()));
    String who = call.principal().username();
    WordDesk.Count count =
        body.restore() ? desk.restore(t, account, word, who) : desk.forget(t, account, word, who);
    return new Answered(body.restore(), count.dismissals(), count.exemptions());
  }
}
