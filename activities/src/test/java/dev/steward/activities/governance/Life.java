package dev.steward.activities.governance;

import dev.steward.activities.EmulatedAws;
import dev.steward.activities.IntentDispatcher;
import dev.steward.aws.AwsFailureInterceptor;
import dev.steward.domain.governance.desk.AuditBook;
import dev.steward.domain.governance.desk.Auditor;
import dev.steward.domain.governance.desk.ChangeDesk;
import dev.steward.domain.governance.desk.Desks;
import dev.steward.domain.governance.desk.Estates;
import dev.steward.domain.governance.desk.Office;
import dev.steward.domain.governance.desk.OvertakenException;
import dev.steward.domain.governance.desk.TemporalDoor;
import dev.steward.domain.governance.desk.TemporalTokens;
import dev.steward.domain.governance.desk.Witness;
import dev.steward.domain.work.Work;
import dev.steward.estate.PriceBook;
import dev.steward.model.Account;
import dev.steward.model.AccountFeature;
import dev.steward.model.Approval;
import dev.steward.model.Change;
import dev.steward.model.ChangeId;
import dev.steward.model.Discovery;
import dev.steward.model.DiscoveryId;
import dev.steward.model.Event;
import dev.steward.model.Exemption;
import dev.steward.model.ExemptionId;
import dev.steward.model.Ids;
import dev.steward.model.Money;
import dev.steward.model.Onboarding;
import dev.steward.model.Organization;
import dev.steward.model.OrganizationId;
import dev.steward.model.Policy;
import dev.steward.model.PolicyId;
import dev.steward.model.Resource;
import dev.steward.model.Role;
import dev.steward.model.RunStatus;
import dev.steward.model.SecretId;
import dev.steward.model.SigningKey;
import dev.steward.model.User;
import dev.steward.model.UserId;
import dev.steward.model.job.TaskQueues;
import dev.steward.storage.Blobs;
import dev.steward.storage.Chunks;
import dev.steward.storage.MasterKey;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.testing.Customer;
import dev.steward.workflows.Attributes;
import dev.steward.workflows.Messages;
import dev.steward.workflows.approvals.ApprovalWorkflowImpl;
import dev.steward.workflows.governance.ChangeWorkflowImpl;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactoryOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A customer, their account in the emulated AWS, the people who decide, and a time that can be
 * skipped: the real store, the real desks, the real workflows and the real actions.
 */
final class Life implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  final OrganizationId organization;
  private static final String SIGNED_BY = "kid_life";

  final Ids ids = Ids.random();
  final Store store;
  final TestWorkflowEnvironment temporal;
  final Desks desks;
  final Auditor auditor;
  final Customer customer;
  final Drafts drafts;
  final Account account;
  final TemporalTokens tokens;
  private final EmulatedAws.Connected at;
  private final IntentDispatcher dispatcher;

  Life(EmulatedAws aws, @Nullable Instant begins) {
    at = aws.connect();
    customer = at.customer();
    account = at.account();
    organization = account.organization();
    Path folder = aws.folder;
    String number = customer.account();
    temporal = environment(begins);
    InstantSource clock = () -> Instant.ofEpochMilli(temporal.currentTimeMillis());
    store = Store.open(folder.resolve(number));
    MasterKey master = MasterKey.at(folder.resolve(number + ".key"), false);
    desks =
        Desks.of(
            new Office(
                new Work(ids, clock), ids, clock, PriceBook.current(), new AuditBook(master)));
    auditor =
        new Auditor(
            new Blobs(folder.resolve("blobs")),
            new Witness(folder.resolve(number + ".witness")),
            master);
    connect();
    drafts = new Drafts(this, at);
    tokens = new TemporalTokens(master, ids, clock);
    store.write(
        t -> t.put(Tables.SIGNING_KEYS, new SigningKey(SIGNED_BY, "", SecretId.from(ids), now())));
    TemporalDoor door = new TemporalDoor(desks.office(), tokens);
    Worker workflows = temporal.newWorker(TaskQueues.WORKFLOWS);
    workflows.registerWorkflowImplementationTypes(
        ApprovalWorkflowImpl.class, ChangeWorkflowImpl.class);
    workflows.registerActivitiesImplementations(
        new StoreApprovalActivities(store, desks.approvals(), door),
        new StoreChangeActivities(store, desks.changes(), desks.steps(), door));
    temporal
        .newWorker(TaskQueues.INTERACTIVE)
        .registerActivitiesImplementations(
            new AwsActionActivities(store, aws.access, clock, desks.steps(), door, Worlds.SHORTLY));
    temporal.start();
    dispatcher = new IntentDispatcher(store, temporal.getWorkflowClient(), () -> {}).start();
  }

  private static TestWorkflowEnvironment environment(@Nullable Instant begins) {
    TestEnvironmentOptions.Builder options =
        TestEnvironmentOptions.newBuilder()
            .setWorkerFactoryOptions(
                WorkerFactoryOptions.newBuilder()
                    .setWorkerInterceptors(new AwsFailureInterceptor())
                    .build())
            .setWorkflowClientOptions(
                WorkflowClientOptions.newBuilder()
                    .setDataConverter(Messages.converter(List.of()))
                    .build());
    if (begins != null) options.setInitialTime(begins);
    Attributes.ALL.forEach(a ->
        options.registerSearchAttribute(a.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD));
    return TestWorkflowEnvironment.newInstance(options.build());
  }

  private void connect() {
    store.write(t -> {
      t.put(Tables.ORGANIZATIONS, new Organization(organization, "Life", Instant.now()));
      t.put(
          Tables.ONBOARDINGS,
          new Onboarding(
              account.onboarding(),
              organization,
              account.name(),
              account.environment(),
              List.of(AccountFeature.READ, AccountFeature.ACT),
              EmulatedAws.EXTERNAL_ID,
              Onboarding.Status.CONNECTED,
              account.roleArn(),
              null,
              account.id(),
              List.of(),
              List.of(),
              null,
              1,
              Instant.now(),
              Instant.now(),
              null));
      t.put(
          Tables.DISCOVERIES,
          new Discovery(
              account.id(),
              organization,
              DiscoveryId.from(ids),
              RunStatus.COMPLETED,
              List.of(Worlds.REGION),
              null,
              Instant.now(),
              Instant.now(),
              List.of(Worlds.REGION, Worlds.COPY_REGION)));
      return t.put(Tables.ACCOUNTS, account);
    });
  }

  User user(String name, Role... roles) {
    User user =
        new User(
            UserId.from(ids),
            organization,
            name,
            null,
            "hash",
            List.of(roles),
            0,
            false,
            Instant.now());
    return store.write(t -> t.put(Tables.USERS, user));
  }

  void policy(Policy.Rule... rules) {
    Policy policy =
        new Policy(
            PolicyId.from(ids), organization, 1, "life", "", true, List.of(rules), "admin", now());
    store.write(t -> {
      t.put(Tables.POLICIES, policy);
      return t.put(Tables.POLICY_VERSIONS, policy);
    });
  }

  /** Whatever is asked for is approved by itself. */
  Life approving() {
    return approving(null);
  }

  /**
   * @param undoDays for how long it may be undone; null for as long as usual
   */
  Life approving(@Nullable Integer undoDays) {
    policy(
        new Policy.Rule(
            "automatic",
            "true",
            Policy.Effect.AUTO_APPROVE,
            null,
            null,
            null,
            null,
            List.of(),
            null,
            null,
            undoDays,
            null));
    return this;
  }

  Instant now() {
    return Instant.ofEpochMilli(temporal.currentTimeMillis());
  }

  /** What a discovery would have found. */
  void keepInventory(String region, String kind, List<Resource> resources) {
    store.write(t -> {
      Chunks.packResources(
              Chunks.inventoryKey(account.id(), region, kind),
              account.id(),
              "run",
              resources,
              Money.ZERO)
          .put(t);
      return true;
    });
  }

  /** From now on for a month. */
  void exempt(String resource) {
    store.write(t ->
        t.put(
            Tables.EXEMPTIONS,
            new Exemption(
                ExemptionId.from(ids),
                organization,
                null,
                null,
                resource,
                "a standby",
                now().plus(Duration.ofDays(30)),
                "client",
                now())));
  }

  Worlds worlds() {
    return new Worlds(customer);
  }

  Change submit(Change draft, User user) {
    return OvertakenException.again(() -> {
      Estates estates = new Estates(store.state());
      var judged = desks.changes().ruling(estates, draft, user);
      return store.write(t -> desks.changes().submit(t, draft, user, estates, judged));
    });
  }

  Change ask(Change change, ChangeDesk.Wish wish) {
    return store.write(t ->
        desks
            .changes()
            .ask(t, t.find(Tables.CHANGES, change.id().value()).orElseThrow(), wish, "client"));
  }

  /** What a person has who asked for it just now. */
  String token(User user, Change change, String answer) {
    return tokens
        .issue(
            user,
            new TemporalTokens.Session("tok_session", SIGNED_BY, now().plusSeconds(3_600)),
            Role.APPROVER,
            new TemporalTokens.Wish("approval/" + approval(change).id(), answer, change.planHash()))
        .token();
  }

  Approval approve(Change change, User by) {
    return store.write(t ->
        desks
            .approvals()
            .decide(
                t, approval(change), by, Approval.Answer.APPROVE, "", change.planHash(), "rest"));
  }

  Approval approval(Change change) {
    Change now = change(change.id());
    return store.state().own(organization).get(Tables.APPROVALS, String.valueOf(now.approval()));
  }

  Change change(ChangeId id) {
    return store.state().find(Tables.CHANGES, id.value()).orElseThrow();
  }

  /** Waits, in real time, until the change is so. */
  Change await(Change change, Predicate<Change> so) {
    return store
        .await(s -> s.find(Tables.CHANGES, change.id().value()).filter(so), PATIENCE)
        .orElseThrow(() ->
            new IllegalStateException(
                "the change is "
                    + change(change.id()).progress()
                    + change(change.id()).timeline()));
  }

  Change await(Change change, Change.Status status) {
    return await(change, c -> c.progress().status() == status);
  }

  /** Lets time pass; what it brings has happened afterwards. */
  void pass(Duration time) {
    // The dispatcher works in real time: what it still has to tell must not be overtaken.
    store.await(
        s ->
            s.rows(Tables.INTENTS).size() == 0
                ? java.util.Optional.of(true)
                : java.util.Optional.empty(),
        PATIENCE);
    temporal.sleep(time);
  }

  /**
   * Lets time pass until the change is over. What AWS does not answer is tried again at times of
   * its own, and on a busy machine the first try may come after the time that has passed at once.
   */
  Change untilOver(Change change) {
    for (int hours = 0; hours < 30; hours++) {
      pass(Duration.ofHours(1));
      java.util.Optional<Change> over =
          store.await(
              s ->
                  s.find(Tables.CHANGES, change.id().value())
                      .filter(c -> c.progress().status().isOver()),
              Duration.ofSeconds(20));
      if (over.isPresent()) return over.get();
    }
    return await(change, c -> c.progress().status().isOver());
  }

  List<String> events() {
    return store.state().rows(Tables.EVENTS).stream().map(Event::type).toList();
  }

  <T> T read(Function<dev.steward.storage.State, T> question) {
    return question.apply(store.state());
  }

  @Override
  public void close() throws Exception {
    dispatcher.close();
    temporal.close();
    at.close();
    store.close();
  }
}
