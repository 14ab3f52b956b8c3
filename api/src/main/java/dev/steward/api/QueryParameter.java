package dev.steward.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.model.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A query parameter: how it is read, and so how the document describes it.
 *
 * @param means in a few words, for the document
 * @param reads the text, or says what it must be
 * @param schema as JSON Schema has it
 * @param standard what it is where it is left out; null where that is different from every value
 */
public record QueryParameter<T>(
    String name,
    String means,
    Reads<T> reads,
    Map<String, Object> schema,
    @Nullable T standard,
    boolean required) {

  /** Reads a value. */
  public interface Reads<T> {
    T of(String text) throws Unreadable;
  }

  /** That a text is no value, with what one must be. */
  public static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1;

    public Unreadable(String must) {
      super(must, null, false, false);
    }

    String must() {
      return Objects.requireNonNull(getMessage());
    }
  }

  public QueryParameter {
    schema = Map.copyOf(schema);
  }

  private static <T> QueryParameter<T> of(String name, Reads<T> reads, Map<String, Object> schema) {
    return new QueryParameter<>(name, "", reads, schema, null, false);
  }

  public QueryParameter<T> means(String words) {
    return new QueryParameter<>(name, words, reads, schema, standard, required);
  }

  public QueryParameter<T> otherwise(T value) {
    return new QueryParameter<>(name, means, reads, schema, value, required);
  }

  public QueryParameter<T> needed() {
    return new QueryParameter<>(name, means, reads, schema, standard, true);
  }

  /** A text of at most {@code max} characters. */
  public static QueryParameter<String> text(String name, int max) {
    return of(
        name,
        text -> {
          if (text.length() <= max) return text;
          throw new Unreadable("must have at most " + max + " characters");
        },
        Map.of("type", "string", "maxLength", max));
  }

  public static QueryParameter<String> text(String name) {
    return text(name, Rule.USUAL);
  }

  /** A text that matches in full. */
  public static QueryParameter<String> text(String name, String pattern, String must) {
    return of(
        name,
        text -> {
          if (text.length() <= Rule.USUAL && text.matches(pattern)) return text;
          throw new Unreadable(must);
        },
        Map.of("type", "string", "pattern", "^" + pattern + "$"));
  }

  /** One of these texts; each stands for itself, or for what it is another name of. */
  public static QueryParameter<String> oneOf(String name, Collection<String> known) {
    return chosen(name, known, text -> text);
  }

  private static <T> QueryParameter<T> chosen(
      String name, Collection<String> known, Reads<T> reads) {
    List<String> names = List.copyOf(known);
    return of(
        name,
        text -> {
          if (names.contains(text)) return reads.of(text);
          throw new Unreadable(
              "must be one of " + String.join(", ", names) + Nearest.hint(text, names));
        },
        Map.of("type", "string", "enum", names));
  }

  /** A constant, in lower case. */
  public static <E extends Enum<E>> QueryParameter<E> constant(String name, Class<E> type) {
    Map<String, E> constants = HttpJson.constants(type);
    return chosen(
        name, constants.keySet(), text -> Objects.requireNonNull(constants.get(text), text));
  }

  /** A whole number between the bounds. */
  public static QueryParameter<Integer> number(String name, int min, int max) {
    return of(
        name,
        text -> {
          try {
            int value = Integer.parseInt(text);
            if (value >= min && value <= max) return value;
          } catch (NumberFormatException e) {
            // Falls through to the one message for both.
          }
          throw new Unreadable("must be a whole number from " + min + " to " + max);
        },
        Map.of("type", "integer", "minimum", min, "maximum", max));
  }

  /** Dollars. */
  public static QueryParameter<Money> money(String name) {
    return of(
        name,
        text -> {
          try {
            if (text.length() <= 30) return Money.usd(new BigDecimal(text));
          } catch (NumberFormatException | ArithmeticException e) {
            // Falls through to the one message for all.
          }
          throw new Unreadable("must be a number of dollars");
        },
        Map.of("type", "number"));
  }

  public static QueryParameter<Instant> time(String name) {
    return of(name, QueryParameter::instant, Map.of("type", "string", "format", "date-time"));
  }

  static Instant instant(String text) throws Unreadable {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new Unreadable("must be a time like 2026-01-31T12:00:00Z");
    }
  }

  /** True or false; false where it is left out. */
  public static QueryParameter<Boolean> flag(String name) {
    return of(
            name,
            text -> {
              if (List.of("true", "false").contains(text)) return text.equals("true");
              throw new Unreadable("must be true or false");
            },
            Map.of("type", "boolean"))
        .otherwise(false);
  }

  /** Several of what {@code one} reads, with commas between them. */
  public static QueryParameter<List<String>> several(String name, int min, int max) {
    return of(
        name,
        text -> {
          List<String> items =
              Arrays.stream(text.split(",", -1))
                  .map(String::strip)
                  .filter(item -> !item.isEmpty())
                  .distinct()
                  .toList();
          if (items.size() >= min && items.size() <= max) return items;
          throw new Unreadable("must name " + min + " to " + max + ", with commas");
        },
        Map.of(
            "type", "array", "items", Map.of("type", "string"), "minItems", min, "maxItems", max));
  }

  /** As the document has it. */
  ObjectNode described() {
    ObjectNode node = HttpJson.MAPPER.createObjectNode().put("name", name).put("in", "query");
    if (required) node.put("required", true);
    if (!means.isEmpty()) node.put("description", means);
    ObjectNode described = HttpJson.MAPPER.valueToTree(new java.util.TreeMap<>(schema));
    if (standard != null) described.set("default", HttpJson.MAPPER.valueToTree(standard));
    if (schema.get("type") == "array") node.put("style", "form").put("explode", false);
    node.set("schema", described);
    return node;
  }
}
