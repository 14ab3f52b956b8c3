package dev.steward.domain.lab;

import dev.steward.model.Problem;
import dev.steward.model.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a search looks for, in MLflow's words: {@code metrics.loss < 0.2 and params.model = 'mlp'}.
 * Comparisons are joined by AND.
 */
public final class Filter {
  private static final int LONGEST = 5_000;
  private static final int MOST = 50;

  /** What repeats is possessive: it is neither tried again nor kept on the stack. */
  private static final Pattern COMPARISON =
      Pattern.compile(
          "\\s*(?:(?<kind>[A-Za-z]+)\\s*\\.\\s*)?(?<key>\"[^\"]+\"|`[^`]+`|[\\w./-]+)\\s*"
              + "(?<op>!=|<=|>=|=|<|>|NOT\\s+ILIKE|NOT\\s+LIKE|ILIKE|LIKE|NOT\\s+IN|IN|IS\\s+NOT\\s+NULL|IS\\s+NULL)\\s*"
              + "(?<value>\\((?:[^')]++|'[^']*+')*+\\)|'[^']*+(?:''[^']*+)*+'|\"[^\"]*\"|[-+\\w.]+)?\\s*",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern AND = Pattern.compile("and\\s+", Pattern.CASE_INSENSITIVE);
  private static final Pattern TEXT = Pattern.compile("'([^']*)'|\"([^\"]*)\"");

  /** Where a thing that is searched for has what is compared. */
  public enum Part {
    METRICS,
    PARAMS,
    TAGS,
    ATTRIBUTES,
    DATASETS;

    /** By any of MLflow's words for it, in lower case; empty if it is none. */
    static Optional<Part> of(String word) {
      return switch (word) {
        case "metric", "metrics" -> Optional.of(METRICS);
        case "param", "params", "parameter", "parameters" -> Optional.of(PARAMS);
        case "tag", "tags" -> Optional.of(TAGS);
        case "attribute", "attributes", "attr", "run" -> Optional.of(ATTRIBUTES);
        case "dataset", "datasets" -> Optional.of(DATASETS);
        default -> Optional.empty();
      };
    }
  }

  private enum Op {
    EQUAL("="),
    UNEQUAL("!="),
    LESS("<"),
    AT_MOST("<="),
    MORE(">"),
    AT_LEAST(">="),
    LIKE("LIKE"),
    ILIKE("ILIKE"),
    NOT_LIKE("NOT LIKE"),
    NOT_ILIKE("NOT ILIKE"),
    IN("IN"),
    NOT_IN("NOT IN"),
    NULL("IS NULL"),
    NOT_NULL("IS NOT NULL");

    private static final Map<String, Op> BY_SIGN =
        Stream.of(values()).collect(Collectors.toMap(op -> op.sign, op -> op));

    private final String sign;

    Op(String sign) {
      this.sign = sign;
    }

    /** The pattern of a comparison lets no other signs in. */
    static Op of(String sign) {
      return Objects.requireNonNull(BY_SIGN.get(sign), sign);
    }
  }

  /** What a thing that is searched for has. */
  @FunctionalInterface
  public interface Subject {
    /** A text, a Double or a Long; null if it has no such. */
    @Nullable Object value(Part part, String key);
  }

  private record Comparison(Part part, String key, Op op, List<String> values) {}

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
    String word = matcher.group("kind");
    Part part =
        word == null
            ? Part.ATTRIBUTES
            : Part.of(word.toLowerCase(Locale.ROOT))
                .orElseThrow(
                    () -> wrong("knows metrics, params, tags and attributes, not " + word));
    String key = unquoted(matcher.group("key"));
    Op op = Op.of(matcher.group("op").toUpperCase(Locale.ROOT).replaceAll("\\s+", " "));
    String value = matcher.group("value");
    if (op == Op.NULL || op == Op.NOT_NULL) {
      if (value != null) throw wrong("has a value behind " + op.sign);
      return new Comparison(part, key, op, List.of());
    }
    if (value == null) throw wrong("has no value behind " + op.sign);
    List<String> values = new ArrayList<>();
    if (op == Op.IN || op == Op.NOT_IN) {
      Matcher texts = TEXT.matcher(value);
      while (texts.find()) values.add(texts.group(1) != null ? texts.group(1) : texts.group(2));
      if (!value.startsWith("(") || values.isEmpty()) throw wrong("needs a list like ('a', 'b')");
    } else values.add(unquoted(value).replace("''", "'"));
    boolean text = value.startsWith("'") || value.startsWith("\"");
    if (part == Part.METRICS && (text || !number(values.getFirst())))
      throw wrong("compares the metric " + key + " with what is no number");
    return new Comparison(part, key, op, values);
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
      if (!matches(c, subject.value(c.part(), c.key()))) return false;
    return true;
  }

  private static boolean matches(Comparison c, @Nullable Object actual) {
    if (actual == null) return c.op() == Op.NULL;
    String said = actual.toString();
    return switch (c.op()) {
      case NULL -> false;
      case NOT_NULL -> true;
      case IN -> c.values().contains(said);
      case NOT_IN -> !c.values().contains(said);
      case LIKE -> like(c.values().getFirst(), said);
      case ILIKE -> like(lower(c.values().getFirst()), lower(said));
      case NOT_LIKE -> !like(c.values().getFirst(), said);
      case NOT_ILIKE -> !like(lower(c.values().getFirst()), lower(said));
      case EQUAL -> order(c, actual) == Side.SAME;
      case UNEQUAL -> order(c, actual) != Side.SAME;
      case LESS -> order(c, actual) == Side.BEFORE;
      case AT_MOST -> AT_MOST.contains(order(c, actual));
      case MORE -> order(c, actual) == Side.AFTER;
      case AT_LEAST -> AT_LEAST.contains(order(c, actual));
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

  /** Where what there is stands beside what is wanted; a number that is none stands nowhere. */
  private enum Side {
    BEFORE,
    SAME,
    AFTER,
    NOWHERE
  }

  private static final Set<Side> AT_MOST = Set.of(Side.BEFORE, Side.SAME);
  private static final Set<Side> AT_LEAST = Set.of(Side.AFTER, Side.SAME);

  private static Side order(Comparison c, Object actual) {
    String wanted = c.values().getFirst();
    if (actual instanceof Number number) {
      if (!number(wanted)) return Side.NOWHERE;
      double value = number.doubleValue();
      double other = Double.parseDouble(wanted);
      if (value == other) return Side.SAME;
      return value < other ? Side.BEFORE : value > other ? Side.AFTER : Side.NOWHERE;
    }
    int order = actual.toString().compareTo(wanted);
    return order == 0 ? Side.SAME : order < 0 ? Side.BEFORE : Side.AFTER;
  }

  private static dev.steward.model.ProblemException wrong(String message) {
    return Problem.invalid(List.of(new Violation("filter", message)));
  }
}
