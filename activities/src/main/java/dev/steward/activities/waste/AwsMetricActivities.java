package dev.steward.activities.waste;

import dev.steward.aws.AwsAccess;
import dev.steward.aws.Connection;
import dev.steward.aws.MetricReader.Wanted;
import dev.steward.aws.RegionClients;
import dev.steward.estate.Kind;
import dev.steward.estate.Metric;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.model.Account;
import dev.steward.model.Coverage;
import dev.steward.model.Resource;
import dev.steward.model.Scan;
import dev.steward.model.Scan.MetricCoverage;
import dev.steward.storage.Chunks;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.workflows.waste.MetricActivities;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/** Reads daily and hourly values from CloudWatch, as many series a call as it takes. */
public final class AwsMetricActivities implements MetricActivities {
  /** From this attempt on what does not answer is a gap, and the rest is kept. */
  static final int PATIENT = 4;

  private final Store store;
  private final AwsAccess aws;

  public AwsMetricActivities(Store store, AwsAccess aws) {
    this.store = store;
    this.aws = aws;
  }

  @Override
  public Answer read(Question question) {
    Optional<Account> account = store.state().find(Tables.ACCOUNTS, question.account().value());
    Optional<Scan> scan = store.state().find(Tables.SCANS, question.scan().value());
    if (account.isEmpty() || scan.isEmpty()) return new Answer(Coverage.SKIPPED, 0, 0);
    // All series of a scan end when it began, so that whoever reads them later knows their hours.
    Instant now = scan.get().startedAt();
    Kind kind = Catalogue.kind(question.kind());
    List<Resource> resources =
        Chunks.resources(
            store.state(),
            Chunks.inventoryKey(question.account(), question.region(), question.kind()));
    Map<String, Map<String, double[]>> series = new LinkedHashMap<>();
    CoverageGaps gaps =
        new CoverageGaps(Activity.getExecutionContext().getInfo().getAttempt() >= PATIENT);
    byRegion(resources)
        .forEach((region, those) -> {
          RegionClients clients = new RegionClients(aws, Connection.of(account.get()), region);
          Map<String, Map<String, double[]>> own = new LinkedHashMap<>();
          try {
            read(clients, kind, those, now, own);
            series.putAll(own);
          } catch (SdkException e) {
            // What the region did not answer must not hide what the others did.
            gaps.add(region, those.size(), e);
          }
        });
    int silent = (int) series.values().stream().filter(AwsMetricActivities::isSilent).count();
    if (!gaps.isEmpty())
      return record(
          question,
          gaps.coverage(),
          resources.size(),
          silent,
          series.isEmpty() ? null : series,
          gaps.detail(resources.size()));
    int missing = missing(kind, resources, series);
    if (missing > 0)
      return record(
          question,
          Coverage.FAILED,
          resources.size(),
          silent,
          series,
          missing + " series were not answered in full");
    Coverage coverage =
        silent == resources.size() && silent > 0 ? Coverage.NO_DATAPOINTS : Coverage.ANSWERED;
    return record(question, coverage, resources.size(), silent, series, null);
  }

  private static boolean isSilent(Map<String, double[]> metrics) {
    return !metrics.isEmpty()
        && metrics.values().stream()
            .allMatch(values -> Arrays.stream(values).allMatch(Double::isNaN));
  }

  /** How many series were wanted and are not there. */
  private static int missing(
      Kind kind, List<Resource> resources, Map<String, Map<String, double[]>> series) {
    int missing = 0;
    for (Resource resource : resources)
      for (Metric metric : kind.metrics())
        if (metric.isOf(resource)
            && !metric.inDoubt()
            && !series.getOrDefault(resource.id(), Map.of()).containsKey(metric.id())) missing++;
    return missing;
  }

  /** A bucket's metrics lie in the bucket's region, whatever region its listing was in. */
  private static Map<String, List<Resource>> byRegion(List<Resource> resources) {
    Map<String, List<Resource>> regions = new TreeMap<>();
    for (Resource resource : resources)
      regions.computeIfAbsent(resource.region(), r -> new ArrayList<>()).add(resource);
    return regions;
  }

  private void read(
      RegionClients clients,
      Kind kind,
      List<Resource> resources,
      Instant now,
      Map<String, Map<String, double[]>> series) {
    ActivityExecutionContext context = Activity.getExecutionContext();
    List<Wanted> wanted = new ArrayList<>();
    for (Resource resource : resources)
      for (Metric metric : kind.metrics())
        if (metric.isOf(resource) && !metric.inDoubt()) wanted.add(new Wanted(resource, metric));
    SeriesReader.read(
        clients, wanted, now, Resource::id, () -> context.heartbeat(wanted.size()), series);
  }

  private Answer record(
      Question question,
      Coverage coverage,
      int asked,
      int silent,
      @Nullable Map<String, Map<String, double[]>> series,
      @Nullable String detail) {
    String key = Chunks.metricsKey(question.account(), question.region(), question.kind());
    Optional<Chunks.Packed> packed =
        Optional.ofNullable(series)
            .map(s -> Chunks.packMetrics(key, question.account(), question.scan().value(), s));
    return store.write(transaction -> {
      Optional<Scan> scan =
          transaction.find(Tables.SCANS, question.scan().value()).filter(s -> !s.status().isOver());
      if (scan.isEmpty()) return new Answer(Coverage.SKIPPED, asked, silent);
      packed.ifPresentOrElse(p -> p.put(transaction), () -> transaction.remove(Tables.CHUNKS, key));
      transaction.put(
          Tables.SCANS,
          scan.get()
              .measured(
                  new MetricCoverage(
                      question.region(), question.kind(), coverage, asked, silent, detail))
              .running(Math.min(90, scan.get().progress() + question.share())));
      return new Answer(coverage, asked, silent);
    });
  }
}
