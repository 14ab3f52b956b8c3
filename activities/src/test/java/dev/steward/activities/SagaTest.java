package dev.steward.activities;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.activities.discovery.AwsListingActivities;
import dev.steward.activities.discovery.Inventory;
import dev.steward.activities.discovery.StoreDiscoveryActivities;
import dev.steward.activities.discovery.StoreDueActivities;
import dev.steward.activities.onboarding.AwsConnectionActivities;
import dev.steward.activities.onboarding.StoreOnboardingActivities;
import dev.steward.activities.waste.AwsDoubtActivities;
import dev.steward.activities.waste.AwsMetricActivities;
import dev.steward.activities.waste.StoreWasteActivities;
import dev.steward.activities.waste.UsageLook;
import dev.steward.aws.AwsAccess;
import dev.steward.aws.AwsFailureInterceptor;
import dev.steward.aws.AwsSettings;
import dev.steward.aws.CallLimiter;
import dev.steward.domain.discovery.Discoveries;
import dev.steward.domain.governance.desk.AuditBook;
import dev.steward.domain.governance.desk.Office;
import dev.steward.domain.governance.desk.TemporalDoor;
import dev.steward.domain.governance.desk.TemporalTokens;
import dev.steward.domain.onboarding.Verifications;
import dev.steward.domain.serve.Champions;
import dev.steward.domain.waste.Scans;
import dev.steward.domain.work.Work;
import dev.steward.estate.PriceBook;
import dev.steward.model.AccountFeature;
import dev.steward.model.Ids;
import dev.steward.model.Onboarding;
import dev.steward.model.OnboardingId;
import dev.steward.model.OrganizationId;
import dev.steward.model.job.Jobs.AccountRef;
import dev.steward.model.job.TaskQueues;
import dev.steward.storage.Blobs;
import dev.steward.storage.MasterKey;
import dev.steward.storage.Secrets;
import dev.steward.storage.State;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.testing.Customer;
import dev.steward.testing.Emulator;
import dev.steward.workflows.Attributes;
import dev.steward.workflows.Messages;
import dev.steward.workflows.Workflows;
import dev.steward.workflows.onboarding.ScheduleActivities;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactoryOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ec2.Ec2Client;

/**
 * The whole chain, verification to findings, with the real store and the emulated AWS: every
 * activity run twice gives the same end, and so does a failure at each activity in turn, before its
 * effect or after it.
 */
@SuppressWarnings("NullAway.Init")
final class SagaTest {
  private static final String PLATFORM_TRUST =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\",\"Principal\":{\"AWS\":\"arn:aws:iam::123456789012:root\"},"
          + "\"Condition\":{\"StringEquals\":{\"sts:ExternalId\":\"ext_saga\"}}}]}";
  private static Emulator emulator;
  private static Customer customer;
  private static String role;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    System.setProperty("aws.accessKeyId", "PLATFORMsaga");
    System.setProperty("aws.secretAccessKey", "emulated");
    emulator = Emulator.start();
    customer = new Customer(emulator.endpoint(), "500000000001");
    role = customer.role("saga", PLATFORM_TRUST);
    Ec2Client ec2 = customer.client("us-east-1", Ec2Client.class, Ec2Client::builder);
    customer.at(Instant.now().minus(Duration.ofDays(40)));
    for (int i = 0; i < 7; i++)
      ec2.createVolume(r -> r.size(100).volumeType("gp3").availabilityZone("us-east-1a"));
    ec2.allocateAddress(r -> r.domain("vpc"));
    detachedAnHourAgo(ec2);
    customer.at(null);
  }

  /** As old as the others, and no waste. */
  private static void detachedAnHourAgo(Ec2Client ec2) {
    String volume =
        ec2.createVolume(r -> r.size(100).volumeType("gp3").availabilityZone("us-east-1a"))
            .volumeId();
    String image =
        ec2.registerImage(r -> r.name("host").rootDeviceName("/dev/sda1").architecture("x86_64"))
            .imageId();
    String host =
        ec2.runInstances(r -> r.imageId(image).instanceType("m5.large").minCount(1).maxCount(1))
            .instances()
            .getFirst()
            .instanceId();
    ec2.attachVolume(r -> r.volumeId(volume).instanceId(host).device("/dev/sdf"));
    customer.at(Instant.now().minus(Duration.ofHours(1)));
    ec2.detachVolume(r -> r.volumeId(volume).instanceId(host).device("/dev/sdf"));
    ec2.terminateInstances(r -> r.instanceIds(host));
    String snapshot =
        ec2.describeImages(r -> r.imageIds(image))
            .images()
            .getFirst()
            .blockDeviceMappings()
            .getFirst()
            .ebs()
            .snapshotId();
    ec2.deregisterImage(r -> r.imageId(image));
    ec2.deleteSnapshot(r -> r.snapshotId(snapshot));
  }

  @AfterAll
  static void stop() throws Exception {
    customer.close();
    emulator.close();
  }

  /** What a run left behind, without what differs from run to run. */
  private record End(
      TreeSet<String> accounts,
      TreeSet<String> listings,
      TreeSet<String> findings,
      TreeSet<String> runs,
      int intents) {}

  @Test
  void everyActivityRunTwiceGivesTheSameEnd() throws Exception {
    End once = run("once", (number, next) -> next.get());
    End twice =
        run(
            "twice",
            (number, next) -> {
              Object first = next.get();
              Object second = next.get();
              assertThat(second).isNotNull().hasSameClassAs(first);
              return second;
            });
    assertThat(once.findings()).hasSize(8);
    assertThat(once.intents()).isZero();
    assertThat(twice).isEqualTo(once);
  }

  @Test
  void aFailureAtEachActivityInTurnGivesTheSameEnd() throws Exception {
    AtomicInteger activities = new AtomicInteger();
    End undisturbed =
        run(
            "undisturbed",
            (number, next) -> {
              activities.set(Math.max(activities.get(), number));
              return next.get();
            });
    assertThat(activities.get()).isGreaterThan(20);
    // Every third place in the ordinary run; the nightly one takes them all.
    int step = Integer.getInteger("crash.rounds", 20) > 20 ? 1 : 3;
    for (int place = 1; place <= activities.get(); place += step) {
      assertThat(run("before" + place, failing(place, true)))
          .as("failure before activity " + place)
          .isEqualTo(undisturbed);
      assertThat(run("after" + place, failing(place, false)))
          .as("failure after activity " + place)
          .isEqualTo(undisturbed);
    }
  }

  private static Interference failing(int place, boolean before) {
    return (number, next) -> {
      if (number == place && before) throw ApplicationFailure.newFailure("injected", "Injected");
      Object result = next.get();
      if (number == place) throw ApplicationFailure.newFailure("injected", "Injected");
      return result;
    };
  }

  /** What is done around the activity with this number, counted over the whole run. */
  private interface Interference
      extends BiFunction<Integer, java.util.function.Supplier<Object>, Object> {}

  private End run(String name, Interference interference) throws Exception {
    Ids ids = Ids.random();
    InstantSource clock = InstantSource.system();
    Path data = Files.createDirectories(folder.resolve(name));
    try (Store store = Store.open(data);
        TestWorkflowEnvironment temporal = environment(interference)) {
      Work work = new Work(ids, clock);
      AwsAccess aws =
          new AwsAccess(
              store,
              new Secrets(MasterKey.at(data.resolve("key"), false), ids),
              new AwsSettings(emulator.endpoint(), "us-east-1", 5, 1_000),
              new CallLimiter(1_000));
      register(temporal, store, data.resolve("blobs"), aws, work, ids, clock);
      temporal.start();
      try (IntentDispatcher dispatcher =
          new IntentDispatcher(store, temporal.getWorkflowClient(), () -> {}).start()) {
        Onboarding onboarding =
            new Onboarding(
                OnboardingId.from(ids),
                OrganizationId.from(ids),
                "saga",
                "test",
                List.of(AccountFeature.READ),
                "ext_saga",
                Onboarding.Status.CREATED,
                null,
                null,
                null,
                List.of(),
                List.of(),
                null,
                0,
                clock.instant(),
                null,
                null);
        store.write(t -> {
          Onboarding verifying = t.put(Tables.ONBOARDINGS, onboarding.verifying(role));
          new Verifications(work).request(t, verifying);
          return verifying;
        });
        assertThat(store.await(SagaTest::finished, Duration.ofMinutes(10)))
            .as("the chain of " + name + " ends")
            .isPresent();
        assertThat(dispatcher.waiting()).isZero();
      }
      aws.close();
      return end(store.state());
    }
  }

  private static TestWorkflowEnvironment environment(Interference interference) {
    TestEnvironmentOptions.Builder options =
        TestEnvironmentOptions.newBuilder()
            // We wait for the store and not for a workflow, so nobody would skip time.
            .setUseTimeskipping(false)
            .setWorkerFactoryOptions(
                WorkerFactoryOptions.newBuilder()
                    .setWorkerInterceptors(
                        new AwsFailureInterceptor(), new Interfering(interference))
                    .build())
            .setWorkflowClientOptions(
                WorkflowClientOptions.newBuilder()
                    .setDataConverter(Messages.converter(List.of()))
                    .build());
    Attributes.ALL.forEach(a ->
        options.registerSearchAttribute(a.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD));
    return TestWorkflowEnvironment.newInstance(options.build());
  }

  private static void register(
      TestWorkflowEnvironment temporal,
      Store store,
      Path blobs,
      AwsAccess aws,
      Work work,
      Ids ids,
      InstantSource clock) {
    Inventory inventory = new Inventory(store, PriceBook.current(), clock);
    Discoveries discoveries = new Discoveries(work, ids, clock);
    Scans scans = new Scans(work, ids, clock);
    MasterKey master = MasterKey.at(blobs.resolveSibling("door.key"), false);
    TemporalDoor door =
        new TemporalDoor(
            new Office(work, ids, clock, PriceBook.current(), new AuditBook(master)),
            new TemporalTokens(master, ids, clock));
    Worker workflows = temporal.newWorker(TaskQueues.WORKFLOWS);
    workflows.registerWorkflowImplementationTypes(Workflows.ALL.toArray(Class<?>[]::new));
    workflows.registerActivitiesImplementations(
        new StoreOnboardingActivities(store, aws, discoveries, ids, clock),
        new StoreDiscoveryActivities(store, inventory, scans, clock, account -> "us-east-1", door),
        new StoreDueActivities(store, discoveries, scans, new Verifications(work)),
        new StoreWasteActivities(
            store, PriceBook.current(), new Champions(store, new Blobs(blobs), clock), clock));
    temporal
        .newWorker(TaskQueues.INTERACTIVE)
        .registerActivitiesImplementations(
            new AwsConnectionActivities(store, aws, ids), new NoSchedules());
    temporal
        .newWorker(TaskQueues.AWS)
        .registerActivitiesImplementations(
            new OneRegion(new AwsListingActivities(store, aws, inventory)),
            new AwsMetricActivities(store, aws),
            new AwsDoubtActivities(store, aws, PriceBook.current(), clock),
            new UsageLook(store, new Champions(store, new Blobs(blobs), clock), clock));
  }

  private static Optional<Boolean> finished(State state) {
    boolean scanned = state.rows(Tables.SCANS).stream().anyMatch(s -> s.status().isOver());
    return scanned && state.rows(Tables.INTENTS).size() == 0 ? Optional.of(true) : Optional.empty();
  }

  private static End end(State state) {
    TreeSet<String> accounts = new TreeSet<>();
    state.rows(Tables.ACCOUNTS).stream()
        .forEach(
            a -> accounts.add(a.awsAccount() + " " + a.status() + " " + a.permissions().size()));
    state.rows(Tables.ONBOARDINGS).stream()
        .forEach(o -> accounts.add("onboarding " + o.status() + " " + o.checks().size()));
    TreeSet<String> listings = new TreeSet<>();
    state.rows(Tables.LISTINGS).stream()
        .forEach(l ->
            listings.add(
                l.region()
                    + "/"
                    + l.kind()
                    + " "
                    + l.coverage()
                    + " "
                    + l.pages()
                    + " "
                    + l.resources()));
    TreeSet<String> findings = new TreeSet<>();
    state.rows(Tables.FINDINGS).stream()
        .forEach(
            f -> findings.add(f.check() + " " + f.resource() + " " + f.state() + " " + f.saving()));
    TreeSet<String> runs = new TreeSet<>();
    state.rows(Tables.DISCOVERIES).stream().forEach(d -> runs.add("discovery " + d.status()));
    state.rows(Tables.SCANS).stream()
        .forEach(s -> runs.add("scan " + s.status() + " " + s.saving()));
    state.rows(Tables.CHUNKS).stream()
        .forEach(
            c -> runs.add("chunk " + c.key().substring(c.key().indexOf('/')) + " " + c.count()));
    return new End(accounts, listings, findings, runs, state.rows(Tables.INTENTS).size());
  }

  /** The in-process server has no schedules. */
  private static final class NoSchedules implements ScheduleActivities {
    @Override
    public void ensure(AccountRef account) {}

    @Override
    public void drop(AccountRef account) {}
  }

  /** One region is enough to show it, and seventeen take seventeen times as long. */
  private record OneRegion(AwsListingActivities all)
      implements dev.steward.workflows.discovery.ListingActivities {
    @Override
    public Regions regions(dev.steward.model.AccountId account) {
      Regions regions = all.regions(account);
      return new Regions(List.of("us-east-1"), regions.coverage(), regions.detail(), null);
    }

    @Override
    public Answer list(Question question) {
      return all.list(question);
    }
  }

  private static final class Interfering extends WorkerInterceptorBase {
    private final Interference interference;
    private final AtomicInteger count = new AtomicInteger();

    Interfering(Interference interference) {
      this.interference = interference;
    }

    @Override
    public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
      return new ActivityInboundCallsInterceptorBase(next) {
        @Override
        public ActivityOutput execute(ActivityInput input) {
          return (ActivityOutput)
              interference.apply(count.incrementAndGet(), () -> super.execute(input));
        }
      };
    }
  }
}
