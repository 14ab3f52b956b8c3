package dev.steward.activities.governance;

import dev.steward.activities.aws.RegionClients;
import dev.steward.model.Resource;
import dev.steward.waste.Catalogue;
import dev.steward.waste.Metric;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;

/** Whether somebody has used a resource in the last day, by the metrics that found it idle. */
final class UsageProbe {
  private static final int HOUR = 3_600;

  /** As the check idle_instance has them by default. */
  private static final double IDLE_CPU = 5;

  private static final double IDLE_NETWORK = 5e6;

  private UsageProbe() {}

  /** How it is used, in words; empty when nothing shows that it is. */
  static Optional<String> used(RegionClients clients, Resource resource, Instant now) {
    List<Metric> metrics =
        Catalogue.kind(resource.kind()).metrics().stream()
            .filter(m -> m.resolution() == Metric.Resolution.DAILY)
            .toList();
    if (metrics.isEmpty()) return Optional.empty();
    Instant end = now.truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(1));
    List<MetricDataQuery> queries = new ArrayList<>();
    for (int i = 0; i < metrics.size(); i++) queries.add(query("m" + i, metrics.get(i), resource));
    List<String> uses = new ArrayList<>();
    double network = 0;
    for (MetricDataResult result :
        clients
            .metrics()
            .getMetricData(r ->
                r.metricDataQueries(queries).startTime(end.minus(Duration.ofDays(1))).endTime(end))
            .metricDataResults()) {
      Metric metric = metrics.get(Integer.parseInt(result.id().substring(1)));
      double sum = result.values().stream().mapToDouble(Double::doubleValue).sum();
      double mean = result.values().isEmpty() ? 0 : sum / result.values().size();
      switch (metric.id()) {
        case "cpu" -> {
          if (resource.kind().equals("ec2_instance") && mean > IDLE_CPU)
            uses.add(String.format(java.util.Locale.ROOT, "cpu was %.1f %% in the last day", mean));
        }
        case "network_in", "network_out" -> network += sum;
        case "connections", "requests", "bytes_out" -> {
          if (sum > 0)
            uses.add(
                String.format(
                    java.util.Locale.ROOT, "%s were %.0f in the last day", metric.id(), sum));
        }
        default -> {
          // The rest say nothing about being used.
        }
      }
    }
    if (network > IDLE_NETWORK)
      uses.add(
          String.format(
              java.util.Locale.ROOT,
              "%.1f MB went over the network in the last day",
              network / 1e6));
    return uses.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", uses));
  }

  private static MetricDataQuery query(String id, Metric metric, Resource resource) {
    String named = metric.value().equals("id") ? null : resource.attribute(metric.value());
    Dimension dimension =
        Dimension.builder()
            .name(metric.dimension())
            .value(named == null ? resource.id() : named)
            .build();
    return MetricDataQuery.builder()
        .id(id)
        .metricStat(s ->
            s.metric(m ->
                    m.namespace(metric.namespace()).metricName(metric.name()).dimensions(dimension))
                .period(HOUR)
                .stat(metric.statistic()))
        .build();
  }
}
