package dev.steward.activities.onboarding;

import dev.steward.aws.RegionClients;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;

/** The smallest question to CloudWatch, which tells whether it may be asked. */
final class MetricsProbe {
  private MetricsProbe() {}

  static void probe(RegionClients clients) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MINUTES);
    MetricDataQuery query =
        MetricDataQuery.builder()
            .id("probe")
            .metricStat(s ->
                s.metric(m -> m.namespace("AWS/EC2").metricName("CPUUtilization"))
                    .period(300)
                    .stat("Average"))
            .build();
    clients
        .metrics()
        .getMetricData(r ->
            r.startTime(now.minus(Duration.ofMinutes(5))).endTime(now).metricDataQueries(query));
  }
}
