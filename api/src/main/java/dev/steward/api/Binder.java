package dev.steward.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import dev.steward.model.Problem;
import dev.steward.model.ProblemException;
import dev.steward.model.Violation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a JSON object into a record and tells everything that is wrong with it at once. */
public final class Binder {
  private final List<Violation> violations = new ArrayList<>();

  private final boolean closed;

  private Binder(boolean closed) {
    this.closed = closed;
  }

  /**
   * Every field must be one that the record has, by its name or one of its aliases.
   *
   * @throws dev.steward.model.ProblemException INVALID with every violation
   */
  public static <T> T bind(JsonNode json, Class<T> type) {
    return bind(json, type, true);
  }

  /** Reads what the record has, from clients who send more. */
  static <T> T bindSome(JsonNode json, Class<T> type) {
    return bind(json, type, false);
  }

  private static <T> T bind(JsonNode json, Class<T> type, boolean closed) {
    Binder binder = new Binder(closed);
    if (!json.isObject())
      throw Problem.invalid(List.of(new Violation("", "must be a JSON object")));
    RecordComponent[] components = type.getRecordComponents();
    if (closed) binder.refuseUnknown(json, components);
    @Nullable Object[] values = Arrays.stream(components).map(c -> binder.read(json, c)).toArray();
    if (!binder.violations.isEmpty()) throw Problem.invalid(binder.violations);
    try {
      var constructor =
          type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw Problem.invalid(
          List.of(
              new Violation(
                  "",
                  e.getCause() instanceof IllegalArgumentException why
                      ? String.valueOf(why.getMessage())
                      : "is not valid")));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make a " + type.getName(), e);
    }
  }

  static String jsonName(RecordComponent component) {
    return PropertyNamingStrategies.SnakeCaseStrategy.INSTANCE.translate(component.getName());
  }

  static List<String> aliases(RecordComponent component) {
    Rule rule = component.getAnnotation(Rule.class);
    return rule == null ? List.of() : List.of(rule.aliases());
  }

  private void refuseUnknown(JsonNode json, RecordComponent[] components) {
    List<String> names = Arrays.stream(components).map(Binder::jsonName).toList();
    Set<String> known = new HashSet<>(names);
    for (RecordComponent component : components) known.addAll(aliases(component));
    json.fieldNames()
        .forEachRemaining(name -> {
          if (known.contains(name)) return;
          // A long name is of no use to anybody.
          String shown = name.length() > 100 ? name.substring(0, 100) + "…" : name;
          wrong(
              shown,
              "is not known here, which takes "
                  + String.join(", ", names)
                  + Nearest.hint(name, names));
        });
  }

  private @Nullable Object read(JsonNode json, RecordComponent component) {
    Rule rule = component.getAnnotation(Rule.class);
    String name = jsonName(component);
    JsonNode value = json.path(name);
    // Who calls it by another name is told of it by that one.
    for (String alias : aliases(component)) {
      if (!value.isMissingNode() && !value.isNull()) break;
      value = json.path(alias);
      if (!value.isMissingNode()) name = alias;
    }
    if (value.isMissingNode() || value.isNull()) {
      if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class))
        wrong(name, "is required");
      return null;
    }
    return read(name, value, component.getGenericType(), rule);
  }

  private @Nullable Object read(String name, JsonNode value, Type type, @Nullable Rule rule) {
    if (type == String.class) return text(name, value, rule);
    if (type == Integer.class)
      return value.isIntegralNumber() && value.canConvertToInt()
          ? value.intValue()
          : wrong(name, "must be a whole number");
    if (type == Long.class)
      return value.isIntegralNumber() && value.canConvertToLong()
          ? value.longValue()
          : value.isTextual() && value.textValue().matches("-?\\d{1,18}")
              ? Long.valueOf(value.textValue())
              : wrong(name, "must be a whole number");
    if (type == Object.class)
      return value.isTextual()
          ? value.textValue()
          : value.isNumber() ? finite(name, value) : wrong(name, "must be a number or a text");
    if (type == Double.class)
      return value.isNumber() ? finite(name, value) : wrong(name, "must be a number");
    if (type == Boolean.class)
      return value.isBoolean() ? value.booleanValue() : wrong(name, "must be true or false");
    if (type == Instant.class) return instant(name, value);
    if (type instanceof Class<?> constants && constants.isEnum())
      return constant(name, value, constants);
    if (type instanceof Class<?> nested && nested.isRecord()) return nested(name, value, nested);
    if (type instanceof ParameterizedType generic && generic.getRawType() == List.class)
      return list(name, value, generic.getActualTypeArguments()[0], rule);
    if (type instanceof ParameterizedType generic && generic.getRawType() == Map.class)
      return map(name, value, generic.getActualTypeArguments()[1], rule);
    throw new IllegalStateException("a request cannot hold " + type);
  }

  /** What no double can hold, such as 1e999, is no infinity that somebody meant. */
  private @Nullable Object finite(String name, JsonNode value) {
    double number = value.doubleValue();
    return Double.isFinite(number) ? (Object) number : wrong(name, "is too large a number");
  }

  private @Nullable Object text(String name, JsonNode value, @Nullable Rule rule) {
    if (!value.isTextual()) return wrong(name, "must be a text");
    String text = value.textValue();
    if (text.length() > max(rule))
      return wrong(name, "must have at most " + max(rule) + " characters");
    if (rule == null) return text;
    if (text.length() < rule.min())
      return wrong(
          name,
          rule.min() == 1
              ? "must not be empty"
              : "must have at least " + rule.min() + " characters");
    if (!rule.pattern().isEmpty() && !text.matches(rule.pattern()))
      return wrong(name, rule.message());
    return text;
  }

  /** A record within the record; its violations name the whole way to it. */
  private @Nullable Object nested(String name, JsonNode value, Class<?> type) {
    if (!value.isObject()) return wrong(name, "must be an object");
    try {
      return bind(value, type, closed);
    } catch (ProblemException e) {
      for (Violation violation : e.problem().violations())
        wrong(
            violation.field().isEmpty() ? name : name + "." + violation.field(),
            violation.message());
      return null;
    }
  }

  private @Nullable Object instant(String name, JsonNode value) {
    try {
      return QueryParameter.instant(value.asText());
    } catch (QueryParameter.Unreadable e) {
      return wrong(name, e.must());
    }
  }

  private @Nullable Object constant(String name, JsonNode value, Class<?> type) {
    Map<String, ?> constants = HttpJson.constants(type);
    Object constant = constants.get(value.asText());
    return constant == null
        ? wrong(name, "must be one of " + String.join(", ", constants.keySet()))
        : constant;
  }

  private @Nullable Object list(String name, JsonNode value, Type item, @Nullable Rule rule) {
    if (!value.isArray()) return wrong(name, "must be a list");
    if (value.size() > max(rule)) return wrong(name, "must have at most " + max(rule) + " items");
    List<Object> items = new ArrayList<>();
    for (int i = 0; i < value.size(); i++) {
      // A gap in a series of numbers.
      if (item == Double.class && value.get(i).isNull()) {
        items.add(Double.NaN);
        continue;
      }
      Object one =
          read(name + "[" + i + "]", value.get(i), item, item == String.class ? rule : null);
      if (one != null) items.add(one);
    }
    return items;
  }

  private @Nullable Object map(String name, JsonNode value, Type item, @Nullable Rule rule) {
    if (!value.isObject()) return wrong(name, "must be an object");
    if (value.size() > max(rule)) return wrong(name, "must have at most " + max(rule) + " entries");
    Map<String, Object> entries = new LinkedHashMap<>();
    value
        .properties()
        .forEach(entry -> {
          Object one = read(name + "." + entry.getKey(), entry.getValue(), item, null);
          if (one != null) entries.put(entry.getKey(), one);
        });
    return entries;
  }

  private static int max(@Nullable Rule rule) {
    return rule == null ? Rule.USUAL : rule.max();
  }

  private @Nullable Object wrong(String field, String message) {
    violations.add(new Violation(field, message));
    return null;
  }
}
