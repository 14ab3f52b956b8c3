package dev.steward.estate;

import dev.steward.model.Fact;
import dev.steward.model.Resource;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A fact of a kind, with its type. It is kept as text under its name; what AWS does not say stays
 * out, and is null when it is read.
 *
 * @param <T> what it is read as
 */
public final class Attribute<T> {
  /** Larger than anything AWS counts: exabytes in bytes fit, nonsense does not. */
  private static final double MOST = 1e21;

  private final String name;
  private final String meaning;
  private final Path path;
  private final Function<String, @Nullable T> type;
  private final @Nullable String of;
  private final boolean measured;

  private Attribute(
      String name,
      String meaning,
      Path path,
      Function<String, @Nullable T> type,
      @Nullable String of,
      boolean measured) {
    this.name = name;
    this.meaning = meaning;
    this.path = path;
    this.type = type;
    this.of = of;
    this.measured = measured;
  }

  public static Attribute<String> text(String name, String meaning, String path) {
    return new Attribute<>(name, meaning, Path.at(path), text -> text, null, false);
  }

  /**
   * @param meaning with the unit
   */
  public static Attribute<Double> number(String name, String meaning, String path) {
    return new Attribute<>(name, meaning, Path.at(path), Attribute::parsed, null, false);
  }

  public static Attribute<Boolean> flag(String name, String meaning, String path) {
    return new Attribute<>(name, meaning, Path.at(path), Boolean::valueOf, null, false);
  }

  public static Attribute<Instant> time(String name, String meaning, String path) {
    return new Attribute<>(name, meaning, Path.at(path), Attribute::instant, null, false);
  }

  /** How many the list at the path has; an answer without the list has none of it. */
  public static Attribute<Double> count(String name, String meaning, String path) {
    return new Attribute<>(
        name, meaning, new Path("[" + path + "]", Attribute::size), Attribute::parsed, null, false);
  }

  public static Attribute<List<String>> texts(String name, String meaning, String path) {
    return new Attribute<>(name, meaning, Path.at(path), Attribute::list, null, false);
  }

  /** Ids of resources of another kind, each once. */
  public static Attribute<List<String>> ids(String name, String meaning, String path, String of) {
    return new Attribute<>(
        name, meaning, new Path(path, Attribute::distinct), Attribute::list, of, false);
  }

  /** The same, of what is made of the value at the path. */
  public Attribute<T> as(Function<Object, @Nullable Object> change) {
    return new Attribute<>(name, meaning, new Path(path.expression(), change), type, of, measured);
  }

  /** The same, as something that goes up and down while the resource stays as it is. */
  public Attribute<T> measured() {
    return new Attribute<>(name, meaning, path, type, of, true);
  }

  /** Whether another value is no change of the resource, as with what is stored in it. */
  public boolean isMeasured() {
    return measured;
  }

  public String name() {
    return name;
  }

  public String meaning() {
    return meaning;
  }

  public Path path() {
    return path;
  }

  /** The kind of the resources that it names. */
  public Optional<String> kind() {
    return Optional.ofNullable(of);
  }

  /** What is known of the resource; null where it is not. */
  public @Nullable T of(Resource resource) {
    String text = resource.attribute(name);
    return text == null ? null : type.apply(text);
  }

  /** As it is kept; null where it is not known. */
  public @Nullable String text(Resource resource) {
    return resource.attribute(name);
  }

  /**
   * For people: as its type where it can be read so, and otherwise, and where it is a list, as it
   * is kept.
   *
   * @param text as it is kept
   */
  public Fact shown(Resource resource, String text) {
    T value = of(resource);
    return value == null || value instanceof Collection<?> ? Fact.of(text) : Fact.of(value);
  }

  public boolean isKnown(Resource resource) {
    return resource.attribute(name) != null;
  }

  /** Whether it is known and this; what is not known is not this, and not something else. */
  public boolean is(T value, Resource resource) {
    return value.equals(of(resource));
  }

  public T of(Resource resource, T otherwise) {
    T value = of(resource);
    return value == null ? otherwise : value;
  }

  /** As it is kept: lists separated by commas, numbers that are whole without a point. */
  public static @Nullable String written(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Collection<?> list ->
          list.stream()
              .filter(Objects::nonNull)
              .map(Attribute::written)
              .collect(Collectors.joining(","));
      case Map<?, ?> map -> null;
      case Double d when d == Math.rint(d) && Math.abs(d) < 1e15 -> Long.toString(d.longValue());
      default -> value.toString();
    };
  }

  private static @Nullable Object size(Object value) {
    return ((List<?>) value).getFirst() instanceof List<?> list ? list.size() : 0;
  }

  private static @Nullable Object distinct(Object ids) {
    return ids instanceof Collection<?> all
        ? all.stream().filter(Objects::nonNull).distinct().toList()
        : ids;
  }

  private static List<String> list(String text) {
    return text.isEmpty() ? List.of() : Arrays.asList(text.split(",", -1));
  }

  private static @Nullable Double parsed(String text) {
    try {
      double value = Double.parseDouble(text);
      return Math.abs(value) <= MOST ? value : null;
    } catch (NumberFormatException notANumber) {
      return null;
    }
  }

  private static @Nullable Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException notATime) {
      return null;
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
