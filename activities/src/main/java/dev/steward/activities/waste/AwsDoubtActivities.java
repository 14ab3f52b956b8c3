package dev.steward.activities.waste;

import dev.steward.aws.AwsAccess;
import dev.steward.aws.Connection;
import dev.steward.aws.Details;
import dev.steward.aws.MetricReader.Wanted;
import dev.steward.aws.RegionClients;
import dev.steward.estate.Kind;
import dev.steward.estate.Metric;
import dev.steward.estate.PriceBook;
import dev.steward.estate.Sight;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.estate.catalogue.WasteDetector;
import dev.steward.model.Account;
import dev.steward.model.Money;
import dev.steward.model.Resource;
import dev.steward.model.Scan;
import dev.steward.model.job.Jobs.ScanRef;
import dev.steward.storage.Chunks;
import dev.steward.storage.State;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.workflows.waste.DoubtActivities;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Asks what may take a call for each resource, and so only about what would be waste but for the
 * answer: whom an image is shared with, what an idle machine's disks do, whether a bucket is empty.
 * What is not answered leaves the judgement unknown.
 */
public final class AwsDoubtActivities implements DoubtActivities {
  /** So that a flood of old snapshots does not keep a scan; what is beyond it stays unknown. */
  private static final int MOST = 5_000;

  /** Asked between two beats. */
  private static final int AT_ONCE = 64;

  private final Store store;
  private final AwsAccess aws;
  private final PriceBook prices;
  private final InstantSource clock;

  public AwsDoubtActivities(Store store, AwsAccess aws, PriceBook prices, InstantSource clock) {
    this.store = store;
    this.aws = aws;
    this.prices = prices;
    this.clock = clock;
  }

  @Override
  public int ask(ScanRef input) {
    State state = store.state();
    Optional<Account> account = state.find(Tables.ACCOUNTS, input.account().value());
    Optional<Scan> scan =
        state.find(Tables.SCANS, input.scan().value()).filter(s -> !s.status().isOver());
    if (account.isEmpty() || scan.isEmpty()) return 0;
    SightOfAccount judging = SightOfAccount.of(state, input, scan.get(), clock.instant());
    List<Resource> doubts =
        WasteDetector.doubts(
                judging.inventory(),
                judging.sight(prices, _ -> Optional.empty()),
                judging.settings(),
                judging.word())
            .stream()
            .limit(MOST)
            .toList();
    List<Resource> asked = new ArrayList<>();
    Map<String, Map<String, double[]>> series = new LinkedHashMap<>();
    byRegion(doubts)
        .forEach((region, those) -> {
          RegionClients clients = new RegionClients(aws, Connection.of(account.get()), region);
          asked.addAll(details(clients, those));
          measure(clients, those, scan.get(), series);
        });
    keep(input, asked, series);
    return doubts.size();
  }

  private static Map<String, List<Resource>> byRegion(List<Resource> resources) {
    return resources.stream()
        .collect(Collectors.groupingBy(Resource::region, TreeMap::new, Collectors.toList()));
  }

  private static List<Resource> details(RegionClients clients, List<Resource> resources) {
    ActivityExecutionContext context = Activity.getExecutionContext();
    List<Resource> asked = new ArrayList<>();
    resources.stream()
        .collect(Collectors.groupingBy(Resource::kind, TreeMap::new, Collectors.toList()))
        .forEach((id, those) -> {
          Kind kind = Catalogue.kind(id);
          if (kind.doubts().isEmpty()) return;
          for (int from = 0; from < those.size(); from += AT_ONCE) {
            context.heartbeat(from);
            asked.addAll(
                Details.inDoubt(
                    kind, clients, those.subList(from, Math.min(those.size(), from + AT_ONCE))));
          }
        });
    return asked;
  }

  /** What a region does not answer stays out. */
  private static void measure(
      RegionClients clients,
      List<Resource> resources,
      Scan scan,
      Map<String, Map<String, double[]>> series) {
    ActivityExecutionContext context = Activity.getExecutionContext();
    List<Wanted> wanted = new ArrayList<>();
    for (Resource resource : resources)
      for (Metric metric : Catalogue.kind(resource.kind()).metrics())
        if (metric.inDoubt() && metric.isOf(resource)) wanted.add(new Wanted(resource, metric));
    CoverageGaps gaps =
        new CoverageGaps(context.getInfo().getAttempt() >= AwsMetricActivities.PATIENT);
    try {
      SeriesReader.read(
          clients,
          wanted,
          scan.startedAt(),
          Sight::metricsKey,
          () -> context.heartbeat(wanted.size()),
          series);
    } catch (SdkException e) {
      gaps.add(clients.region(), resources.size(), e);
    }
  }

  private void keep(
      ScanRef input, List<Resource> asked, Map<String, Map<String, double[]>> series) {
    String run = input.scan().value();
    Chunks.Packed resources =
        Chunks.packResources(
            Chunks.doubtsKey(input.account()), input.account(), run, asked, Money.ZERO);
    Chunks.Packed metrics =
        Chunks.packMetrics(Chunks.doubtMetricsKey(input.account()), input.account(), run, series);
    store.write(t -> {
      boolean open =
          t.find(Tables.ACCOUNTS, input.account().value()).isPresent()
              && t.find(Tables.SCANS, run).filter(s -> !s.status().isOver()).isPresent();
      if (open) {
        resources.put(t);
        metrics.put(t);
      }
      return open;
    });
  }
}
