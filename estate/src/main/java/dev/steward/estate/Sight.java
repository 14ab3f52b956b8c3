package dev.steward.estate;

import dev.steward.model.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a rule sees: the account's inventory, what of it was answered, the metrics, the prices, and
 * the organization's thresholds.
 */
public final class Sight {
  private final Map<String, Map<String, Resource>> byKind = new HashMap<>();
  private final Set<String> answered;
  private final Map<String, Map<String, MetricSeries>> metrics;
  private final PriceBook prices;
  private final Map<String, Double> thresholds;
  private final Instant now;
  private final PeakOutlook peaks;

  private final Map<String, Map<String, List<Resource>>> references;
  private final Map<String, Map<String, List<Resource>>> byRegion;
  private final Map<String, Boolean> whole;

  /**
   * @param answered {@code region/kind} pairs whose listing was answered in full
   * @param metrics series by {@code region/kind/resource} and metric id; absent when they were not
   *     asked or not answered
   * @param peaks tells what the busiest hours of the next fortnight will need
   */
  public Sight(
      Collection<Resource> inventory,
      Set<String> answered,
      Map<String, Map<String, MetricSeries>> metrics,
      PriceBook prices,
      Map<String, Double> thresholds,
      Instant now,
      PeakOutlook peaks) {
    for (Resource resource : inventory)
      byKind.computeIfAbsent(resource.kind(), k -> new HashMap<>()).put(key(resource), resource);
    this.references = new HashMap<>();
    this.byRegion = new HashMap<>();
    this.whole = new HashMap<>();
    this.answered = new HashSet<>(answered);
    this.metrics = metrics;
    this.prices = prices;
    this.thresholds = Map.copyOf(thresholds);
    this.now = now;
    this.peaks = peaks;
  }

  private Sight(Sight of, Map<String, Double> thresholds) {
    this.byKind.putAll(of.byKind);
    this.references = of.references;
    this.byRegion = of.byRegion;
    this.whole = of.whole;
    this.answered = of.answered;
    this.metrics = of.metrics;
    this.prices = of.prices;
    this.thresholds = Map.copyOf(thresholds);
    this.now = of.now;
    this.peaks = of.peaks;
  }

  /** The same world under other thresholds. */
  public Sight with(Map<String, Double> other) {
    return new Sight(this, other);
  }

  private static String key(Resource resource) {
    return resource.region() + "/" + resource.id();
  }

  public static String metricsKey(Resource resource) {
    return resource.region() + "/" + resource.kind() + "/" + resource.id();
  }

  public Collection<Resource> all(String kind) {
    return byKind.getOrDefault(kind, Map.of()).values();
  }

  public Optional<Resource> find(String kind, String region, String id) {
    return Optional.ofNullable(byKind.getOrDefault(kind, Map.of()).get(region + "/" + id));
  }

  /**
   * The resources of the kind in the region whose attribute names the id, alone or in a list
   * separated by commas.
   */
  public List<Resource> referring(String kind, Attribute<?> attribute, String region, String id) {
    return references
        .computeIfAbsent(kind + "/" + attribute.name(), k -> index(kind, attribute))
        .getOrDefault(region + "/" + id, List.of());
  }

  private Map<String, List<Resource>> index(String kind, Attribute<?> attribute) {
    Map<String, List<Resource>> index = new HashMap<>();
    for (Resource resource : all(kind)) {
      String ids = attribute.text(resource);
      if (ids == null) continue;
      for (String id : ids.split(",", -1))
        index
            .computeIfAbsent(resource.region() + "/" + id, k -> new java.util.ArrayList<>())
            .add(resource);
    }
    return index;
  }

  /**
   * Whether the kind's listing in the region was answered in full; if not, absence proves nothing.
   */
  public boolean isAnswered(String region, String kind) {
    return answered.contains(region + "/" + kind);
  }

  /** The kind's resources in the region. */
  public List<Resource> in(String region, String kind) {
    return byRegion
        .computeIfAbsent(
            kind,
            k ->
                all(k).stream()
                    .collect(Collectors.groupingBy(Resource::region, Collectors.toList())))
        .getOrDefault(region, List.of());
  }

  /**
   * Whether everything of the kind in the region was answered, each one with its details: what was
   * not said of one may be what somebody looks for.
   */
  public boolean isWhole(String region, String kind) {
    return isAnswered(region, kind)
        && whole.computeIfAbsent(
            region + "/" + kind, k -> in(region, kind).stream().allMatch(r -> r.missing() == null));
  }

  /**
   * The metric's series, or empty when it was not answered. A metric that is silent when nothing
   * happens answers zeros.
   */
  public Optional<MetricSeries> series(Resource resource, String metric) {
    return Optional.ofNullable(metrics.getOrDefault(metricsKey(resource), Map.of()).get(metric));
  }

  /**
   * What the busiest hours of the next fortnight will need of an hourly metric; empty when too few
   * hours are known.
   */
  public Optional<PeakOutlook.Outlook> peak(Resource resource, String metric) {
    return series(resource, metric).flatMap(s -> peaks.of(s.values()));
  }

  public double threshold(String name) {
    Double value = thresholds.get(name);
    if (value == null) throw new IllegalArgumentException("the check has no threshold " + name);
    return value;
  }

  /** Unknown where fewer whole days are known than the check's setting asks for; else empty. */
  public Optional<Verdict> tooFew(int wholeDays) {
    // Of the days that are asked for the last one is not over: it shows use, and no silence.
    double least = Math.min(threshold("min_datapoints"), Metric.WINDOW_DAYS - 1);
    return wholeDays >= least
        ? Optional.empty()
        : Optional.of(Verdict.unknown(wholeDays == 0 ? "no datapoints" : "too few datapoints"));
  }

  public PriceBook prices() {
    return prices;
  }

  /** Whole and part days since the moment. */
  public double daysSince(Instant moment) {
    return Duration.between(moment, now).toSeconds() / 86_400.0;
  }
}
