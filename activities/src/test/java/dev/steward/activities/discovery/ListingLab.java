package dev.steward.activities.discovery;

import dev.steward.activities.EmulatedAws;
import dev.steward.activities.EmulatedAws.Connected;
import dev.steward.activities.waste.AwsDoubtActivities;
import dev.steward.activities.waste.AwsMetricActivities;
import dev.steward.activities.waste.Judged;
import dev.steward.activities.waste.StoreWasteActivities;
import dev.steward.aws.AwsFailureInterceptor;
import dev.steward.aws.Connection;
import dev.steward.aws.RegionClients;
import dev.steward.domain.serve.Champions;
import dev.steward.estate.PriceBook;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.model.Account;
import dev.steward.model.DiscoveryId;
import dev.steward.model.Listing;
import dev.steward.model.Money;
import dev.steward.model.Resource;
import dev.steward.model.RunStatus;
import dev.steward.model.Scan;
import dev.steward.model.ScanId;
import dev.steward.model.job.Jobs.ScanRef;
import dev.steward.storage.Blobs;
import dev.steward.storage.Chunks;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.testing.Emulator;
import dev.steward.testing.FaultProxy;
import dev.steward.workflows.discovery.ListingActivities;
import dev.steward.workflows.discovery.ListingActivities.Question;
import dev.steward.workflows.waste.DoubtActivities;
import dev.steward.workflows.waste.MetricActivities;
import io.temporal.activity.ActivityOptions;
import io.temporal.testing.TestActivityEnvironment;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.worker.WorkerFactoryOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Lists an emulated account through the fault proxy, into a store on disk. */
public final class ListingLab implements AutoCloseable {
  private static final InstantSource CLOCK = InstantSource.system();

  public final Emulator emulator;
  public final FaultProxy proxy;
  public final Store store;
  private final EmulatedAws aws;
  private final Inventory inventory;
  private final TestActivityEnvironment activities;
  private final AtomicInteger scans = new AtomicInteger();

  public ListingLab(Path folder, int pageSize, double requestsPerSecond) {
    aws = new EmulatedAws(folder, pageSize, requestsPerSecond);
    emulator = aws.emulator;
    proxy = aws.proxy;
    store = aws.store;
    inventory = new Inventory(store, PriceBook.current(), CLOCK);
    activities =
        TestActivityEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setWorkerFactoryOptions(
                    WorkerFactoryOptions.newBuilder()
                        .setWorkerInterceptors(new AwsFailureInterceptor())
                        .build())
                .build());
    activities.registerActivitiesImplementations(
        new AwsListingActivities(store, aws.access, inventory),
        new AwsMetricActivities(store, aws.access),
        new AwsDoubtActivities(store, aws.access, PriceBook.current(), CLOCK));
  }

  public TestActivityEnvironment activities() {
    return activities;
  }

  public Connected connect() {
    Connected at = aws.connect();
    store.write(t -> t.put(Tables.ACCOUNTS, at.account()));
    return at;
  }

  public RegionClients clients(Account account, String region) {
    return new RegionClients(aws.access, Connection.of(account), region);
  }

  /** Asks, in one attempt of the activity, and returns the line of the coverage record. */
  public Listing list(Account account, String region, String kind) {
    return list(account, region, kind, Duration.ofSeconds(30));
  }

  /**
   * @param heartbeat after how long without a beat the activity is taken for dead
   */
  public Listing list(Account account, String region, String kind, Duration heartbeat) {
    Question question =
        new Question(
            account.id(),
            new DiscoveryId("dsc_list000000"),
            Catalogue.kind(kind).place(region),
            kind);
    store.write(t -> {
      t.remove(
          Tables.LISTINGS, Listing.key(question.account(), question.region(), question.kind()));
      inventory.ask(t, question);
      return true;
    });
    stub(ListingActivities.class, heartbeat).list(question);
    return inventory.listing(question).orElseThrow();
  }

  public <A> A stub(Class<A> type, Duration heartbeat) {
    return activities.newActivityStub(
        type,
        ActivityOptions.newBuilder()
            .setStartToCloseTimeout(Duration.ofMinutes(10))
            .setHeartbeatTimeout(heartbeat)
            .build());
  }

  public MetricActivities metrics() {
    return stub(MetricActivities.class, Duration.ofSeconds(30));
  }

  /** Scans what was listed: asks for metrics and about doubts, and judges. */
  public Judged judge(Account account) {
    ScanRef scan = measured(account);
    ask(scan);
    return judged(scan);
  }

  /** A scan that has asked for metrics. */
  public ScanRef measured(Account account) {
    ScanId id = new ScanId(String.format(Locale.ROOT, "scn_judge%07d", scans.incrementAndGet()));
    store.write(t ->
        t.put(
            Tables.SCANS,
            new Scan(
                id,
                account.organization(),
                account.id(),
                RunStatus.RUNNING,
                0,
                List.of(),
                List.of(),
                Money.ZERO,
                null,
                CLOCK.instant(),
                null,
                0,
                List.of())));
    ScanRef scan = new ScanRef(account.id(), account.organization(), id);
    waste().begin(scan).metrics().forEach(question -> metrics().read(question));
    return scan;
  }

  /** Asks about what is in doubt, in one attempt of the activity. */
  public void ask(ScanRef scan) {
    stub(DoubtActivities.class, Duration.ofSeconds(30)).ask(scan);
  }

  public Judged judged(ScanRef scan) {
    waste().detect(scan);
    return new Judged(
        store
            .state()
            .rows(Tables.FINDINGS)
            .where("account", scan.account().value())
            .filter(finding -> finding.scan().equals(scan.scan()))
            .map(finding -> finding.check() + "/" + finding.resource())
            .collect(Collectors.toCollection(TreeSet::new)),
        Chunks.undecided(store.state(), scan.account()).stream()
            .map(one -> one.check() + "/" + one.resource())
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  private StoreWasteActivities waste() {
    return new StoreWasteActivities(
        store,
        PriceBook.current(),
        new Champions(store, new Blobs(aws.folder.resolve("blobs")), CLOCK),
        CLOCK);
  }

  public List<Resource> resources(Account account, String region, String kind) {
    return Chunks.resources(
        store.state(), Chunks.inventoryKey(account.id(), Catalogue.kind(kind).place(region), kind));
  }

  @Override
  public void close() {
    activities.close();
    aws.close();
  }
}
