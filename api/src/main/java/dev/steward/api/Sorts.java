package dev.steward.api;

import dev.steward.model.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a list can be sorted by: {@code sort=name} upwards, {@code sort=-name} downwards. Rows that
 * are alike are sorted by their ids, and those of which it is not known come last, both ways.
 */
public final class Sorts<R> {
  /** What rows are compared by: a Long or a String; null where it is not known. */
  public interface Key<R, K> {
    @Nullable K of(R row);
  }

  private final Function<R, ?> id;
  private final Map<String, Key<R, String>> texts = new LinkedHashMap<>();
  private final Map<String, Key<R, ? extends Comparable<?>>> keys = new LinkedHashMap<>();
  private final Map<String, Key<R, Instant>> times = new LinkedHashMap<>();
  private final Map<String, String> others = new LinkedHashMap<>();
  private @Nullable String said;
  private Function<Invocation<?>, String> standard = call -> Objects.requireNonNull(said);
  private String means = "";

  private Sorts(Function<R, ?> id) {
    this.id = id;
  }

  /**
   * @param id what no two rows share
   */
  public static <R> Sorts<R> of(Function<R, ?> id) {
    return new Sorts<>(id);
  }

  private Sorts<R> by(String name, Key<R, ? extends Comparable<?>> key) {
    keys.put(name, key);
    if (said == null) said = name;
    return this;
  }

  /** What is looked through by {@code q}, too. */
  public Sorts<R> text(String name, Key<R, String> key) {
    texts.put(name, key);
    return by(name, key);
  }

  public Sorts<R> number(String name, Key<R, Long> key) {
    return by(name, key);
  }

  /** To the millisecond. */
  public Sorts<R> time(String name, Key<R, Instant> key) {
    times.put(name, key);
    return by(
        name,
        row -> {
          Instant at = key.of(row);
          return at == null ? null : at.toEpochMilli();
        });
  }

  public Sorts<R> money(String name, Key<R, Money> key) {
    return by(
        name,
        row -> {
          Money amount = key.of(row);
          return amount == null ? null : amount.micros();
        });
  }

  /** In the order of the constants. */
  public Sorts<R> constant(String name, Key<R, ? extends Enum<?>> key) {
    return by(
        name,
        row -> {
          Enum<?> constant = key.of(row);
          return constant == null ? null : Long.valueOf(constant.ordinal());
        });
  }

  /** How the list is sorted where nobody says; by its first key upwards if this is not said. */
  public Sorts<R> first(String name) {
    said = name;
    return this;
  }

  /**
   * The same where it depends on the call.
   *
   * @param words says of what
   */
  public Sorts<R> first(Function<Invocation<?>, String> name, String words) {
    said = null;
    standard = name;
    means = words;
    return this;
  }

  /** Another name that callers know. */
  public Sorts<R> also(String other, String name) {
    others.put(other, name);
    return this;
  }

  /**
   * Each time by which a list is sorted bounds it too: {@code created_at} is from {@code
   * created_after} on, and before {@code created_before}, so that what ends one range begins the
   * next. A row without that time is in none.
   */
  List<ListFilter<R>> ranges() {
    List<ListFilter<R>> ranges = new ArrayList<>();
    times.forEach((name, key) -> {
      String stem = name.endsWith("_at") ? name.substring(0, name.length() - 3) : name;
      ranges.add(range(stem + "_after", name + " is this or later", key, false));
      ranges.add(range(stem + "_before", name + " is earlier than this", key, true));
    });
    return ranges;
  }

  private static <R> ListFilter<R> range(
      String name, String means, Key<R, Instant> key, boolean before) {
    return ListFilter.by(
        QueryParameter.time(name).means(means),
        (row, bound) -> {
          Instant at = key.of(row);
          return at != null && at.isBefore(bound) == before;
        });
  }

  /** The rows that have a text somewhere in what they can be sorted by. */
  List<ListFilter<R>> search() {
    if (texts.isEmpty()) return List.of();
    QueryParameter<String> text =
        QueryParameter.text("q")
            .means("what stands in " + String.join(", ", texts.keySet()) + ", whatever its case");
    return List.of(
        ListFilter.by(
            text,
            (own, wanted) -> wanted.toLowerCase(Locale.ROOT),
            (row, wanted) ->
                texts.values().stream()
                    .map(key -> key.of(row))
                    .anyMatch(known ->
                        known != null && known.toLowerCase(Locale.ROOT).contains(wanted))));
  }

  QueryParameter<String> parameter() {
    List<String> names = new ArrayList<>();
    keys.keySet().forEach(name -> names.addAll(List.of(name, "-" + name)));
    names.addAll(others.keySet());
    QueryParameter<String> parameter =
        QueryParameter.oneOf("sort", names)
            .means(
                means.isEmpty() ? "upwards, or downwards with a minus; ids decide a tie" : means);
    String usual = said;
    return usual == null ? parameter : parameter.otherwise(usual);
  }

  String usual(Invocation<?> call) {
    return standard.apply(call);
  }

  /** The order of this name, if there is one. */
  @Nullable ListOrder<R> named(String name) {
    String known = others.getOrDefault(name, name);
    boolean down = known.startsWith("-");
    Key<R, ? extends Comparable<?>> key = keys.get(down ? known.substring(1) : known);
    return key == null ? null : new ListOrder<>(known, key, id, down);
  }
}
