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
    Instant first = now.truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(DAYS - 1L));
    put(namespace, name, dimensions, first, Duration.ofDays(1), DAYS - days, DAYS, value);
  }

  /**
   * A fortnight of hours that are over.
   *
   * @param value by the hour, 0 being the oldest
   */
  void publishHours(
      String namespace, String name, Map<String, String> dimensions, IntToDoubleFunction value) {
    int hours = DAYS * 24;
    Instant first = now.truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(hours));
    put(namespace, name, dimensions, first, Duration.ofHours(1), 0, hours, value);
  }

  private void put(
      String namespace,
      String name,
      Map<String, String> dimensions,
      Instant first,
      Duration step,
      int from,
      int to,
      IntToDoubleFunction value) {
    List<Dimension> names =
        dimensions.entrySet().stream()
            .map(d -> Dimension.builder().name(d.getKey()).value(d.getValue()).build())
            .toList();
    List<MetricDatum> data = new ArrayList<>();
    for (int i = from; i < to; i++)
      data.add(
          MetricDatum.builder()
              .metricName(name)
              .dimensions(names)
              .timestamp(first.plus(step.multipliedBy(i)))
              .value(value.applyAsDouble(i))
              .build());
    // The SDK compresses larger calls, which the emulator does not read.
    for (int at = 0; at < data.size(); at += AT_ONCE) {
      List<MetricDatum> some = data.subList(at, Math.min(data.size(), at + AT_ONCE));
      client.putMetricData(r -> r.namespace(namespace).metricData(some));
    }
  }
}
