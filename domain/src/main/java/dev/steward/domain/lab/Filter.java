package dev.steward.domain.lab;

import dev.steward.model.Problem;
import dev.steward.model.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a search looks for, in MLflow's words: {@code metrics.loss < 0.2 and params.model = 'mlp'}.
 * Comparisons are joined by AND.
 */
public final class Filter {
  private static final int LONGEST = 5_000;
  private static final int MOST = 50;
  private static final Set<String> KINDS =
      Set.of("metrics", "params", "tags", "attributes", "datasets");

  /** What repeats is possessive: it is neither tried again nor kept on the stack. */
  private static final Pattern COMPARISON =
      Pattern.compile(
          "\\s*(?:(?<kind>[A-Za-z]+)\\s*\\.\\s*)?(?<key>\"[^\"]+\"|`[^`]+`|[\\w./-]+)\\s*"
              + "(?<op>!=|<=|>=|=|<|>|NOT\\s+ILIKE|NOT\\s+LIKE|ILIKE|LIKE|NOT\\s+IN|IN|IS\\s+NOT\\s+NULL|IS\\s+NULL)\\s*"
              + "(?<value>\\((?:[^')]++|'[^']*+')*+\\)|'[^']*+(?:''[^']*+)*+'|\"[^\"]*\"|[-+\\w.]+)?\\s*",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern AND = Pattern.compile("and\\s+", Pattern.CASE_INSENSITIVE);
  private static final Pattern TEXT = Pattern.compile("'([^']*)'|\"([^\"]*)\"");

  /** What a thing that is searched for has. */
  @FunctionalInterface
  public interface Subject {
    /** A text, a Double or a Long; null if it has no such. */
    @Nullable Object value(String kind, String key);
  }

  private record Comparison(String kind, String key, String op, List<String> values) {}

  private final List<Comparison> comparisons;

  private Filter(List<Comparison> comparisons) {
    this.comparisons = List.copyOf(comparisons);
  }

  /**
   * @param text empty for everything
   * @throws dev.steward.model.ProblemException INVALID with the place that was not understood
   */
  public static Filter parse(@Nullable String text) {
    List<Comparison> comparisons = new ArrayList<>();
    String rest = text == null ? "" : text;
    if (rest.length() > LONGEST) throw wrong("has at most " + LONGEST + " characters");
    int at = 0;
    while (at < rest.length() && !rest.substring(at).isBlank()) {
      Matcher matcher = COMPARISON.matcher(rest).region(at, rest.length());
      if (!matcher.lookingAt() || matcher.end() == at)
        throw wrong("is not understood from character " + (at + 1));
      comparisons.add(comparison(matcher));
      if (comparisons.size() > MOST) throw wrong("has at most " + MOST + " comparisons");
      at = matcher.end();
      if (at < rest.length()) {
        Matcher and = AND.matcher(rest).region(at, rest.length());
        if (!and.lookingAt())
          throw wrong("is not understood from character " + (at + 1) + "; join by AND");
        at = and.end();
        if (rest.substring(at).isBlank()) throw wrong("ends with AND");
      }
    }
    return new Filter(comparisons);
  }

  private static Comparison comparison(Matcher matcher) {
    String kind = matcher.group("kind");
    String key = unquoted(matcher.group("key"));
    String op = matcher.group("op").toUpperCase(Locale.ROOT).replaceAll("\\s+", " ");
    String value = matcher.group("value");
    kind = kind == null ? "attributes" : plural(kind.toLowerCase(Locale.ROOT));
    if (!KINDS.contains(kind))
      throw wrong("knows metrics, params, tags and attributes, not " + kind);
    if (op.startsWith("IS")) {
      if (value != null) throw wrong("has a value behind " + op);
      return new Comparison(kind, key, op, List.of());
    }
    if (value == null) throw wrong("has no value behind " + op);
    List<String> values = new ArrayList<>();
    if (op.endsWith("IN")) {
      Matcher texts = TEXT.matcher(value);
      while (texts.find()) values.add(texts.group(1) != null ? texts.group(1) : texts.group(2));
      if (!value.startsWith("(") || values.isEmpty()) throw wrong("needs a list like ('a', 'b')");
    } else values.add(unquoted(value).replace("''", "'"));
    boolean text = value.startsWith("'") || value.startsWith("\"");
    if (kind.equals("metrics") && (text || !number(values.getFirst())))
      throw wrong("compares the metric " + key + " with what is no number");
    return new Comparison(kind, key, op, values);
  }

  /** The kind as it is kept, whichever of MLflow's words for it was used. */
  static String plural(String kind) {
    return switch (kind) {
      case "metric", "param", "tag", "attribute", "dataset" -> kind + "s";
      case "parameter", "parameters" -> "params";
      case "attr", "run" -> "attributes";
      default -> kind;
    };
  }

  private static String unquoted(String text) {
    return text.length() > 1 && "'\"`".indexOf(text.charAt(0)) >= 0
        ? text.substring(1, text.length() - 1)
        : text;
  }

  private static boolean number(String text) {
    try {
      Double.parseDouble(text);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  public boolean isEmpty() {
    return comparisons.isEmpty();
  }

  public boolean matches(Subject subject) {
    for (Comparison c : comparisons)
      if (!matches(c, subject.value(c.kind(), c.key()))) return false;
    return true;
  }

  private static boolean matches(Comparison c, @Nullable Object actual) {
    if (c.op().equals("IS NULL")) return actual == null;
    if (actual == null) return false;
    return switch (c.op()) {
      case "IS NOT NULL" -> true;
      case "IN" -> c.values().contains(actual.toString());
      case "NOT IN" -> !c.values().contains(actual.toString());
      case "LIKE" -> like(c.values().getFirst(), actual.toString());
      case "ILIKE" -> like(lower(c.values().getFirst()), lower(actual.toString()));
      case "NOT LIKE" -> !like(c.values().getFirst(), actual.toString());
      case "NOT ILIKE" -> !like(lower(c.values().getFirst()), lower(actual.toString()));
      default -> compare(c, actual);
    };
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** In no more steps than the product of both lengths: a % that failed takes one more. */
  private static boolean like(String like, String said) {
    // A sign that takes two chars is one for _ all the same.
    int[] pattern = like.codePoints().toArray();
    int[] text = said.codePoints().toArray();
    int p = 0;
    int percent = -1;
    int from = 0;
    for (int t = 0; t < text.length; ) {
      boolean more = p < pattern.length;
      if (more && pattern[p] == '%') {
        percent = p++;
        from = t;
      } else if (more && (pattern[p] == '_' || pattern[p] == text[t])) {
        p++;
        t++;
      } else if (percent >= 0) {
        p = percent + 1;
        t = ++from;
      } else return false;
    }
    while (p < pattern.length && pattern[p] == '%') p++;
    return p == pattern.length;
  }

  private static boolean compare(Comparison c, Object actual) {
    String wanted = c.values().getFirst();
    if (actual instanceof Number number) {
      if (!number(wanted)) return c.op().equals("!=");
      double value = number.doubleValue();
      double other = Double.parseDouble(wanted);
      // A metric that is no number is neither less nor more than any.
      return switch (c.op()) {
        case "=" -> value == other;
        case "!=" -> value != other;
        case "<" -> value < other;
        case "<=" -> value <= other;
        case ">" -> value > other;
        default -> value >= other;
      };
    }
    int order = actual.toString().compareTo(wanted);
    return switch (c.op()) {
      case "=" -> order == 0;
      case "!=" -> order != 0;
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      default -> order >= 0;
    };
  }

  private static dev.steward.model.ProblemException wrong(String message) {
    return Problem.invalid(List.of(new Violation("filter", message)));
  }
}
