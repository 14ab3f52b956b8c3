package dev.steward.api;

import dev.steward.model.Violation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The values of a row's query parameters in one request. */
final class Query {
  private final Map<String, Object> said = new HashMap<>();
  private final List<QueryParameter<?>> declared;

  /** Of a row that reads its query otherwise. */
  static final Query NONE = new Query(List.of());

  private Query(List<QueryParameter<?>> declared) {
    this.declared = declared;
  }

  /**
   * Reads what was given.
   *
   * @param given by name; an empty text is as good as none
   * @param violations gets all that is wrong with it
   */
  static Query read(
      List<QueryParameter<?>> declared,
      Map<String, List<String>> given,
      List<Violation> violations) {
    Query query = new Query(declared);
    if (!given.isEmpty()) refuseUnknown(declared, given, violations);
    for (QueryParameter<?> parameter : declared)
      query.read(parameter, given.getOrDefault(parameter.name(), List.of()), violations);
    return query;
  }

  private static void refuseUnknown(
      List<QueryParameter<?>> declared,
      Map<String, List<String>> given,
      List<Violation> violations) {
    List<String> names = declared.stream().map(QueryParameter::name).toList();
    given.keySet().stream()
        .filter(name -> !names.contains(name))
        .sorted()
        .forEach(name -> violations.add(new Violation(name, unknown(name, names))));
  }

  private static String unknown(String name, List<String> names) {
    return names.isEmpty()
        ? "is not known here: this takes no query parameters"
        : "is not known here, which takes "
            + String.join(", ", names.stream().sorted().toList())
            + Nearest.hint(name, names);
  }

  private void read(QueryParameter<?> parameter, List<String> texts, List<Violation> violations) {
    List<String> values =
        texts.isEmpty() ? texts : texts.stream().filter(text -> !text.isEmpty()).toList();
    if (values.size() > 1)
      violations.add(
          new Violation(parameter.name(), "is there " + values.size() + " times; say one value"));
    else if (!values.isEmpty())
      try {
        said.put(parameter.name(), parameter.reads().of(values.getFirst()));
      } catch (QueryParameter.Unreadable e) {
        violations.add(new Violation(parameter.name(), e.must()));
      }
    else if (parameter.required() && parameter.standard() == null)
      violations.add(new Violation(parameter.name(), "is required"));
  }

  private QueryParameter<?> declared(String name) {
    for (QueryParameter<?> known : declared) if (known.name().equals(name)) return known;
    throw new IllegalStateException("the row does not declare " + name);
  }

  /** Whether the caller said it. */
  boolean isSaid(QueryParameter<?> parameter) {
    return said.containsKey(declared(parameter.name()).name());
  }

  @SuppressWarnings("unchecked")
  <T> Optional<T> find(QueryParameter<T> parameter) {
    Object standard = declared(parameter.name()).standard();
    Object value = said.get(parameter.name());
    return Optional.ofNullable((T) (value == null ? standard : value));
  }

  <T> T get(QueryParameter<T> parameter) {
    return Objects.requireNonNull(
        find(parameter).orElse(null), () -> parameter.name() + " may be left out");
  }

  /** What was given, for whom it is to be the same again. */
  static String canonical(Map<String, List<String>> given) {
    StringBuilder text = new StringBuilder();
    new java.util.TreeMap<>(given)
        .forEach((name, values) -> {
          text.append(name).append('=').append(values).append('\n');
        });
    return text.toString();
  }
}
