package dev.steward.aws;

import dev.steward.estate.Path;
import io.burt.jmespath.Expression;
import io.burt.jmespath.JmesPath;
import io.burt.jmespath.JmesPathType;
import io.burt.jmespath.RuntimeConfiguration;
import io.burt.jmespath.jcf.JcfRuntime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what stands at a path of an answer. */
final class Answers {
  /** A name alone, as most paths are, needs no engine. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9]*");

  private static final JmesPath<Object> ENGINE =
      new Moments(RuntimeConfiguration.builder().withSilentTypeErrors(true).build());

  private static final Map<String, Function<Object, @Nullable Object>> COMPILED =
      new ConcurrentHashMap<>();

  /** Knows moments, which the SDK has read, where JMESPath has texts. */
  private static final class Moments extends JcfRuntime {
    Moments(RuntimeConfiguration configuration) {
      super(configuration);
    }

    @Override
    public JmesPathType typeOf(@Nullable Object value) {
      return value instanceof Instant ? JmesPathType.STRING : super.typeOf(value);
    }

    /** As every text that is not empty, where one of several times counts. */
    @Override
    public boolean isTruthy(@Nullable Object value) {
      return value instanceof Instant || super.isTruthy(value);
    }

    @Override
    public String toString(@Nullable Object value) {
      return value instanceof Instant ? value.toString() : super.toString(value);
    }
  }

  private Answers() {}

  static @Nullable Object at(String path, Object answer) {
    return COMPILED.computeIfAbsent(path, Answers::compiled).apply(answer);
  }

  private static Function<Object, @Nullable Object> compiled(String path) {
    Expression<Object> expression = ENGINE.compile(path);
    if (!NAME.matcher(path).matches()) return expression::search;
    return answer -> answer instanceof Map<?, ?> map ? map.get(path) : expression.search(answer);
  }

  /** What is made of the value at the path; null where there is none. */
  static @Nullable Object at(Path path, Object answer) {
    Object value = at(path.expression(), answer);
    return value == null ? null : path.as().apply(value);
  }

  static List<?> list(String path, Object answer) {
    return at(path, answer) instanceof List<?> list ? list : List.of();
  }

  /** A value that says something. */
  static @Nullable String text(@Nullable Object value) {
    return value == null || value.toString().isEmpty() ? null : value.toString();
  }
}
