package dev.steward.activities.waste;

import dev.steward.aws.AwsAccess;
import dev.steward.aws.AwsError;
import dev.steward.aws.Connection;
import dev.steward.aws.Details;
import dev.steward.aws.RegionClients;
import dev.steward.estate.Detail;
import dev.steward.estate.PriceBook;
import dev.steward.estate.Sight;
import dev.steward.model.Account;
import dev.steward.model.Money;
import dev.steward.model.Resource;
import dev.steward.model.Scan;
import dev.steward.model.Scan.DoubtCoverage;
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

/**
 * Asks what may take a call for each resource, and so only about what would be waste but for the
 * answer: whom an image is shared with, what an idle machine's disks do, whether a bucket is empty.
 * What is not answered leaves the judgement unknown, and a line in the scan's coverage.
 */
public final class AwsDoubtActivities implements DoubtActivities {
  /** So that a flood of old snapshots does not keep a scan; what is beyond it stays unknown. */
  private static final int MOST = 5_000;

  /** Asked between two beats. */
  private static final int AT_ONCE = 64;

  /** The name of the question for metrics. */
  private static final String METRICS = "metrics";

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

  /**
   * What AWS said.
   *
   * @param told of each resource no more than the answers
   */
  private record Answers(
      List<Resource> told, Map<String, Map<String, double[]>> series, List<DoubtCoverage> lines) {}

  @Override
  public int ask(ScanRef input) {
    State state = store.state();
    Optional<Account> account = state.find(Tables.ACCOUNTS, input.account().value());
    Optional<Scan> scan =
        state.find(Tables.SCANS, input.scan().value()).filter(s -> !s.status().isOver());
    if (account.isEmpty() || scan.isEmpty()) return 0;
    // Asked as if nobody had asked yet: what an attempt before kept is replaced as a whole.
    SightOfAccount judging = SightOfAccount.unasked(state, input, scan.get(), clock.instant());
    List<Resource> all = judging.doubts(prices);
    List<Resource> some = all.subList(0, Math.min(all.size(), MOST));
    Answers answers = new Answers(new ArrayList<>(), new LinkedHashMap<>(), new ArrayList<>());
    for (Doubted doubted : Doubted.byPlace(some)) {
      if (!doubted.kind().doubts().isEmpty()) details(account.get(), doubted, answers);
      measure(account.get(), doubted, scan.get(), answers);
    }
    for (Doubted left : Doubted.byPlace(all.subList(some.size(), all.size())))
      answers
          .lines()
          .add(
              left.unasked(
                  "what is in doubt beyond the first " + MOST, "a scan asks about no more"));
    keep(input, answers);
    return some.size();
  }

  private void details(Account account, Doubted doubted, Answers answers) {
    ActivityExecutionContext context = Activity.getExecutionContext();
    List<Resource> told = new ArrayList<>();
    KindMetrics.byRegion(doubted.resources())
        .forEach((region, those) -> {
          RegionClients clients = new RegionClients(aws, Connection.of(account), region);
          for (int from = 0; from < those.size(); from += AT_ONCE) {
            context.heartbeat(from);
            told.addAll(
                Details.inDoubt(
                    doubted.kind(),
                    clients,
                    those.subList(from, Math.min(those.size(), from + AT_ONCE))));
          }
        });
    answers.told().addAll(told);
    for (Detail detail : doubted.kind().doubts())
      answers.lines().add(coverage(doubted, detail, told));
  }

  private static DoubtCoverage coverage(Doubted doubted, Detail detail, List<Resource> told) {
    CoverageGaps gaps = new CoverageGaps(true);
    for (Resource one : told) {
      String codes = one.attribute(Resource.DETAILS_ERROR);
      // What is gone meanwhile has none: there was nothing left to ask about.
      if (codes != null
          && List.of(String.valueOf(one.missing()).split(",")).contains(detail.what()))
        gaps.add(one.region(), 1, codes, AwsError.named(codes.split(",", 2)[0]));
    }
    return new DoubtCoverage(
        doubted.place(),
        doubted.kind().id(),
        detail.what(),
        gaps.coverage(),
        told.size(),
        gaps.isEmpty() ? null : gaps.detail(told.size(), detail.what()));
  }

  private void measure(Account account, Doubted doubted, Scan scan, Answers answers) {
    List<Resource> measured =
        doubted.resources().stream()
            .filter(one -> !KindMetrics.wanted(List.of(one), true).isEmpty())
            .toList();
    if (measured.isEmpty()) return;
    KindMetrics read =
        KindMetrics.read(aws, account, measured, true, scan.startedAt(), Sight::metricsKey);
    answers.series().putAll(read.series());
    answers
        .lines()
        .add(
            new DoubtCoverage(
                doubted.place(),
                doubted.kind().id(),
                METRICS,
                read.coverage(),
                read.asked(),
                read.detail()));
  }

  private void keep(ScanRef input, Answers answers) {
    String run = input.scan().value();
    Chunks.Packed resources =
        Chunks.packResources(
            Chunks.doubtsKey(input.account()), input.account(), run, answers.told(), Money.ZERO);
    Chunks.Packed metrics =
        Chunks.packMetrics(
            Chunks.doubtMetricsKey(input.account()), input.account(), run, answers.series());
    store.write(t -> {
      Optional<Scan> open = t.find(Tables.SCANS, run).filter(s -> !s.status().isOver());
      if (open.isEmpty() || t.find(Tables.ACCOUNTS, input.account().value()).isEmpty())
        return false;
      resources.put(t);
      metrics.put(t);
      t.put(Tables.SCANS, open.get().doubted(answers.lines()));
      return true;
    });
  }
}
