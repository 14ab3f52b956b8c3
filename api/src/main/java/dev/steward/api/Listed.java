package dev.steward.api;

import dev.steward.model.Problem;
import dev.steward.model.Violation;
import dev.steward.storage.Own;
import dev.steward.storage.Retention;
import dev.steward.storage.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A row that answers a list: which rows there are, what may be left out, and in which orders. */
public final class Listed<R, V> {
  static final int USUAL = 50;
  static final int MOST = 500;
  private static final QueryParameter<Integer> LIMIT =
      QueryParameter.number("limit", 1, MOST).otherwise(USUAL).means("how many a page has");
  private static final QueryParameter<String> FORMAT =
      QueryParameter.oneOf("format", List.of("json", "csv"))
          .otherwise("json")
          .means("csv is the whole list");

  /** The rows, before any filter. */
  public interface Source<R> {
    Stream<R> of(Own own, Invocation<?> call);
  }

  /** Until when older rows were forgotten. */
  interface Forgotten {
    Optional<Instant> until(Own own, Invocation<?> call);
  }

  private final OperationRow<Nothing, ?> row;
  private final Class<V> item;
  private final Sorts<R> sorts;
  private final List<ListFilter<R>> filters;
  private final QueryParameter<String> sort;
  private final QueryParameter<ListOrder.Cursor> after;
  private @Nullable Function<Stream<R>, String> csv;
  private Forgotten forgotten = (own, call) -> Optional.empty();
  private BiPredicate<Own, String> kept = (own, id) -> true;

  Listed(OperationRow<Nothing, ?> row, Class<V> item, Sorts<R> sorts, List<ListFilter<R>> filters) {
    this.row = row;
    this.item = item;
    this.sorts = sorts;
    this.filters =
        Stream.of(filters, sorts.ranges(), sorts.search())
            .<ListFilter<R>>flatMap(List::stream)
            .toList();
    this.sort = sorts.parameter();
    this.after =
        new QueryParameter<>(
            "after",
            "where the page before ended: its next",
            this::cursor,
            java.util.Map.of("type", "string"),
            null,
            false);
  }

  private ListOrder.Cursor cursor(String text) throws QueryParameter.Unreadable {
    Optional<ListOrder.Cursor> cursor = ListOrder.read(text);
    if (cursor.isEmpty() || sorts.named(cursor.get().order()) == null)
      throw new QueryParameter.Unreadable("is not a cursor of this list");
    return cursor.get();
  }

  /** The whole list is had as CSV too. */
  public Listed<R, V> csv(Function<Stream<R>, String> written) {
    csv = written;
    return this;
  }

  /** Whose forgotten rows are counted together, as the keys of those who have them. */
  public interface Owners {
    Stream<String> of(Own own, Invocation<?> call);
  }

  /** The rows of a table, of which older ones are forgotten in time. */
  public Listed<R, V> forgetting(Table<?> table) {
    return forgetting(table, (own, call) -> Stream.of(own.organization().value()));
  }

  /** The same where they are counted for others than the organization. */
  public Listed<R, V> forgetting(Table<?> table, Owners owners) {
    return forgetting(
        (own, call) -> Retention.until(own.state(), table, owners.of(own, call)),
        (own, id) -> own.find(table, id).isPresent());
  }

  /**
   * Older rows are forgotten in time. A cursor that points to such a row names nothing any more,
   * and an end of the list there would look like the end of what there was: it is 410.
   *
   * @param exists whether there is a row of this id, in the list or, because it has changed, no
   *     more
   */
  Listed<R, V> forgetting(Forgotten until, BiPredicate<Own, String> exists) {
    forgotten = until;
    kept = exists;
    row.refuses(410);
    return this;
  }

  /** What a caller sees of a row, where it depends on who calls. */
  public interface Shown<R, V> {
    V of(Own own, Invocation<?> call, R row);
  }

  /** Page by page. */
  public Operation<Nothing, PageOf<V>> paged(Source<R> rows, Starts.View<R, V> view) {
    return pagedTo(rows, (own, call, row) -> view.of(own, row));
  }

  public Operation<Nothing, PageOf<V>> pagedTo(Source<R> rows, Shown<R, V> view) {
    return paged(new Pages.Found<>(rows, view));
  }

  /** What the organization has in a table, of which nothing is shown but what the row says. */
  public Operation<Nothing, PageOf<V>> paged(Table<R> rows, Function<R, V> view) {
    return paged(rows, List.of(), (own, one) -> view.apply(one));
  }

  /**
   * The same.
   *
   * @param beside every table that is read to show a row, beside it
   * @param view reads nothing else, and not the clock: what it makes is kept until one of these
   *     changes
   */
  public Operation<Nothing, PageOf<V>> paged(
      Table<R> rows, List<Table<?>> beside, Starts.View<R, V> view) {
    return paged(new KeptPages<>(rows, beside, view));
  }

  private Operation<Nothing, PageOf<V>> paged(Pages<R> pages) {
    row.reads(filters.stream().map(ListFilter::parameter).toList());
    row.reads(List.of(sort, LIMIT, after));
    if (csv != null) row.reads(List.of(FORMAT));
    return row.<PageOf<V>>giving(new Gives.Page<>(item, csv != null))
        .carriedOut(call -> page(call, pages));
  }

  /** All at once, as a bare array. */
  public Operation<Nothing, List<V>> whole(Source<R> rows, Starts.View<R, V> view) {
    row.reads(filters.stream().map(ListFilter::parameter).toList());
    row.reads(List.of(sort));
    return row.<List<V>>giving(new Gives.Many<>(item))
        .carriedOut(call -> {
          Own own = call.own();
          return Reply.ok(
              order(call, null).all(Pages.left(rows.of(own, call), left(own, call))).stream()
                  .map(one -> view.of(own, one))
                  .toList());
        });
  }

  private Reply page(Invocation<?> call, Pages<R> pages) {
    Own own = call.own();
    ListOrder.Cursor cursor = call.find(after).orElse(null);
    ListOrder<R> order = order(call, cursor);
    if (cursor != null) refuseForgotten(own, call, order, cursor.place());
    List<ListFilter.Left<R>> left = left(own, call);
    Function<Stream<R>, String> written = csv;
    if (written != null && call.get(FORMAT).equals("csv"))
      return Reply.text("text/csv", written.apply(pages.all(own, call, order, left)))
          .with(Content.DISPOSITION, Content.attachment(call.operation().noun() + ".csv"));
    ListOrder.Place place = cursor == null ? null : cursor.place();
    return pages.page(own, call, order, left, place, call.get(LIMIT));
  }

  private List<ListFilter.Left<R>> left(Own own, Invocation<?> call) {
    List<ListFilter.Left<R>> left = new ArrayList<>();
    for (ListFilter<R> filter : filters) filter.of(own, call).ifPresent(left::add);
    return left;
  }

  /** A cursor goes on in its own order, and in no other. */
  private ListOrder<R> order(Invocation<?> call, ListOrder.@Nullable Cursor cursor) {
    String name =
        call.isSaid(sort) ? call.get(sort) : cursor != null ? cursor.order() : sorts.usual(call);
    ListOrder<R> order = Objects.requireNonNull(sorts.named(name), name);
    if (cursor != null && !order.name().equals(cursor.order()))
      throw Problem.invalid(
          List.of(new Violation("after", "is a cursor of the order " + cursor.order())));
    return order;
  }

  private void refuseForgotten(
      Own own, Invocation<?> call, ListOrder<R> order, ListOrder.Place place) {
    boolean inTime = order.name().replace("-", "").equals(sorts.usual(call).replace("-", ""));
    if (!inTime || !(place.key() instanceof Long at)) return;
    boolean gone =
        forgotten
            .until(own, call)
            .filter(until -> !Instant.ofEpochMilli(at).isAfter(until))
            .isPresent();
    if (gone && !kept.test(own, place.id().toString()))
      throw Problem.of(
          Problem.Type.FORGOTTEN,
          "what the cursor points to is no longer kept; begin again without after");
  }
}
