package dev.steward.api.prices;

import static dev.steward.api.Operation.on;

import dev.steward.api.Access;
import dev.steward.api.ListFilter;
import dev.steward.api.Operation;
import dev.steward.api.QueryParameter;
import dev.steward.api.Request;
import dev.steward.api.Sorts;
import dev.steward.api.Starts;
import dev.steward.domain.prices.PriceBooks;
import dev.steward.domain.prices.PriceRefreshes;
import dev.steward.model.PriceRefresh;
import dev.steward.model.Problem;
import dev.steward.model.Role;
import dev.steward.model.RunStatus;
import dev.steward.model.job.Jobs;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import java.util.List;

/** Price books, and asking AWS for another one. */
public final class PriceOperations {
  private static final Access READ = Access.roles(Role.CLIENT, Role.APPROVER, Role.ADMIN);

  private static final Starts<PriceRefresh> REFRESH =
      Starts.of(
          Jobs.PRICE_REFRESH,
          Tables.PRICE_REFRESHES,
          "/waste/prices/refreshes/{id}",
          (begun, now) -> now.status().isOver());
  private static final QueryParameter<RunStatus> STATUS =
      QueryParameter.constant("status", RunStatus.class);
  private static final Sorts<PriceRefresh> SORTS =
      Sorts.<PriceRefresh>of(PriceRefresh::id)
          .time("started_at", PriceRefresh::startedAt)
          .time("finished_at", PriceRefresh::finishedAt)
          .constant("status", PriceRefresh::status)
          .first("-started_at");
  private static final Sorts<PriceBooks.Book> BOOKS =
      Sorts.<PriceBooks.Book>of(PriceBooks.Book::version)
          .number("number", PriceBooks.Book::number)
          .text("version", PriceBooks.Book::version)
          .first("-number");

  private final Store store;
  private final PriceBooks books;
  private final PriceRefreshes refreshes;

  public PriceOperations(Store store, PriceBooks books, PriceRefreshes refreshes) {
    this.store = store;
    this.books = books;
    this.refreshes = refreshes;
  }

  public List<Operation<?, ?>> operations() {
    return List.of(
        on(
                "POST",
                "/waste/prices/refreshes",
                "waste",
                Access.roles(Role.ADMIN),
                "Ask AWS's Price List, with the platform's own credentials, and make a new price book")
            .gives(PriceViews.RefreshView.class)
            .starts(
                REFRESH,
                (call, t) -> refreshes.request(t, call.organization(), call.principal().username()),
                (own, refresh) -> PriceViews.view(refresh)),
        on("GET", "/waste/prices/refreshes", "waste", READ, "Refreshes of prices, newest first")
            .list(
                PriceViews.RefreshView.class,
                SORTS,
                ListFilter.by(STATUS, (refresh, is) -> is == refresh.status()))
            .paged(Tables.PRICE_REFRESHES, PriceViews::view),
        on(
                "GET",
                "/waste/prices/refreshes/{id}",
                "waste",
                READ,
                "A refresh of prices, question by question")
            .gives(PriceViews.RefreshView.class)
            .refuses(404)
            .answers(
                call -> PriceViews.view(call.own().get(Tables.PRICE_REFRESHES, call.path("id")))),
        on(
                "GET",
                "/waste/prices/books",
                "waste",
                READ,
                "Price books, the newest first: it is the one that scans go by")
            .list(PriceViews.BookView.class, BOOKS)
            .paged((own, call) -> books.all(store.state()), (own, book) -> PriceViews.view(book)),
        on(
                "GET",
                "/waste/prices/books/{version}",
                "waste",
                READ,
                "A price book: its sources, and what changed with it")
            .gives(PriceViews.BookDetail.class)
            .refuses(404)
            .answers(this::detail));
  }

  private PriceViews.BookDetail detail(Request request) {
    PriceBooks.Book book =
        books
            .find(store.state(), request.path("version"))
            .orElseThrow(() -> Problem.notFound("price book"));
    return PriceViews.detail(book, books.sources(book));
  }
}
