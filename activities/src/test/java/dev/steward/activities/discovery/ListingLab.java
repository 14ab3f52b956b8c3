package dev.steward.activities.discovery;

import dev.steward.activities.waste.AwsMetricActivities;
import dev.steward.aws.AwsAccess;
import dev.steward.aws.AwsFailureInterceptor;
import dev.steward.aws.AwsSettings;
import dev.steward.aws.CallLimiter;
import dev.steward.aws.Connection;
import dev.steward.aws.RegionClients;
import dev.steward.estate.PriceBook;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.model.Account;
import dev.steward.model.AccountId;
import dev.steward.model.AwsAccountId;
import dev.steward.model.ConnectionMethod;
import dev.steward.model.DiscoveryId;
import dev.steward.model.Ids;
import dev.steward.model.Listing;
import dev.steward.model.OnboardingId;
import dev.steward.model.OrganizationId;
import dev.steward.model.Resource;
import dev.steward.storage.Chunks;
import dev.steward.storage.MasterKey;
import dev.steward.storage.Secrets;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.testing.Customer;
import dev.steward.testing.Emulator;
import dev.steward.testing.FaultProxy;
import dev.steward.workflows.discovery.ListingActivities;
import dev.steward.workflows.discovery.ListingActivities.Question;
import dev.steward.workflows.waste.MetricActivities;
import io.temporal.activity.ActivityOptions;
import io.temporal.testing.TestActivityEnvironment;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.worker.WorkerFactoryOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Lists an emulated account through the fault proxy, into a store on disk. */
public final class ListingLab implements AutoCloseable {
  private static final AtomicInteger ACCOUNTS = new AtomicInteger();
  private static final String TRUST =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\",\"Principal\":{\"AWS\":\"arn:aws:iam::123456789012:root\"},"
          + "\"Condition\":{\"StringEquals\":{\"sts:ExternalId\":\"ext_list\"}}}]}";

  public final Emulator emulator;
  public final FaultProxy proxy;
  public final Store store;
  private final AwsAccess aws;
  private final Inventory inventory;
  private final TestActivityEnvironment activities;

  public ListingLab(Path folder, int pageSize, double requestsPerSecond) {
    System.setProperty("aws.accessKeyId", "PLATFORMlist");
    System.setProperty("aws.secretAccessKey", "emulated");
    emulator = Emulator.start();
    proxy = FaultProxy.before(emulator.endpoint());
    store = Store.open(folder.resolve("data"));
    aws =
        new AwsAccess(
            store,
            new Secrets(MasterKey.at(folder.resolve("key"), false), Ids.random()),
            new AwsSettings(proxy.endpoint(), "us-east-1", pageSize, requestsPerSecond),
            new CallLimiter(requestsPerSecond));
    inventory = new Inventory(store, PriceBook.current(), InstantSource.system());
    activities =
        TestActivityEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setWorkerFactoryOptions(
                    WorkerFactoryOptions.newBuilder()
                        .setWorkerInterceptors(new AwsFailureInterceptor())
                        .build())
                .build());
    activities.registerActivitiesImplementations(
        new AwsListingActivities(store, aws, inventory), new AwsMetricActivities(store, aws));
  }

  public TestActivityEnvironment activities() {
    return activities;
  }

  /** A customer of ours, with an account that is connected. */
  public record Connected(Customer customer, Account account) implements AutoCloseable {
    @Override
    public void close() throws Exception {
      customer.close();
    }
  }

  public Connected connect() {
    Customer customer =
        new Customer(
            emulator.endpoint(),
            String.format(Locale.ROOT, "8000%08d", ACCOUNTS.incrementAndGet()));
    Account account =
        new Account(
            new AccountId("acc_list" + customer.account()),
            new OrganizationId("org_list000000"),
            new AwsAccountId(customer.account()),
            "list",
            "test",
            ConnectionMethod.ROLE,
            Account.Status.CONNECTED,
            new OnboardingId("onb_list000000"),
            customer.role("steward", TRUST),
            "ext_list",
            null,
            List.of(),
            Map.of(),
            List.of(),
            List.of(),
            Instant.now());
    store.write(t -> {
      t.put(Tables.ACCOUNTS, account);
      return true;
    });
    return new Connected(customer, account);
  }

  public RegionClients clients(Account account, String region) {
    return new RegionClients(aws, Connection.of(account), region);
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

  public List<Resource> resources(Account account, String region, String kind) {
    return Chunks.resources(
        store.state(), Chunks.inventoryKey(account.id(), Catalogue.kind(kind).place(region), kind));
  }

  @Override
  public void close() {
    activities.close();
    aws.close();
    store.close();
    proxy.close();
    emulator.close();
  }
}
