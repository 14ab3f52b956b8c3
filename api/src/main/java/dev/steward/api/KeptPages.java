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
 * rows has changed, the rows that these filters leave are kept in this order, and a page is a
 * search for its first row. Each row's JSON is kept, too. Who asks gets what is true of the state
 * that they hold, whatever is kept.
 */
final class KeptPages<R, V> implements Pages<R> {
  /** References to rows that all lists together keep; of 4 bytes each. */
  private static final int MOST_ROWS = 500_000;

  /** More rows than these are looked through for each page. */
  private static final int LARGE = 100_000;

  /** Bytes of JSON that all lists together keep. */
  private static final int MOST_JSON = 16 << 20;

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

  private record Written(KeptPages<?, ?> list, long stamp, byte[] json) {}

  private static final Cache<Key, Ordered> ORDERED =
      Caffeine.newBuilder()
          .maximumWeight(MOST_ROWS)
          .weigher(
              (Key key, Ordered kept) -> ENTRY + (kept.rows() == null ? 0 : kept.rows().size()))
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
  private final List<Table<?>> beside;
  private final Starts.View<R, V> view;

  /**
   * @param beside what else is read to show a row
   * @param view shows a row, of it and of these tables and nothing else: not of the time of day
   */
  KeptPages(Table<R> table, List<Table<?>> beside, Starts.View<R, V> view) {
    this.table = table;
    this.beside = List.copyOf(beside);
    this.view = view;
  }

  @Override
  public Cut<R> cut(
      Own own,
      Invocation<?> call,
      ListOrder<R> order,
      List<ListFilter.Left<R>> left,
      ListOrder.@Nullable Place after,
      int most) {
    Key key =
        new Key(
            this,
            own.organization(),
            order.name(),
            left.stream().map(ListFilter.Left::meant).toList());
    long stamp = own.stamp(List.of(table));
    Ordered before = ORDERED.getIfPresent(key);
    if (before == null || before.stamp() != stamp || before.size() > LARGE) {
      LongAdder size = new LongAdder();
      Stream<R> rows = own.all(table).peek(row -> size.increment());
      Cut<R> first = order.first(Pages.left(rows, left), after, most);
      ORDERED.put(key, new Ordered(stamp, size.sum(), null));
      return first;
    }
    @SuppressWarnings("unchecked") // The key names this list.
    List<R> kept = (List<R>) before.rows();
    if (kept == null) {
      kept = order.all(Pages.left(own.all(table), left)).toList();
      ORDERED.put(key, new Ordered(stamp, before.size(), kept));
    }
    return new Cut<>(order.behind(kept, after, most), kept.size());
  }

  @Override
  public Stream<R> all(
      Own own, Invocation<?> call, ListOrder<R> order, List<ListFilter.Left<R>> left) {
    return order.all(Pages.left(own.all(table), left));
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
