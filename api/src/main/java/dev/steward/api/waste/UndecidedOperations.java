package dev.steward.api.waste;

import static dev.steward.api.Operation.client;

import dev.steward.api.Operation;
import dev.steward.api.Operation.Shape;
import dev.steward.api.PageOf;
import dev.steward.api.Reply;
import dev.steward.api.Request;
import dev.steward.api.client.AccountViews;
import dev.steward.estate.WasteCheck;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.estate.catalogue.WasteDetector;
import dev.steward.model.Account;
import dev.steward.model.Undecided;
import dev.steward.storage.Chunk;
import dev.steward.storage.Chunks;
import dev.steward.storage.Own;
import dev.steward.storage.Tables;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the newest scans could judge neither waste nor fine, resource by resource. */
public final class UndecidedOperations {

  /**
   * @param kind the check that could not decide
   * @param reason what is missing
   */
  public record UndecidedView(
      String kind,
      String title,
      String resourceKind,
      String account,
      String accountId,
      String region,
      String resource,
      @Nullable String resourceName,
      String reason,
      String scan) {}

  private record Line(Account account, String scan, Undecided undecided) {
    String position() {
      return account.id()
          + "/"
          + WasteDetector.key(undecided.check(), undecided.region(), undecided.resource());
    }

    UndecidedView view() {
      return new UndecidedView(
          undecided.check(),
          Catalogue.check(undecided.check()).map(WasteCheck::title).orElse(undecided.check()),
          undecided.kind(),
          account.id().value(),
          account.awsAccount().value(),
          undecided.region(),
          undecided.resource(),
          undecided.resourceName(),
          undecided.reason(),
          scan);
    }
  }

  public List<Operation> operations() {
    return List.of(
        client("GET", "/waste/unknown", "waste", "What no check could decide, and what is missing")
            .gives(Shape.PAGE, UndecidedView.class)
            .query("kind", "account", "region", "limit", "after")
            .handle(this::list));
  }

  private Reply list(Request request) {
    Own own = request.own();
    Stream<Account> accounts =
        request
            .query("account")
            .map(id -> Stream.of(AccountViews.find(own, id)))
            .orElseGet(() -> own.all(Tables.ACCOUNTS));
    Optional<String> kind = request.query("kind");
    Optional<String> region = request.query("region");
    Stream<Line> lines =
        accounts
            .flatMap(a -> lines(own, a))
            .filter(l ->
                kind.map(k -> k.equals(l.undecided().check()) || k.equals(l.undecided().kind()))
                    .orElse(true))
            .filter(l -> region.map(l.undecided().region()::equals).orElse(true));
    return Reply.ok(PageOf.sort(request, lines, Line::position).map(Line::view));
  }

  private static Stream<Line> lines(Own own, Account account) {
    Optional<Chunk> chunk = own.find(Tables.CHUNKS, Chunks.undecidedKey(account.id()));
    return chunk.stream()
        .flatMap(c ->
            Chunks.undecided(own.state(), account.id()).stream()
                .map(u -> new Line(account, c.run(), u)));
  }
}
