package dev.steward.api.http;

import dev.steward.api.Operation;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Where operations are. */
final class Paths {
  private static final String VERSION = "/api/v1";

  private Paths() {}

  /**
   * Every operation answers under /api/v1 too; those that already begin with /api keep one of the
   * two.
   */
  static Set<String> of(Operation<?, ?> operation) {
    String path = operation.path();
    return Set.of(
        path, VERSION + (path.startsWith("/api/") ? path.substring("/api".length()) : path));
  }

  /**
   * The same with a slash behind them, which means nothing; empty for the rest of a path, of which
   * it is a part.
   */
  static List<String> slashed(Operation<?, ?> operation) {
    return of(operation).stream()
        .filter(path -> !path.contains("{+") && !path.equals("/"))
        .map(path -> path + "/")
        .toList();
  }

  /** The methods that this path takes, by their letters. */
  static Set<String> methods(List<Operation<?, ?>> operations, String path) {
    Set<String> methods = new TreeSet<>();
    for (Operation<?, ?> operation : operations)
      if (Stream.concat(of(operation).stream(), slashed(operation).stream())
          .anyMatch(known -> matches(known, path))) methods.add(operation.method());
    return methods;
  }

  /**
   * @param pattern with {@code {name}} for one part, and {@code {+name}} for all that is left
   */
  static boolean matches(String pattern, String path) {
    String[] wanted = pattern.split("/", -1);
    String[] given = path.split("/", -1);
    boolean rest = pattern.contains("{+");
    if (rest ? given.length < wanted.length : wanted.length != given.length) return false;
    for (int i = 0; i < wanted.length; i++)
      if (wanted[i].startsWith("{") ? given[i].isEmpty() : !wanted[i].equals(given[i]))
        return false;
    return true;
  }
}
