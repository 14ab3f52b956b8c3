package dev.steward.domain.lab;

import dev.steward.model.Problem;
import dev.steward.model.Violation;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How a search is sorted: {@code metrics.loss ASC}. What has no such value comes last. */
public final class Order {
  private static final Pattern CLAUSE =
      Pattern.compile(
          "\\s*(?:(\\w+)\\s*\\.\\s*)?(`[^`]+`|\"[^\"]+\"|[\\w./-]+)(?:\\s+(asc|desc))?\\s*",
          Pattern.CASE_INSENSITIVE);

  private Order() {}

  /**
   * @param clauses the first counts most
   * @param last for what they leave equal
   */
  public static <T> Comparator<T> by(
      List<String> clauses, Function<T, Filter.Subject> subject, Comparator<T> last) {
    Comparator<T> order = (_, _) -> 0;
    for (String clause : clauses) {
      Matcher matcher = CLAUSE.matcher(clause);
      if (!matcher.matches())
        throw Problem.invalid(List.of(new Violation("order_by", "is not understood: " + clause)));
      Filter.Part part =
          Optional.ofNullable(matcher.group(1))
              .flatMap(word -> Filter.Part.of(word.toLowerCase(Locale.ROOT)))
              .orElse(Filter.Part.ATTRIBUTES);
      String key = matcher.group(2).replaceAll("^[`\"]|[`\"]$", "");
      boolean down = "desc".equalsIgnoreCase(matcher.group(3));
      order =
          order.thenComparing(
              item -> subject.apply(item).value(part, key), (a, b) -> compare(a, b, down));
    }
    return order.thenComparing(last);
  }

  private static int compare(@Nullable Object a, @Nullable Object b, boolean down) {
    if (missing(a) || missing(b)) return Boolean.compare(missing(a), missing(b));
    int order =
        a instanceof Number x && b instanceof Number y
            ? Double.compare(x.doubleValue(), y.doubleValue())
            : String.valueOf(a).compareTo(String.valueOf(b));
    return down ? -order : order;
  }

  private static boolean missing(@Nullable Object value) {
    return value == null || value instanceof Double number && number.isNaN();
  }
}
