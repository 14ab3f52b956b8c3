package dev.steward.storage;

import dev.steward.model.Account;
import dev.steward.model.Approval;
import dev.steward.model.Artifact;
import dev.steward.model.AuditAnchor;
import dev.steward.model.AuditEntry;
import dev.steward.model.AuditHead;
import dev.steward.model.Change;
import dev.steward.model.CheckSettings;
import dev.steward.model.ClockReading;
import dev.steward.model.CostDay;
import dev.steward.model.DataKey;
import dev.steward.model.DataSet;
import dev.steward.model.Delivery;
import dev.steward.model.Disconnection;
import dev.steward.model.Discovery;
import dev.steward.model.Event;
import dev.steward.model.Exemption;
import dev.steward.model.Experiment;
import dev.steward.model.Finding;
import dev.steward.model.FindingId;
import dev.steward.model.Forgotten;
import dev.steward.model.Idempotent;
import dev.steward.model.Intent;
import dev.steward.model.KeptWord;
import dev.steward.model.Listing;
import dev.steward.model.MetricBlock;
import dev.steward.model.Milestone;
import dev.steward.model.ModelVersion;
import dev.steward.model.NotificationTarget;
import dev.steward.model.Onboarding;
import dev.steward.model.Organization;
import dev.steward.model.OrganizationId;
import dev.steward.model.Policy;
import dev.steward.model.Prediction;
import dev.steward.model.Promotion;
import dev.steward.model.RegisteredModel;
import dev.steward.model.Revocation;
import dev.steward.model.Run;
import dev.steward.model.RunInput;
import dev.steward.model.SavingsEntry;
import dev.steward.model.Scan;
import dev.steward.model.SealedSecret;
import dev.steward.model.Search;
import dev.steward.model.SigningKey;
import dev.steward.model.Switch;
import dev.steward.model.Training;
import dev.steward.model.User;
import dev.steward.model.Watch;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Every table with its key and its indexes. */
public final class Tables {
  public static final Table<Organization> ORGANIZATIONS =
      Table.of("organizations", Organization.class, o -> o.id().value());
  public static final Table<User> USERS =
      Table.of(
          "users",
          User.class,
          u -> u.id().value(),
          new Index<>("login", Tables::logins),
          Index.on("organization", u -> u.organization().value()));
  public static final Table<SigningKey> SIGNING_KEYS =
      Table.of("signing_keys", SigningKey.class, SigningKey::kid);
  public static final Table<Revocation> REVOCATIONS =
      Table.of(
          "revocations",
          Revocation.class,
          Revocation::tokenId,
          new Index<>("user", r -> r.user() == null ? List.of() : List.of(r.user().value())));
  public static final Table<Forgotten> FORGOTTEN =
      Table.of("forgotten", Forgotten.class, Forgotten::key);
  public static final Table<ClockReading> CLOCK =
      Table.of("clock", ClockReading.class, ClockReading::key);
  public static final Table<Milestone> MILESTONES =
      Table.of("milestones", Milestone.class, Milestone::name);
  public static final Table<SealedSecret> SECRETS =
      Table.of("secrets", SealedSecret.class, s -> s.id().value());
  public static final Table<DataKey> DATA_KEYS =
      Table.of("data_keys", DataKey.class, k -> k.organization().value());
  public static final Table<Onboarding> ONBOARDINGS =
      Table.of(
          "onboardings",
          Onboarding.class,
          o -> o.id().value(),
          Index.on("organization", o -> o.organization().value()),
          new Index<>(
              "account", o -> o.account() == null ? List.of() : List.of(o.account().value())));
  public static final Table<Account> ACCOUNTS =
      Table.of(
          "accounts",
          Account.class,
          a -> a.id().value(),
          Index.on("organization", a -> a.organization().value()),
          Index.on("aws_account", a -> a.awsAccount().value()));
  public static final Table<Discovery> DISCOVERIES =
      Table.of("discoveries", Discovery.class, d -> d.account().value());
  public static final Table<Disconnection> DISCONNECTIONS =
      Table.of("disconnections", Disconnection.class, d -> d.account().value());
  public static final Table<Listing> LISTINGS = Table.of("listings", Listing.class, Listing::key);
  public static final Table<Chunk> CHUNKS = Table.withBodies("chunks", Chunk.class, Chunk::key);
  public static final Table<Scan> SCANS =
      Table.of(
          "scans", Scan.class, s -> s.id().value(), Index.on("account", s -> s.account().value()));
  public static final Table<Finding> FINDINGS =
      Table.of(
          "findings",
          Finding.class,
          f -> f.id().value(),
          Index.on("organization", f -> f.organization().value()),
          Index.on("account", f -> f.account().value()),
          Index.on("scan", f -> f.scan().value()),
          Index.on("resource", f -> f.organization() + "/" + f.resource()));
  public static final Table<CheckSettings> CHECK_SETTINGS =
      Table.of(
          "check_settings",
          CheckSettings.class,
          s -> CheckSettings.key(s.organization(), s.check()));
  public static final Table<CostDay> COST_DAYS =
      Table.of(
          "cost_days",
          CostDay.class,
          c -> CostDay.key(c.account(), c.day()),
          Index.on("organization", c -> c.organization().value()));
  public static final Table<Intent> INTENTS =
      Table.of(
          "intents", Intent.class, i -> i.id().value(), Index.on("workflow", Intent::workflowId));
  public static final Table<Event> EVENTS =
      Table.of(
          "events",
          Event.class,
          e -> Event.key(e.sequence()),
          Index.on("organization", e -> e.organization().value()));
  public static final Table<Idempotent> IDEMPOTENT =
      Table.of(
          "idempotent",
          Idempotent.class,
          Idempotent::key,
          Index.counting("owner", Idempotent::owner));

  public static final Table<Change> CHANGES =
      Table.of(
          "changes",
          Change.class,
          c -> c.id().value(),
          Index.on("organization", c -> c.organization().value()),
          Index.on("account", c -> c.account().value()),
          new Index<>("finding", Tables::findings));
  public static final Table<Approval> APPROVALS =
      Table.of(
          "approvals",
          Approval.class,
          a -> a.id().value(),
          Index.on("organization", a -> a.organization().value()),
          Index.on("status", a -> approvals(a.organization(), a.status())));

  /** The newest version of each policy. */
  public static final Table<Policy> POLICIES =
      Table.of(
          "policies",
          Policy.class,
          p -> p.id().value(),
          Index.on("organization", p -> p.organization().value()));

  /** Every version that there ever was. */
  public static final Table<Policy> POLICY_VERSIONS =
      Table.of("policy_versions", Policy.class, Policy::versionKey);

  public static final Table<Exemption> EXEMPTIONS =
      Table.of(
          "exemptions",
          Exemption.class,
          e -> e.id().value(),
          Index.on("organization", e -> e.organization().value()),
          Index.on("place", Exemption::place));
  public static final Table<KeptWord> KEPT_WORDS =
      Table.of("kept_words", KeptWord.class, KeptWord::key);
  public static final Table<SavingsEntry> SAVINGS =
      Table.of(
          "savings",
          SavingsEntry.class,
          SavingsEntry::key,
          Index.on("organization", s -> s.organization().value()));
  public static final Table<AuditEntry> AUDIT =
      Table.of("audit", AuditEntry.class, AuditEntry::key);
  public static final Table<AuditAnchor> AUDIT_ANCHORS =
      Table.of("audit_anchors", AuditAnchor.class, AuditAnchor::key);
  public static final Table<AuditHead> AUDIT_HEADS =
      Table.of("audit_heads", AuditHead.class, h -> h.organization().value());
  public static final Table<Switch> SWITCHES = Table.of("switches", Switch.class, Switch::scope);
  public static final Table<NotificationTarget> NOTIFICATION_TARGETS =
      Table.of(
          "notification_targets",
          NotificationTarget.class,
          t -> t.id().value(),
          Index.on("organization", t -> t.organization().value()));
  public static final Table<Delivery> DELIVERIES =
      Table.of(
          "deliveries",
          Delivery.class,
          d -> d.id().value(),
          Index.on("organization", d -> d.organization().value()));

  public static final Table<DataSet> DATA_SETS =
      Table.of(
          "data_sets",
          DataSet.class,
          d -> d.id().value(),
          Index.on("organization", d -> d.organization().value()));
  public static final Table<Experiment> EXPERIMENTS =
      Table.of(
          "experiments",
          Experiment.class,
          e -> e.id().value(),
          Index.on("organization", e -> e.organization().value()),
          Index.on("name", e -> Experiment.nameKey(e.organization(), e.name())));
  public static final Table<Run> RUNS =
      Table.of(
          "runs",
          Run.class,
          r -> r.id().value(),
          Index.on("experiment", r -> r.experiment().value()));
  public static final Table<MetricBlock> METRIC_BLOCKS =
      Table.of("metric_blocks", MetricBlock.class, MetricBlock::key);
  public static final Table<RunInput> RUN_INPUTS =
      Table.of("run_inputs", RunInput.class, RunInput::key);
  public static final Table<Artifact> ARTIFACTS =
      Table.of("artifacts", Artifact.class, Artifact::key);
  public static final Table<Training> TRAININGS =
      Table.of("trainings", Training.class, t -> t.run().value());
  public static final Table<Promotion> PROMOTIONS =
      Table.of(
          "promotions",
          Promotion.class,
          p -> p.id().value(),
          Index.on("organization", p -> p.organization().value()));
  public static final Table<Watch> WATCHES = Table.of("watches", Watch.class, Watch::key);
  public static final Table<Search> SEARCHES =
      Table.of("searches", Search.class, s -> s.run().value());
  public static final Table<Prediction> PREDICTIONS =
      Table.of(
          "predictions",
          Prediction.class,
          p -> p.id().value(),
          Index.on("organization", p -> p.organization().value()));
  public static final Table<RegisteredModel> MODELS =
      Table.of(
          "registered_models",
          RegisteredModel.class,
          RegisteredModel::key,
          Index.on("organization", m -> m.organization().value()));
  public static final Table<ModelVersion> MODEL_VERSIONS =
      Table.of(
          "model_versions",
          ModelVersion.class,
          ModelVersion::key,
          Index.on("organization", v -> v.organization().value()));

  public static final List<Table<?>> ALL =
      List.of(
          ORGANIZATIONS,
          USERS,
          SIGNING_KEYS,
          REVOCATIONS,
          CLOCK,
          FORGOTTEN,
          MILESTONES,
          SECRETS,
          DATA_KEYS,
          ONBOARDINGS,
          ACCOUNTS,
          DISCOVERIES,
          DISCONNECTIONS,
          LISTINGS,
          CHUNKS,
          SCANS,
          FINDINGS,
          CHECK_SETTINGS,
          COST_DAYS,
          INTENTS,
          EVENTS,
          IDEMPOTENT,
          CHANGES,
          APPROVALS,
          POLICIES,
          POLICY_VERSIONS,
          EXEMPTIONS,
          KEPT_WORDS,
          SAVINGS,
          AUDIT,
          AUDIT_ANCHORS,
          AUDIT_HEADS,
          SWITCHES,
          NOTIFICATION_TARGETS,
          DELIVERIES,
          DATA_SETS,
          EXPERIMENTS,
          RUNS,
          METRIC_BLOCKS,
          RUN_INPUTS,
          ARTIFACTS,
          TRAININGS,
          PROMOTIONS,
          WATCHES,
          SEARCHES,
          PREDICTIONS,
          MODELS,
          MODEL_VERSIONS);

  private Tables() {}

  private static List<String> findings(Change change) {
    return change.plan().steps().stream()
        .flatMap(s -> Optional.ofNullable(s.finding()).stream())
        .map(FindingId::value)
        .distinct()
        .toList();
  }

  /** What the index {@code status} of the approvals finds by. */
  public static String approvals(OrganizationId organization, Approval.Status status) {
    return organization.value() + "/" + status;
  }

  /** A user is found by name and by e-mail, whatever the case. */
  private static List<String> logins(User user) {
    String name = user.username().toLowerCase(Locale.ROOT);
    String email = user.email();
    return email == null ? List.of(name) : List.of(name, email.toLowerCase(Locale.ROOT));
  }
}
