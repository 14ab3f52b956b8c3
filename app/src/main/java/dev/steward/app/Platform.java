package dev.steward.app;

import dev.steward.activities.IntentDispatcher;
import dev.steward.activities.Reconciler;
import dev.steward.activities.Workers;
import dev.steward.activities.notifications.NotifySettings;
import dev.steward.activities.notifications.SendingActivities;
import dev.steward.activities.onboarding.TemporalScheduleActivities;
import dev.steward.api.DocsOperations;
import dev.steward.api.HttpServer;
import dev.steward.api.Operation;
import dev.steward.api.admin.HealthOperations;
import dev.steward.api.ai.AiOperations;
import dev.steward.api.ai.PredictionOperations;
import dev.steward.api.ai.RightsizingOperations;
import dev.steward.api.approvals.ApprovalOperations;
import dev.steward.api.approvals.TemporalTokenOperations;
import dev.steward.api.auth.AuthOperations;
import dev.steward.api.auth.Passwords;
import dev.steward.api.auth.SigningKeys;
import dev.steward.api.auth.Tickets;
import dev.steward.api.auth.Tokens;
import dev.steward.api.auth.Users;
import dev.steward.api.client.ClientOperations;
import dev.steward.api.client.KeptWordOperations;
import dev.steward.api.client.OverviewOperations;
import dev.steward.api.governance.AuditOperations;
import dev.steward.api.governance.ChangeOperations;
import dev.steward.api.governance.ExemptionOperations;
import dev.steward.api.governance.NotificationOperations;
import dev.steward.api.governance.PolicyOperations;
import dev.steward.api.lab.ComparisonOperations;
import dev.steward.api.lab.DataSetOperations;
import dev.steward.api.lab.LabOperations;
import dev.steward.api.lab.LeaderboardOperations;
import dev.steward.api.lab.MlflowArtifacts;
import dev.steward.api.lab.MlflowExperiments;
import dev.steward.api.lab.MlflowModels;
import dev.steward.api.lab.MlflowRuns;
import dev.steward.api.lab.ModelOperations;
import dev.steward.api.lab.WatchOperations;
import dev.steward.api.onboarding.OnboardingOperations;
import dev.steward.api.waste.JudgementOperations;
import dev.steward.api.waste.SavingsOperations;
import dev.steward.api.waste.UndecidedOperations;
import dev.steward.api.waste.WasteOperations;
import dev.steward.aws.AwsAccess;
import dev.steward.aws.AwsSettings;
import dev.steward.aws.CallLimiter;
import dev.steward.domain.data.DataSets;
import dev.steward.domain.governance.desk.AuditBook;
import dev.steward.domain.governance.desk.Auditor;
import dev.steward.domain.governance.desk.Desks;
import dev.steward.domain.governance.desk.Office;
import dev.steward.domain.governance.desk.TemporalDoor;
import dev.steward.domain.governance.desk.TemporalTokens;
import dev.steward.domain.governance.desk.Witness;
import dev.steward.domain.lab.Promotions;
import dev.steward.domain.lab.Registry;
import dev.steward.domain.lab.Searches;
import dev.steward.domain.lab.Tracking;
import dev.steward.domain.lab.Trainings;
import dev.steward.domain.lab.Watches;
import dev.steward.domain.serve.Champions;
import dev.steward.domain.serve.Forecasts;
import dev.steward.domain.serve.Peaks;
import dev.steward.domain.serve.Predictions;
import dev.steward.domain.serve.Watching;
import dev.steward.estate.PriceBook;
import dev.steward.model.Ids;
import dev.steward.model.Milestone;
import dev.steward.storage.Archive;
import dev.steward.storage.Blobs;
import dev.steward.storage.MasterKey;
import dev.steward.storage.Secrets;
import dev.steward.storage.Store;
import dev.steward.storage.StoreOpenException;
import dev.steward.storage.WatchedClock;
import dev.steward.storage.Work;
import dev.steward.workflows.Unbound;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything put together, in the order in which it starts; it stops in the reverse order. */
public final class Platform implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Platform.class);

  private final Running running;
  private final Store store;
  private final HttpServer http;
  private final AdminServer admin;
  private final TemporalWork temporal;
  private final AwsAccess aws;
  private final AuditBook audit;
  private final Path folder;
  private final String host;

  private Platform(Settings settings, Running running) {
    this.running = running;
    Ids ids = Ids.random();
    InstantSource clock = WatchedClock.of(InstantSource.system());
    folder = Path.of(settings.text(Setting.DATA_FOLDER)).toAbsolutePath();
    host = settings.text(Setting.HTTP_HOST);
    boolean inMemory =
        settings.isOn(Setting.TEMPORAL_IN_MEMORY)
            && settings.text(Setting.TEMPORAL_ADDRESS).isEmpty();
    if (inMemory)
      LOG.warn("NON-DURABLE: Temporal keeps nothing on disk; workflows are lost with the process");

    MasterKey master =
        MasterKey.at(keyFile(settings, folder), Files.exists(folder.resolve("state")));
    store = opened(Store.open(folder));
    store.onFailure(failure -> stopAtOnce());
    Secrets secrets = new Secrets(master, ids);
    orClose(() -> secrets.requireSameKey(store.state()));
    Work work = new Work(ids, clock);
    Blobs blobs = new Blobs(folder.resolve("blobs"));
    Witness witness = new Witness(witnessFile(settings, folder));
    Auditor auditor = new Auditor(blobs, witness, master);
    orClose(() -> auditor.requireEnds(store.state()));
    audit = new AuditBook(master);
    orClose(() -> audit.open(store, witness, clock.instant()));
    Desks desks = Desks.of(new Office(work, ids, clock, PriceBook.current(), audit));
    Tracking tracking = new Tracking(ids, clock);
    Registry registry = new Registry(clock);
    Champions champions = opened(new Champions(store, blobs, clock));
    Forecasts forecasts = new Forecasts(champions);
    Peaks peaks = new Peaks(champions);
    Trainings trainings = new Trainings(tracking, registry, work, clock);
    Watches watches = new Watches(registry, work, clock);
    DataSets dataSets = new DataSets(blobs, ids, clock);
    Workers.Lab lab =
        new Workers.Lab(
            blobs,
            dataSets,
            trainings,
            new Searches(tracking, trainings, registry, work, clock),
            new Promotions(registry, watches, desks.approvals(), audit, work, ids, clock),
            forecasts,
            champions,
            new Predictions(work, ids, clock),
            new Watching(store, blobs, champions, watches, dataSets, trainings, clock),
            settings.number(Setting.LAB_TRAININGS));
    boolean anywhere = settings.isOn(Setting.NOTIFY_ALLOW_PRIVATE);
    SendingActivities sending =
        opened(new SendingActivities(store, secrets, notifySettings(settings), clock));

    CallLimiter limiter = new CallLimiter(settings.number(Setting.AWS_RATE));
    aws = opened(new AwsAccess(store, secrets, awsSettings(settings), limiter));
    AtomicReference<@Nullable String> principal =
        new AtomicReference<>(emptyToNull(settings.text(Setting.AWS_PRINCIPAL)));

    Passwords passwords = new Passwords();
    Users users = new Users(store, passwords, audit, ids, clock);
    new FirstUsers(users, settings.isOn(Setting.DEMO_USERS)).ensure();
    SigningKeys keys = new SigningKeys(store, secrets, ids, clock);
    Tokens tokens = new Tokens(store, keys, ids, clock);

    SealedPayloadCodec codec =
        new SealedPayloadCodec(
            master,
            new Unbound(
                Milestones.since(store, Milestone.PAYLOADS_BOUND, clock),
                Milestones.since(store, Milestone.CALLS_BOUND, clock),
                clock));
    TemporalTokens proofs = new TemporalTokens(master, ids, clock);
    TemporalDoor door = new TemporalDoor(desks.office(), proofs);
    temporal =
        new TemporalWork(
            settings,
            folder.resolve("temporal"),
            codec,
            (client, schedules, onUnprepared) ->
                new TemporalWork.Parts(
                    Workers.create(client, schedules, store, aws, desks, door, lab, sending),
                    new IntentDispatcher(store, client, onUnprepared),
                    new Reconciler(
                        store,
                        work,
                        client,
                        new TemporalScheduleActivities(client, schedules),
                        clock)));
    Condition condition = new Condition(store, temporal, limiter, folder, witness);
    HealthOperations health = new HealthOperations(condition.components(), !inMemory);

    List<Operation> operations = new ArrayList<>();
    operations.addAll(
        new AuthOperations(
                store,
                tokens,
                keys,
                passwords,
                users,
                new Tickets(ids),
                settings.isOn(Setting.SELF_REGISTRATION))
            .operations());
    operations.addAll(new ClientOperations(store, desks.accounts(), desks.words()).operations());
    operations.addAll(new KeptWordOperations(desks.words()).operations());
    operations.addAll(new OverviewOperations(forecasts, clock).operations());
    operations.addAll(
        new OnboardingOperations(
                store,
                secrets,
                work,
                ids,
                clock,
                () -> publicUrl(settings),
                () -> principal(principal))
            .operations());
    operations.addAll(new WasteOperations(store, work).operations());
    operations.addAll(new UndecidedOperations().operations());
    operations.addAll(new SavingsOperations().operations());
    operations.addAll(new JudgementOperations(desks.findings(), clock).operations());
    operations.addAll(new PolicyOperations(store, desks.office()).operations());
    operations.addAll(new ChangeOperations(store, desks.changes()).operations());
    operations.addAll(
        new ExemptionOperations(store, desks.findings(), desks.office()).operations());
    operations.addAll(new AuditOperations(store, auditor, desks.killSwitch()).operations());
    operations.addAll(
        new NotificationOperations(store, secrets, desks.office(), desks.notices(), anywhere)
            .operations());
    operations.addAll(new ApprovalOperations(store, desks.approvals()).operations());
    operations.addAll(new TemporalTokenOperations(proofs).operations());
    int upload = settings.number(Setting.LAB_MAX_UPLOAD_MB) << 20;
    operations.addAll(new DataSetOperations(lab.dataSets(), upload).operations());
    operations.addAll(new LabOperations(store, tracking, trainings, lab.searches()).operations());
    operations.addAll(new ComparisonOperations(store, blobs).operations());
    operations.addAll(new LeaderboardOperations(store, blobs).operations());
    operations.addAll(new ModelOperations(store, registry, lab.promotions()).operations());
    operations.addAll(new WatchOperations(store, watches).operations());
    operations.addAll(new AiOperations(forecasts, champions).operations());
    operations.addAll(new RightsizingOperations(peaks, desks.office().prices()).operations());
    operations.addAll(new PredictionOperations(blobs, lab.predictions()).operations());
    MlflowExperiments experiments = new MlflowExperiments(store, tracking);
    operations.addAll(experiments.operations());
    operations.addAll(new MlflowRuns(store, tracking, experiments).operations());
    operations.addAll(new MlflowModels(store, registry).operations());
    operations.addAll(new MlflowArtifacts(store, blobs, tracking, upload).operations());
    operations.addAll(health.operations());
    List<Operation> table = List.copyOf(operations);
    operations.addAll(new DocsOperations(() -> table).operations());

    http =
        opened(
            listening(
                "http.port",
                settings.number(Setting.HTTP_PORT),
                () ->
                    new HttpServer(operations, httpOptions(settings), tokens, store, ids, clock)
                        .start()));
    AdminToken token = AdminToken.renewed(folder);
    InstantSource counted = new CountedClock(clock, System::nanoTime);
    AdminServer.Rooms rooms =
        new AdminServer.Rooms(
            health,
            new Metrics(store, temporal, limiter)::text,
            settings.isOn(Setting.ADMIN_OPEN_METRICS),
            new CodecPages(codec, token, counted),
            new BackupFolder(
                backupFolder(settings), file -> Archive.backup(store, folder, file), clock),
            () -> new AuditProofs(auditor.proofs(store::state)));
    admin =
        opened(
            listening(
                "admin.port",
                settings.number(Setting.ADMIN_PORT),
                () ->
                    new AdminServer(
                            settings.number(Setting.ADMIN_PORT),
                            new AdminDoor(
                                token,
                                settings.list(Setting.ADMIN_HOSTS),
                                settings.list(Setting.ADMIN_ORIGINS),
                                temporal::ui,
                                counted),
                            rooms,
                            ids)
                        .start()));
    opened(new Forgetting(store, keys, clock, settings));
    opened(
        new AuditAnchors(
            store, blobs, audit, witness, clock, settings.number(Setting.AUDIT_ANCHOR_MINUTES)));
    running.add(temporal);
    try {
      temporal.start("http://127.0.0.1:" + admin.port() + "/codec");
    } catch (StartException e) {
      close();
      throw e;
    }
  }

  /**
   * Starts everything. What was started is stopped again if a later part cannot start.
   *
   * @throws StartException or {@link StoreOpenException} with a message for the operator
   */
  public static Platform start(Settings settings) {
    return start(settings, new Running());
  }

  /** The same as the last of what runs already; its parts stop with the rest. */
  static Platform start(Settings settings, Running running) {
    return new Platform(settings, running);
  }

  private <T extends AutoCloseable> T opened(T part) {
    return running.add(part);
  }

  /** A part that did not start takes down what started before it. */
  private <T> T listening(String setting, int port, java.util.function.Supplier<T> start) {
    try {
      return start.get();
    } catch (RuntimeException e) {
      close();
      for (Throwable cause = e; cause != null; cause = cause.getCause())
        if (cause instanceof java.net.BindException)
          throw new StartException(
              "port " + port + " is in use; choose another with --" + setting.replace('.', '-'), e);
      throw e;
    }
  }

  /** What refuses the start lets go of the folder. */
  private void orClose(Runnable check) {
    try {
      check.run();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** What is on disk is right and what is in memory may not be: only a new start can tell. */
  private static void stopAtOnce() {
    LOG.error("stopping, because the store cannot write");
    Runtime.getRuntime().halt(70);
  }

  private static Path keyFile(Settings settings, Path folder) {
    String named = settings.text(Setting.KEY_FILE);
    return named.isEmpty() ? folder.resolve("master.key") : Path.of(named);
  }

  private static Path witnessFile(Settings settings, Path folder) {
    String named = settings.text(Setting.AUDIT_WITNESS_FILE);
    return named.isEmpty() ? folder.resolve(Witness.FILE) : Path.of(named).toAbsolutePath();
  }

  private static AwsSettings awsSettings(Settings settings) {
    String endpoint = settings.text(Setting.AWS_ENDPOINT);
    return new AwsSettings(
        endpoint.isEmpty() ? null : URI.create(endpoint),
        settings.text(Setting.AWS_REGION),
        settings.number(Setting.AWS_PAGE_SIZE),
        settings.number(Setting.AWS_RATE));
  }

  private static NotifySettings notifySettings(Settings settings) {
    return new NotifySettings(
        settings.text(Setting.MAIL_HOST),
        settings.number(Setting.MAIL_PORT),
        settings.text(Setting.MAIL_USER),
        settings.text(Setting.MAIL_PASSWORD),
        settings.text(Setting.MAIL_FROM),
        settings.isOn(Setting.MAIL_STARTTLS),
        settings.isOn(Setting.NOTIFY_ALLOW_PRIVATE));
  }

  private static HttpServer.Options httpOptions(Settings settings) {
    return new HttpServer.Options(
        settings.text(Setting.HTTP_HOST),
        settings.number(Setting.HTTP_PORT),
        settings.number(Setting.HTTP_MAX_BODY_KB) * 1024,
        settings.number(Setting.HTTP_MAX_CONNECTIONS),
        settings.list(Setting.HTTP_ORIGINS),
        settings.number(Setting.KEEP_KEYS));
  }

  private static @Nullable String emptyToNull(String text) {
    return text.isEmpty() ? null : text;
  }

  /** Asked of AWS once it is needed, and kept once it is known. */
  private Optional<String> principal(AtomicReference<@Nullable String> known) {
    String principal = known.get();
    if (principal == null) {
      principal = aws.principal();
      known.set(principal);
    }
    return Optional.ofNullable(principal);
  }

  private String publicUrl(Settings settings) {
    String configured = settings.text(Setting.HTTP_PUBLIC_URL);
    return configured.isEmpty() ? url() : configured;
  }

  private Path backupFolder(Settings settings) {
    String named = settings.text(Setting.BACKUP_FOLDER);
    return named.isEmpty() ? folder.resolve("backups") : Path.of(named).toAbsolutePath();
  }

  /** Where the API is reached from this machine. */
  public String url() {
    return "http://" + (host.equals("0.0.0.0") ? "127.0.0.1" : host) + ":" + http.port();
  }

  public int adminPort() {
    return admin.port();
  }

  public TemporalWork temporal() {
    return temporal;
  }

  AuditBook audit() {
    return audit;
  }

  Store store() {
    return store;
  }

  HttpServer http() {
    return http;
  }

  Map<String, Long> awsCalls() {
    return aws.limiter().calls();
  }

  @Override
  public void close() {
    running.close();
  }
}
