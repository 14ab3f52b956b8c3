package dev.steward.api;

import dev.steward.model.Problem;
import dev.steward.model.ProblemException;
import dev.steward.model.Violation;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param next what to give as {@code after} for the page that follows; null on the last one
 */
public record PageOf<T>(List<T> items, @Nullable String next) {
  private static final int DEFAULT = 50;
  private static final int MOST = 500;

  public PageOf {
    items = List.copyOf(items);
  }

  /**
   * Cuts the page that the request asks for.
   *
   * @param sorted everything, sorted by its position
   * @param position a text that sorts as the list does and is unique in it: the cursor holds, even
   *     when rows come and go
   */
  public static <T> PageOf<T> cut(Request request, Stream<T> sorted, Function<T, String> position) {
    int limit = request.number("limit", DEFAULT, 1, MOST);
    String after = request.query("after").map(PageOf::decode).orElse(null);
    List<T> items =
        sorted
            .filter(item -> after == null || position.apply(item).compareTo(after) > 0)
            .limit(limit + 1L)
            .toList();
    boolean more = items.size() > limit;
    List<T> page = more ? items.subList(0, limit) : items;
    return new PageOf<>(page, more ? encode(position.apply(page.getLast())) : null);
  }

  /** Sorts by the position, which is asked of each row once, and cuts the page. */
  public static <T> PageOf<T> sort(Request request, Stream<T> rows, Function<T, String> position) {
    return cut(
            request,
            rows.map(row -> Map.entry(position.apply(row), row)).sorted(Map.Entry.comparingByKey()),
            Map.Entry::getKey)
        .map(Map.Entry::getValue);
  }

  /**
   * The same for a list sorted by {@link #newest} whose older rows are forgotten in time.
   *
   * @param forgotten the youngest that was; a cursor that points to such a row names nothing any
   *     more, and an end of the list there would look like the end of what there was
   * @param exists whether there is a row of this id, in the list or, because it has changed, no
   *     more
   */
  public static <T> PageOf<T> kept(
      Request request,
      Stream<T> rows,
      Function<T, String> position,
      Optional<Instant> forgotten,
      Predicate<String> exists) {
    request
        .query("after")
        .map(PageOf::decode)
        .map(PageOf::place)
        .filter(after -> forgotten.filter(f -> !after.at().isAfter(f)).isPresent())
        .filter(after -> !exists.test(after.id()))
        .ifPresent(gone -> {
          throw Problem.of(
              Problem.Type.FORGOTTEN,
              "what the cursor points to is no longer kept; begin again without after");
        });
    return sort(request, rows, position);
  }

  /** What {@link #newest} made a position of. */
  private record Place(Instant at, String id) {}

  private static Place place(String position) {
    int slash = position.indexOf('/');
    if (slash < 0) throw notACursor();
    try {
      long number = Long.parseLong(position.substring(0, slash));
      return new Place(
          Instant.ofEpochMilli(Long.MAX_VALUE - number), position.substring(slash + 1));
    } catch (NumberFormatException e) {
      throw notACursor();
    }
  }

  /** A position that sorts the newest first. */
  public static String newest(Instant at, Object id) {
    return String.format(Locale.ROOT, "%019d/%s", Long.MAX_VALUE - at.toEpochMilli(), id);
  }

  public <R> PageOf<R> map(Function<T, R> view) {
    return new PageOf<>(items.stream().map(view).toList(), next);
  }

  private static String encode(String position) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(position.getBytes(StandardCharsets.UTF_8));
  }

  private static String decode(String cursor) {
    try {
      return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw notACursor();
    }
  }

  private static ProblemException notACursor() {
    return Problem.invalid(List.of(new Violation("after", "is not a cursor of this list")));
  }
}
