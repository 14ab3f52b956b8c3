package dev.steward.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
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

  /** Where a row stands: whoever holds it goes on behind it, though rows come and go. */
  record Place(@Nullable Comparable<?> key, String id) {}

  /** A row and its place, which is asked of it once. */
  record Placed<R>(R row, Place place) {}

  private Placed<R> placed(R row) {
    return new Placed<>(row, new Place(key.of(row), String.valueOf(id.apply(row))));
  }

  private int compare(Place one, Place other) {
    Comparable<?> a = one.key();
    Comparable<?> b = other.key();
    if (a == null || b == null) {
      int last = Boolean.compare(a == null, b == null);
      return last != 0 ? last : one.id().compareTo(other.id());
    }
    int by = keys(a, b);
    return by == 0 ? one.id().compareTo(other.id()) : down ? -by : by;
  }

  /** A cursor may hold what is no key of this order. */
  private static int keys(Comparable<?> a, Comparable<?> b) {
    if (a instanceof Long x && b instanceof Long y) return Long.compare(x, y);
    return a.toString().compareTo(b.toString());
  }

  /** All rows in this order. */
  Stream<R> all(Stream<R> rows) {
    return rows.map(this::placed)
        .sorted(Comparator.comparing(Placed<R>::place, this::compare))
        .map(Placed::row);
  }

  /** The first {@code most} rows behind a place, found in one pass. */
  List<Placed<R>> first(Stream<R> rows, @Nullable Place after, int most) {
    Comparator<Placed<R>> order = Comparator.comparing(Placed<R>::place, this::compare);
    PriorityQueue<Placed<R>> found = new PriorityQueue<>(most + 1, order.reversed());
    rows.map(this::placed)
        .filter(row -> after == null || compare(row.place(), after) > 0)
        .forEach(row -> {
          found.add(row);
          if (found.size() > most) found.remove();
        });
    List<Placed<R>> sorted = new ArrayList<>(found);
    sorted.sort(order);
    return sorted;
  }

  String cursor(Place place) {
    ArrayNode parts = HttpJson.MAPPER.createArrayNode().add(name);
    Comparable<?> at = place.key();
    if (at == null) parts.addNull();
    else if (at instanceof Long number) parts.add(number);
    else parts.add(at.toString());
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(HttpJson.bytes(parts.add(place.id())));
  }

  /** What a cursor says: the name of its order, and the place. */
  record Cursor(String order, Place place) {}

  static Optional<Cursor> read(String text) {
    try {
      JsonNode parts = HttpJson.MAPPER.readTree(Base64.getUrlDecoder().decode(text));
      if (!parts.isArray()
          || parts.size() != 3
          || !parts.get(0).isTextual()
          || !parts.get(2).isTextual()) return Optional.empty();
      JsonNode at = parts.get(1);
      Comparable<?> key = null;
      if (at.isIntegralNumber() && at.canConvertToLong()) key = at.longValue();
      else if (at.isTextual()) key = at.textValue();
      else if (!at.isNull()) return Optional.empty();
      return Optional.of(
          new Cursor(parts.get(0).textValue(), new Place(key, parts.get(2).textValue())));
    } catch (IllegalArgumentException | IOException e) {
      return Optional.empty();
    }
  }
}
