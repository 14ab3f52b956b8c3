package dev.steward.api.client;

import dev.steward.domain.data.Csv;
import dev.steward.model.Money;
import dev.steward.model.Resource;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What clients take away for their spreadsheets. */
final class Exports {
  private Exports() {}

  static String resources(Stream<Resource> resources) {
    Csv csv = new Csv("kind", "region", "id", "name", "state", "created_at", "tags", "attributes");
    resources.forEach(r ->
        csv.row(
            r.kind(),
            r.region(),
            r.id(),
            r.name(),
            r.state(),
            r.createdAt(),
            new TreeMap<>(r.tags()),
            new TreeMap<>(r.attributes())));
    return csv.toString();
  }

  /** A cell without a number is not known, which is not 0. */
  static String costs(OverviewOperations.Costs costs) {
    Csv csv = new Csv("dimension", "name", "usd_month", "unpriced_resources", "basis");
    for (OverviewOperations.Day day : costs.daily())
      csv.row("day", day.day(), day.monthlyRate().dollars(), day.unpriced(), costs.basis());
    OverviewOperations.UnpricedCosts unpriced = costs.unpriced();
    costs(csv, "service", costs.byService(), unpriced == null ? null : unpriced.byService(), costs);
    costs(csv, "region", costs.byRegion(), unpriced == null ? null : unpriced.byRegion(), costs);
    costs(csv, "account", costs.byAccount(), unpriced == null ? null : unpriced.byAccount(), costs);
    return csv.toString();
  }

  private static void costs(
      Csv csv,
      String dimension,
      Map<String, Money> known,
      @Nullable Map<String, Integer> unpriced,
      OverviewOperations.Costs costs) {
    TreeSet<String> names = new TreeSet<>(known.keySet());
    if (unpriced != null) names.addAll(unpriced.keySet());
    for (String name : names) {
      Money amount = known.get(name);
      csv.row(
          dimension,
          name,
          amount == null ? null : amount.dollars(),
          unpriced == null ? null : unpriced.getOrDefault(name, 0),
          costs.basis());
    }
  }
}
