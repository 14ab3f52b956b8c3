package dev.steward.api.waste;

import static dev.steward.api.Operation.client;

import dev.steward.api.ListFilter;
import dev.steward.api.Operation;
import dev.steward.api.Sorts;
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
    String id() {
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

  private static final Sorts<Line> SORTS =
      Sorts.<Line>of(Line::id)
          .text("id", Line::id)
          .text("kind", line -> line.undecided().check())
          .text("region", line -> line.undecided().region())
          .text("resource", line -> line.undecided().resource());

  public List<Operation<?, ?>> operations() {
    return List.of(
        client("GET", "/waste/unknown", "waste", "What no check could decide, and what is missing")
            .refuses(404)
            .list(
                UndecidedView.class,
                SORTS,
                ListFilter.by(
                    FindingOperations.KIND,
                    (line, kind) ->
                        kind.equals(line.undecided().check())
                            || kind.equals(line.undecided().kind())),
                AccountViews.of(line -> line.account().id()),
                ListFilter.by(
                    AccountViews.REGION,
                    (line, region) -> region.equals(line.undecided().region())))
            .paged(
                (own, call) -> own.all(Tables.ACCOUNTS).flatMap(account -> lines(own, account)),
                (own, line) -> line.view()));
  }

  private static Stream<Line> lines(Own own, Account account) {
    Optional<Chunk> chunk = own.find(Tables.CHUNKS, Chunks.undecidedKey(account.id()));
    return chunk.stream()
        .flatMap(c ->
            Chunks.undecided(own.state(), account.id()).stream()
                .map(u -> new Line(account, c.run(), u)));
  }
}
