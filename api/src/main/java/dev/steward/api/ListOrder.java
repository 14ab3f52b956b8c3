package dev.steward.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One order of a list.
 *
 * @param name with a minus where it goes down
 */
record ListOrder<R>(
    String name, Sorts.Key<R, ? extends Comparable<?>> key, Function<R, ?> id, boolean down) {

  /**
   * Where a row stands: whoever holds it goes on behind it, though rows come and go.
   *
   * @param id a Long or a String, as the key is
   */
  record Place(@Nullable Comparable<?> key, Comparable<?> id) {}

  /** A row and its key, which is asked of it once; its id is asked where keys are alike. */
  private record Keyed<R>(R row, @Nullable Comparable<?> key) {}

  private Keyed<R> keyed(R row) {
    return new Keyed<>(row, key.of(row));
  }

  /** Numbers are ordered as numbers. */
  private Comparable<?> id(R row) {
    Object named = id.apply(row);
    if (named instanceof Number number) return number.longValue();
    return String.valueOf(named);
  }

  Place place(R row) {
    return new Place(key.of(row), id(row));
  }

  private int compare(Keyed<R> one, Keyed<R> other) {
    int by = keys(one.key(), other.key());
    return by != 0 ? by : values(id(one.row()), id(other.row()));
  }

  private int compare(Keyed<R> one, Place other) {
    int by = keys(one.key(), other.key());
    return by != 0 ? by : values(id(one.row()), other.id());
  }

  private int keys(@Nullable Comparable<?> a, @Nullable Comparable<?> b) {
    if (a == null || b == null) return Boolean.compare(a == null, b == null);
    int by = values(a, b);
    return down ? -by : by;
  }

  /** A cursor may hold what is no key of this order. */
  private static int values(Comparable<?> a, Comparable<?> b) {
    if (a instanceof Long x && b instanceof Long y) return Long.compare(x, y);
    return a.toString().compareTo(b.toString());
  }

  /** All rows in this order. */
  List<R> all(Stream<R> rows) {
    List<R> all = rows.toList();
    if (all.size() < 2) return all;
    return all.stream().map(this::keyed).sorted(this::compare).map(Keyed::row).toList();
  }

  /** The first {@code most} rows behind a place, found in one pass. */
  Pages.Cut<R> first(Stream<R> rows, @Nullable Place after, int most) {
    PriorityQueue<Keyed<R>> found = new PriorityQueue<>(most, (a, b) -> compare(b, a));
    LongAdder total = new LongAdder();
    rows.forEach(row -> {
      total.increment();
      Keyed<R> next = keyed(row);
      if (after != null && compare(next, after) <= 0) return;
      Keyed<R> last = found.size() < most ? null : found.peek();
      if (last != null && compare(next, last) >= 0) return;
      if (last != null) found.remove();
      found.add(next);
    });
    List<Keyed<R>> sorted = new ArrayList<>(found);
    sorted.sort(this::compare);
    return new Pages.Cut<>(sorted.stream().map(Keyed::row).toList(), total.intValue());
  }

  /** The same of rows that are in this order. */
  List<R> behind(List<R> sorted, @Nullable Place after, int most) {
    int from = 0;
    int to = after == null ? 0 : sorted.size();
    while (after != null && from < to) {
      int middle = (from + to) >>> 1;
      if (compare(keyed(sorted.get(middle)), after) > 0) to = middle;
      else from = middle + 1;
    }
    return sorted.subList(from, Math.min(sorted.size(), from + most));
  }

  String cursor(R row) {
    Place place = place(row);
    ArrayNode parts = HttpJson.MAPPER.createArrayNode().add(name);
    add(parts, place.key());
    add(parts, place.id());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(HttpJson.bytes(parts));
  }

  private static void add(ArrayNode parts, @Nullable Comparable<?> value) {
    if (value == null) parts.addNull();
    else if (value instanceof Long number) parts.add(number);
    else parts.add(value.toString());
  }

  /** What a cursor says: the name of its order, and the place. */
  record Cursor(String order, Place place) {}

  static Optional<Cursor> read(String text) {
    try {
      JsonNode parts = HttpJson.MAPPER.readTree(Base64.getUrlDecoder().decode(text));
      if (!parts.isArray() || parts.size() != 3 || !parts.get(0).isTextual())
        return Optional.empty();
      Optional<Comparable<?>> at = value(parts.get(1));
      Optional<Comparable<?>> id = value(parts.get(2));
      if (id.isEmpty() || at.isEmpty() && !parts.get(1).isNull()) return Optional.empty();
      return Optional.of(
          new Cursor(parts.get(0).textValue(), new Place(at.orElse(null), id.get())));
    } catch (IllegalArgumentException | IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<Comparable<?>> value(JsonNode part) {
    if (part.isIntegralNumber() && part.canConvertToLong()) return Optional.of(part.longValue());
    return part.isTextual() ? Optional.of(part.textValue()) : Optional.empty();
  }
}
