package dev.steward.api;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.steward.model.OrganizationId;
import dev.steward.storage.Own;
import dev.steward.storage.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Pages of what an organization has in a table. Once somebody asks a second time while none of the
 * rows has changed, the rows that these filters leave are kept in this order, a page is a search
 * for its first row, and is kept as it was answered. Each row's JSON is kept, too. Who asks gets
 * what is true of the state that they hold, whatever is kept.
 */
final class KeptPages<R, V> implements Pages<R> {
  /** References to rows that all lists together keep; of 4 bytes each. */
  private static final int MOST_ROWS = 500_000;

  /** More rows than these are looked through for each page. */
  private static final int LARGE = 100_000;

  /** Bytes of JSON that all lists together keep. */
  private static final int MOST_JSON = 16 << 20;

  /** Bytes of whole pages that all lists together keep, as they are and compressed. */
  private static final int MOST_PAGES = 16 << 20;

  /** What an entry weighs beside its content. */
  private static final int ENTRY = 100;

  /** So that rows that are no more are not kept for what nobody asks for. */
  private static final Duration UNASKED = Duration.ofMinutes(5);

  private record Key(
      KeptPages<?, ?> list, OrganizationId whose, String order, List<ListFilter.Meant> left) {}

  /**
   * @param size how many rows were looked through
   * @param rows null while this was asked for once
   */
  private record Ordered(long stamp, long size, @Nullable List<?> rows) {}

  private record Asked(Key rows, ListOrder.@Nullable Place after, int limit) {}

  /**
   * @param beside the stamp of what else was read
   */
  private record Page(long stamp, long beside, KeptBytes answer) {}

  private record Written(KeptPages<?, ?> list, long stamp, byte[] json) {}

  private static final Cache<Key, Ordered> ORDERED =
      Caffeine.newBuilder()
          .maximumWeight(MOST_ROWS)
          .weigher(
              (Key key, Ordered kept) -> ENTRY + (kept.rows() == null ? 0 : kept.rows().size()))
          .expireAfterAccess(UNASKED)
          .build();

  private static final Cache<Asked, Page> PAGES =
      Caffeine.newBuilder()
          .maximumWeight(MOST_PAGES)
          // Compressed, JSON has an eighth of that.
          .weigher((Asked asked, Page page) -> ENTRY + page.answer().bytes().length * 5 / 4)
          .expireAfterAccess(UNASKED)
          .build();

  /** By the row itself: one that has changed is another one, and one that is gone goes. */
  private static final Cache<Object, Written> WRITTEN =
      Caffeine.newBuilder()
          .weakKeys()
          .maximumWeight(MOST_JSON)
          .weigher((Object row, Written kept) -> ENTRY + kept.json().length)
          .build();

  private final Table<R> table;
  private final List<Table<?>> rows;
  private final List<Table<?>> beside;
  private final Starts.View<R, V> view;

  /**
   * @param beside what else is read to show a row
   * @param view shows a row, of it and of these tables and nothing else: not of the time of day
   */
  KeptPages(Table<R> table, List<Table<?>> beside, Starts.View<R, V> view) {
    this.table = table;
    this.rows = List.of(table);
    this.beside = List.copyOf(beside);
    this.view = view;
  }

  private Key key(Own own, ListOrder<R> order, List<ListFilter.Left<R>> left) {
    List<ListFilter.Meant> meant = left.stream().map(ListFilter.Left::meant).toList();
    return new Key(this, own.organization(), order.name(), meant);
  }

  @Override
  public Reply page(
      Own own,
      Invocation<?> call,
      ListOrder<R> order,
      List<ListFilter.Left<R>> left,
      ListOrder.@Nullable Place after,
      int limit) {
    long stamp = own.stamp(rows);
    long with = own.stamp(beside);
    Key key = key(own, order, left);
    Asked asked = new Asked(key, after, limit);
    Page page = PAGES.getIfPresent(asked);
    if (page != null && page.stamp() == stamp && page.beside() == with)
      return Reply.json(page.answer());
    Ordered before = ORDERED.getIfPresent(key);
    boolean again = before != null && before.stamp() == stamp;
    KeptBytes answer =
        new KeptBytes(
            written(own, call, order, cut(own, call, order, left, after, limit + 1), limit));
    if (again) PAGES.put(asked, new Page(stamp, with, answer));
    return Reply.json(answer);
  }

  @Override
  public Cut<R> cut(
      Own own,
      Invocation<?> call,
      ListOrder<R> order,
      List<ListFilter.Left<R>> left,
      ListOrder.@Nullable Place after,
      int most) {
    Key key = key(own, order, left);
    long stamp = own.stamp(rows);
    Ordered before = ORDERED.getIfPresent(key);
    if (before == null || before.stamp() != stamp || before.size() > LARGE) {
      LongAdder size = new LongAdder();
      Stream<R> all = own.all(table).peek(row -> size.increment());
      Cut<R> first = order.first(Pages.left(all, left), after, most);
      ORDERED.put(key, new Ordered(stamp, size.sum(), null));
      return first;
    }
    @SuppressWarnings("unchecked") // The key names this list.
    List<R> kept = (List<R>) before.rows();
    if (kept == null) {
      kept = order.all(Pages.left(own.all(table), left));
      ORDERED.put(key, new Ordered(stamp, before.size(), kept));
    }
    return new Cut<>(order.behind(kept, after, most), kept.size());
  }

  @Override
  public Stream<R> all(
      Own own, Invocation<?> call, ListOrder<R> order, List<ListFilter.Left<R>> left) {
    return order.all(Pages.left(own.all(table), left)).stream();
  }

  @Override
  public List<byte[]> json(Own own, Invocation<?> call, List<R> rows) {
    long stamp = own.stamp(beside);
    List<byte[]> json = new ArrayList<>(rows.size());
    for (R row : rows) {
      Written kept = WRITTEN.getIfPresent(row);
      if (kept == null || kept.stamp() != stamp || kept.list() != this) {
        kept = new Written(this, stamp, HttpJson.bytes(view.of(own, row)));
        WRITTEN.put(row, kept);
      }
      json.add(kept.json());
    }
    return json;
  }
}
