package dev.steward.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;

/** Publishes a fortnight of daily or hourly values. */
final class EstateMetrics {
  static final int DAYS = 14;
  private static final int AT_ONCE = 30;
  private final CloudWatchClient client;
  private final Instant now;

  EstateMetrics(Customer customer, String region, Instant now) {
    this.client = customer.client(region, CloudWatchClient.class, CloudWatchClient::builder);
    this.now = now;
  }

  /**
   * @param value by the day, 0 being the oldest
   */
  void publish(
      String namespace, String name, Map<String, String> dimensions, IntToDoubleFunction value) {
    publish(namespace, name, dimensions, DAYS, value);
  }

  /** The same for the last so many days only. */
  void publish(
      String namespace,
      String name,
      Map<String, String> dimensions,
      int days,
      IntToDoubleFunction value) {
    List<Dimension> names = names(dimensions);
    Instant today = now.truncatedTo(ChronoUnit.DAYS);
    List<MetricDatum> data = new ArrayList<>();
    for (int day = DAYS - days; day < DAYS; day++)
      data.add(
          MetricDatum.builder()
              .metricName(name)
              .dimensions(names)
              .timestamp(today.minus(Duration.ofDays(DAYS - 1L - day)))
              .value(value.applyAsDouble(day))
              .build());
    client.putMetricData(r -> r.namespace(namespace).metricData(data));
  }

  /**
   * A fortnight of hours that are over.
   *
   * @param value by the hour, 0 being the oldest
   */
  void publishHours(
      String namespace, String name, Map<String, String> dimensions, IntToDoubleFunction value) {
    List<Dimension> names = names(dimensions);
    Instant end = now.truncatedTo(ChronoUnit.HOURS);
    List<MetricDatum> data = new ArrayList<>();
    for (int hour = 0; hour < DAYS * 24; hour++)
      data.add(
          MetricDatum.builder()
              .metricName(name)
              .dimensions(names)
              .timestamp(end.minus(Duration.ofHours(DAYS * 24L - hour)))
              .value(value.applyAsDouble(hour))
              .build());
    // The SDK compresses larger calls, which the emulator does not read.
    for (int from = 0; from < data.size(); from += AT_ONCE) {
      List<MetricDatum> some = data.subList(from, Math.min(data.size(), from + AT_ONCE));
      client.putMetricData(r -> r.namespace(namespace).metricData(some));
    }
  }

  private static List<Dimension> names(Map<String, String> dimensions) {
    return dimensions.entrySet().stream()
        .map(d -> Dimension.builder().name(d.getKey()).value(d.getValue()).build())
        .toList();
  }
}
