package dev.steward.api.client;

import dev.steward.model.Money;
import dev.steward.model.Resource;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Comma-separated values (RFC 4180). A text that a spreadsheet would take for a formula is led by
 * an apostrophe.
 */
final class Csv {
  private Csv() {}

  static String row(@Nullable Object... values) {
    return Arrays.stream(values).map(Csv::cell).collect(Collectors.joining(",")) + "\r\n";
  }

  static String resources(Stream<Resource> resources) {
    StringBuilder csv =
        new StringBuilder(
            row("kind", "region", "id", "name", "state", "created_at", "tags", "attributes"));
    resources.forEach(r ->
        csv.append(
            row(
                r.kind(),
                r.region(),
                r.id(),
                r.name(),
                r.state(),
                r.createdAt(),
                new TreeMap<>(r.tags()),
                new TreeMap<>(r.attributes()))));
    return csv.toString();
  }

  /** A cell without a number is not known, which is not 0. */
  static String costs(OverviewOperations.Costs costs) {
    StringBuilder csv =
        new StringBuilder(row("dimension", "name", "usd_month", "unpriced_resources", "basis"));
    for (OverviewOperations.Day day : costs.daily())
      csv.append(row("day", day.day(), day.monthlyRate().dollars(), day.unpriced(), costs.basis()));
    OverviewOperations.UnpricedCosts unpriced = costs.unpriced();
    costs(csv, "service", costs.byService(), unpriced == null ? null : unpriced.byService(), costs);
    costs(csv, "region", costs.byRegion(), unpriced == null ? null : unpriced.byRegion(), costs);
    costs(csv, "account", costs.byAccount(), unpriced == null ? null : unpriced.byAccount(), costs);
    return csv.toString();
  }

  private static void costs(
      StringBuilder csv,
      String dimension,
      Map<String, Money> known,
      @Nullable Map<String, Integer> unpriced,
      OverviewOperations.Costs costs) {
    TreeSet<String> names = new TreeSet<>(known.keySet());
    if (unpriced != null) names.addAll(unpriced.keySet());
    for (String name : names) {
      Money amount = known.get(name);
      csv.append(
          row(
              dimension,
              name,
              amount == null ? null : amount.dollars(),
              unpriced == null ? null : unpriced.getOrDefault(name, 0),
              costs.basis()));
    }
  }

  private static String cell(@Nullable Object value) {
    String text = Objects.toString(value, "");
    if (!text.isEmpty() && value instanceof String && "=+-@\t\r".indexOf(text.charAt(0)) >= 0)
      text = "'" + text;
    boolean quoted = text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return quoted ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }
}
