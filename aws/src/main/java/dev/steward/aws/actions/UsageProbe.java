package dev.steward.aws.actions;

import dev.steward.aws.AwsError;
import dev.steward.aws.MetricReader;
import dev.steward.aws.MetricReader.Wanted;
import dev.steward.aws.RegionClients;
import dev.steward.estate.Kind;
import dev.steward.estate.LastDay;
import dev.steward.estate.Metric;
import dev.steward.estate.Reading;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.model.Resource;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkServiceException;

/** Whether somebody has used a resource in the last day, by the metrics that found it unused. */
public final class UsageProbe {
  private static final int HOUR = 3_600;

  private UsageProbe() {}

  /**
   * Why the step may not be done, in words; empty where the last day shows that nobody uses it.
   *
   * @param thresholds of the check, as they are in force now
   */
  public static List<String> refusals(
      RegionClients clients,
      Resource resource,
      LastDay day,
      Map<String, Double> thresholds,
      Instant now) {
    Kind kind = Catalogue.kind(resource.kind());
    List<Metric> metrics = day.metrics(kind, resource);
    Instant end = now.truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(1));
    List<Reading> readings;
    try {
      readings =
          MetricReader.read(
              clients,
              metrics.stream().map(metric -> new Wanted(resource, metric)).toList(),
              new MetricReader.Window(end.minus(Duration.ofDays(1)), end, HOUR));
    } catch (SdkServiceException e) {
      if (AwsError.of(e) != AwsError.DENIED) throw e;
      return List.of("nobody can tell whether it is used: AWS says " + AwsError.code(e));
    }
    Map<String, Reading> byMetric = new HashMap<>();
    for (int i = 0; i < metrics.size(); i++) byMetric.put(metrics.get(i).id(), readings.get(i));
    return day.refusals(kind, resource, thresholds, byMetric);
  }
}
