package dev.steward.estate.catalogue;

import dev.steward.estate.Kind;
import dev.steward.estate.Metric;
import dev.steward.estate.MetricSeries;
import dev.steward.estate.PeakOutlook;
import dev.steward.estate.PriceBook;
import dev.steward.estate.Sight;
import dev.steward.estate.Verdict;
import dev.steward.estate.WasteCheck;
import dev.steward.model.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A small account for judging. */
final class World {
  static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  static final String REGION = "us-east-1";
  final List<Resource> inventory = new ArrayList<>();
  final Set<String> answered = new HashSet<>();
  final Map<String, Map<String, MetricSeries>> metrics = new HashMap<>();

  /** What a peak will be, as a test knows it: as it was, give or take a tenth. */
  PeakOutlook peaks =
      hourly -> {
        double peak = Arrays.stream(hourly).filter(Double::isFinite).max().orElse(Double.NaN);
        return Double.isNaN(peak)
            ? Optional.empty()
            : Optional.of(
                new PeakOutlook.Outlook(
                    "test",
                    peak,
                    new double[] {.025, .5, .975},
                    new double[] {.9 * peak, peak, 1.1 * peak}));
      };

  World() {
    for (Kind kind : Catalogue.KINDS) answered.add(REGION + "/" + kind.id());
  }

  /** What AWS tells of each, whatever it is; an empty value takes it away. */
  private static final Map<String, Map<String, String>> TOLD =
      Map.of(
          "ec2_instance",
          Map.of(
              "platform",
              "Linux/UNIX",
              "tenancy",
              "default",
              "lifecycle",
              "on-demand",
              "automatic_address",
              "none"),
          "ebs_volume",
          // Of one that several may attach AWS sends no VolumeIdleTime, and nothing is sent here.
          Map.of("iops", "3000", "throughput", "125", "multi_attach", "true"),
          "ebs_snapshot",
          Map.of("tier", "standard", "shared_with", "0", "volume", "gone"),
          "load_balancer",
          Map.of("listeners", "1", "redirects", "false"),
          "target_group",
          Map.of("not_serving", "0"),
          "rds_instance",
          Map.of("storage_type", "gp2", "multi_az", "false"),
          "ec2_image",
          Map.of("shared_with", "0"));

  Resource add(
      String kind, String id, @Nullable String state, double ageDays, String... attributes) {
    Map<String, String> values = new HashMap<>(TOLD.getOrDefault(kind, Map.of()));
    for (int i = 0; i < attributes.length; i += 2) values.put(attributes[i], attributes[i + 1]);
    values.values().removeIf(String::isEmpty);
    Resource resource = new Resource(id, kind, REGION, null, state, ago(ageDays), Map.of(), values);
    inventory.add(resource);
    quiet(resource);
    if (kind.equals("ebs_volume") && !Arrays.asList(attributes).contains("multi_attach"))
      metric(resource, "reads", days(14, 0)).metric(resource, "writes", days(14, 0));
    return resource;
  }

  /** What is asked in doubt, and what a balancer passes on, is nothing unless a test says so. */
  private void quiet(Resource resource) {
    boolean balancer = resource.kind().equals("load_balancer");
    for (Metric metric : Catalogue.kind(resource.kind()).metrics())
      if (metric.inDoubt() || (balancer && metric.isOf(resource)))
        metric(resource, metric.id(), metric.inDoubt() ? new double[0] : days(14, 0));
  }

  static Instant ago(double days) {
    return NOW.minus(Duration.ofMinutes((long) (days * 1_440)));
  }

  World metric(Resource resource, String metric, double... values) {
    double[] window = new double[Metric.WINDOW_DAYS];
    Arrays.fill(window, Double.NaN);
    System.arraycopy(values, 0, window, window.length - values.length, values.length);
    metrics
        .computeIfAbsent(Sight.metricsKey(resource), k -> new HashMap<>())
        .put(metric, MetricSeries.daily(window));
    return this;
  }

  /** Hourly values, the newest last. */
  World hours(Resource resource, String metric, double... values) {
    int length = Metric.Resolution.HOURLY.length();
    double[] window = new double[length];
    Arrays.fill(window, Double.NaN);
    System.arraycopy(values, 0, window, length - values.length, values.length);
    metrics
        .computeIfAbsent(Sight.metricsKey(resource), k -> new HashMap<>())
        .put(metric, MetricSeries.hourly(window));
    return this;
  }

  static double[] days(int count, double value) {
    double[] values = new double[count];
    Arrays.fill(values, value);
    return values;
  }

  Judge check(String check) {
    return new Judge(this, check);
  }

  Verdict judge(String check, Resource resource) {
    WasteCheck rule = Catalogue.check(check).orElseThrow();
    return rule.rule().judge(resource, sight().with(WasteDetector.thresholds(rule, null)));
  }

  Sight sight() {
    return new Sight(inventory, answered, metrics, PriceBook.current(), Map.of(), NOW, peaks);
  }
}
