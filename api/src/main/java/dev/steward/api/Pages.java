package dev.steward.api;

import dev.steward.storage.Own;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the pages of a list are cut from. */
interface Pages<R> {
  /**
   * A page's rows.
   *
   * @param total how many rows the filters leave, before and behind them too
   */
  record Cut<R>(List<R> rows, int total) {}

  /**
   * The first rows that the filters leave behind a place.
   *
   * @param after null for the beginning
   */
  Cut<R> cut(
      Own own,
      Invocation<?> call,
      ListOrder<R> order,
      List<ListFilter.Left<R>> left,
      ListOrder.@Nullable Place after,
      int most);

  /** All rows that the filters leave. */
  Stream<R> all(Own own, Invocation<?> call, ListOrder<R> order, List<ListFilter.Left<R>> left);

  /** What a caller sees of each row, as JSON. */
  List<byte[]> json(Own own, Invocation<?> call, List<R> rows);

  /**
   * The answer with a page.
   *
   * @param limit how many rows it has at most
   */
  default Reply page(
      Own own,
      Invocation<?> call,
      ListOrder<R> order,
      List<ListFilter.Left<R>> left,
      ListOrder.@Nullable Place after,
      int limit) {
    return Reply.json(
        written(own, call, order, cut(own, call, order, left, after, limit + 1), limit));
  }

  /** A page as JSON, of a cut of one row more than it shows if there are more. */
  default byte[] written(Own own, Invocation<?> call, ListOrder<R> order, Cut<R> cut, int limit) {
    List<R> found = cut.rows();
    boolean more = found.size() > limit;
    List<R> shown = more ? found.subList(0, limit) : found;
    String next = more ? order.cursor(found.get(limit - 1)) : null;
    return page(json(own, call, shown), next, cut.total());
  }

  /** Rows that are found anew for each call. */
  record Found<R, V>(Listed.Source<R> source, Listed.Shown<R, V> view) implements Pages<R> {
    @Override
    public Cut<R> cut(
        Own own,
        Invocation<?> call,
        ListOrder<R> order,
        List<ListFilter.Left<R>> left,
        ListOrder.@Nullable Place after,
        int most) {
      return order.first(left(source.of(own, call), left), after, most);
    }

    @Override
    public Stream<R> all(
        Own own, Invocation<?> call, ListOrder<R> order, List<ListFilter.Left<R>> left) {
      return order.all(Pages.left(source.of(own, call), left)).stream();
    }

    @Override
    public List<byte[]> json(Own own, Invocation<?> call, List<R> rows) {
      return rows.stream().map(row -> HttpJson.bytes(view.of(own, call, row))).toList();
    }
  }

  static <R> Stream<R> left(Stream<R> rows, List<ListFilter.Left<R>> left) {
    return left.stream()
        .map(ListFilter.Left::keeps)
        .reduce(Predicate::and)
        .map(rows::filter)
        .orElse(rows);
  }

  /** A {@link PageOf} as JSON. */
  static byte[] page(List<byte[]> items, @Nullable String next, int total) {
    byte[] last = next == null ? NULL : HttpJson.bytes(next);
    byte[] end = (",\"total\":" + total + "}").getBytes(StandardCharsets.US_ASCII);
    int length = ITEMS.length + Math.max(0, items.size() - 1) + NEXT.length + last.length;
    length += end.length;
    for (byte[] item : items) length += item.length;
    ByteBuffer page = ByteBuffer.allocate(length).put(ITEMS);
    for (int i = 0; i < items.size(); i++) {
      if (i > 0) page.put((byte) ',');
      page.put(items.get(i));
    }
    return page.put(NEXT).put(last).put(end).array();
  }

  byte[] ITEMS = "{\"items\":[".getBytes(StandardCharsets.US_ASCII);
  byte[] NEXT = "],\"next\":".getBytes(StandardCharsets.US_ASCII);
  byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
}
