package dev.steward.activities.waste;

import dev.steward.aws.AwsAccess;
import dev.steward.aws.Connection;
import dev.steward.aws.MetricReader.Wanted;
import dev.steward.aws.RegionClients;
import dev.steward.estate.Metric;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.model.Account;
import dev.steward.model.Coverage;
import dev.steward.model.Resource;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What CloudWatch told of some resources of a kind, and what became of the question.
 *
 * @param series by resource and metric; what was not answered stays out
 * @param asked about how many resources
 * @param silent how many had no datapoint
 * @param detail why not all of it was answered; null where it was
 */
record KindMetrics(
    Map<String, Map<String, double[]>> series,
    Coverage coverage,
    int asked,
    int silent,
    @Nullable String detail) {
  /** From this attempt on what does not answer is a gap, and the rest is kept. */
  private static final int PATIENT = 4;

  /**
   * Reads them, each where it lies: a bucket's metrics are in its own region, whatever region its
   * listing was in. A region that does not answer hides nothing of the others.
   *
   * @param inDoubt whether those are wanted that are asked only in doubt, or the others
   * @param now when the windows end
   * @param key of a resource among the series
   * @throws SdkException where AWS may answer a later attempt
   */
  static KindMetrics read(
      AwsAccess aws,
      Account account,
      List<Resource> resources,
      boolean inDoubt,
      Instant now,
      Function<Resource, String> key) {
    ActivityExecutionContext context = Activity.getExecutionContext();
    CoverageGaps gaps = new CoverageGaps(context.getInfo().getAttempt() >= PATIENT);
    Map<String, Map<String, double[]>> series = new LinkedHashMap<>();
    List<Wanted> all = new ArrayList<>();
    byRegion(resources)
        .forEach((region, those) -> {
          List<Wanted> wanted = wanted(those, inDoubt);
          all.addAll(wanted);
          Map<String, Map<String, double[]>> own = new LinkedHashMap<>();
          try {
            SeriesReader.read(
                new RegionClients(aws, Connection.of(account), region),
                wanted,
                now,
                key,
                () -> context.heartbeat(wanted.size()),
                own);
            series.putAll(own);
          } catch (SdkException e) {
            gaps.add(region, those.size(), e);
          }
        });
    return of(series, gaps, all, resources.size(), key);
  }

  private static KindMetrics of(
      Map<String, Map<String, double[]>> series,
      CoverageGaps gaps,
      List<Wanted> wanted,
      int asked,
      Function<Resource, String> key) {
    int silent = (int) series.values().stream().filter(KindMetrics::isSilent).count();
    if (!gaps.isEmpty())
      return new KindMetrics(series, gaps.coverage(), asked, silent, gaps.detail(asked, "metrics"));
    long missing =
        wanted.stream()
            .filter(one ->
                !series
                    .getOrDefault(key.apply(one.resource()), Map.of())
                    .containsKey(one.metric().id()))
            .count();
    if (missing > 0)
      return new KindMetrics(
          series, Coverage.FAILED, asked, silent, missing + " series were not answered in full");
    return new KindMetrics(
        series,
        silent == asked && silent > 0 ? Coverage.NO_DATAPOINTS : Coverage.ANSWERED,
        asked,
        silent,
        null);
  }

  static Map<String, List<Resource>> byRegion(List<Resource> resources) {
    return resources.stream()
        .collect(Collectors.groupingBy(Resource::region, TreeMap::new, Collectors.toList()));
  }

  static List<Wanted> wanted(List<Resource> resources, boolean inDoubt) {
    List<Wanted> wanted = new ArrayList<>();
    for (Resource resource : resources)
      for (Metric metric : Catalogue.kind(resource.kind()).metrics())
        if (metric.inDoubt() == inDoubt && metric.isOf(resource))
          wanted.add(new Wanted(resource, metric));
    return wanted;
  }

  private static boolean isSilent(Map<String, double[]> metrics) {
    return !metrics.isEmpty()
        && metrics.values().stream()
            .allMatch(values -> Arrays.stream(values).allMatch(Double::isNaN));
  }
}
