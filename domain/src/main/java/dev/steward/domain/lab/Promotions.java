package dev.steward.domain.lab;

import dev.steward.domain.governance.desk.ApprovalDesk;
import dev.steward.domain.governance.desk.AuditBook;
import dev.steward.domain.work.Work;
import dev.steward.model.Approval;
import dev.steward.model.ApprovalGroup;
import dev.steward.model.Artifact;
import dev.steward.model.Ids;
import dev.steward.model.ModelVersion;
import dev.steward.model.ModelVersion.Stage;
import dev.steward.model.OrganizationId;
import dev.steward.model.Policy;
import dev.steward.model.Problem;
import dev.steward.model.Promotion;
import dev.steward.model.Promotion.Status;
import dev.steward.model.PromotionBuilder;
import dev.steward.model.PromotionId;
import dev.steward.model.RegisteredModel;
import dev.steward.model.Risk;
import dev.steward.model.Ruling;
import dev.steward.model.Run;
import dev.steward.model.User;
import dev.steward.model.job.Jobs;
import dev.steward.model.job.Jobs.PromotionRef;
import dev.steward.storage.Blobs;
import dev.steward.storage.Events;
import dev.steward.storage.State;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is served is decided by people: a version becomes the champion once an approval of exactly
 * its evidence says so, and the one before comes back at once if asked for.
 */
public final class Promotions {
  public static final String CHAMPION = "champion";
  private static final int EXPIRES_HOURS = 72;
  private static final int REMIND_HOURS = 24;

  private final Registry registry;
  private final Watches watches;
  private final ApprovalDesk approvals;
  private final AuditBook audit;
  private final Work work;
  private final Ids ids;
  private final InstantSource clock;

  public Promotions(
      Registry registry,
      Watches watches,
      ApprovalDesk approvals,
      AuditBook audit,
      Work work,
      Ids ids,
      InstantSource clock) {
    this.registry = registry;
    this.watches = watches;
    this.approvals = approvals;
    this.audit = audit;
    this.work = work;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * Asks people for it.
   *
   * @param withoutShadow why it should be served though it has not predicted for two horizons
   *     beside what is; null if it has
   * @throws dev.steward.model.ProblemException CONFLICT if it is the champion, archived, asked
   *     about already, no model of ours, or has not predicted beside what is served
   */
  public Promotion request(
      Transaction t, ModelVersion version, User requester, @Nullable String withoutShadow) {
    OrganizationId organization = version.organization();
    RegisteredModel model = Registry.model(t.own(organization), version.name());
    Integer champion = model.aliases().get(CHAMPION);
    if (Objects.equals(champion, version.version())) throw conflict("it is the champion already");
    if (version.stage() == Stage.ARCHIVED) throw conflict("it is archived");
    if (open(t.state(), version).isPresent()) throw conflict("people are being asked already");
    Artifact file =
        file(t.state(), version)
            .orElseThrow(
                () -> conflict("only a version that a training of ours registered can be served"));
    boolean shown = shown(t.state(), version, withoutShadow);
    String evidence =
        evidence(t.state(), version, champion)
            + (shown || withoutShadow == null ? "" : "; asked for without: " + withoutShadow);
    String hash = hash(evidence, file);
    PromotionId id = PromotionId.from(ids);
    Approval approval =
        approvals.open(
            t,
            new ApprovalDesk.Request(
                organization,
                Approval.Kind.PROMOTION,
                id.value(),
                String.format(
                    Locale.ROOT,
                    "Serve %s version %d. %s",
                    version.name(),
                    version.version(),
                    evidence),
                hash,
                Jobs.PROMOTION.id(new PromotionRef(id, organization)),
                requester,
                Risk.MEDIUM),
            ruling());
    Promotion promotion =
        t.put(
            Tables.PROMOTIONS,
            PromotionBuilder.builder()
                .id(id)
                .organization(organization)
                .model(version.name())
                .version(version.version())
                .previous(champion)
                .approval(approval.id())
                .evidence(evidence)
                .evidenceHash(hash)
                .status(Status.WAITING)
                .requester(requester.username())
                .createdAt(clock.instant())
                .endedAt(null)
                .build());
    work.start(t, Jobs.PROMOTION, PromotionRef.of(promotion));
    tell(t, promotion, requester.username(), "promotion.requested");
    return promotion;
  }

  /** Whether it has predicted beside what is served; it must have, or somebody says why not. */
  private static boolean shown(State state, ModelVersion version, @Nullable String withoutShadow) {
    boolean shown = Watches.shown(state, version);
    if (!shown && withoutShadow == null && Watches.served(version.name()).isPresent())
      throw conflict(
          String.format(
              Locale.ROOT,
              "it has not predicted for %d horizons beside what is served; make it the shadow, or say why not in without_shadow",
              Watches.ROUNDS));
    return shown;
  }

  private static String hash(String evidence, Artifact file) {
    return Blobs.digest((evidence + "\n" + file.sha256()).getBytes(StandardCharsets.UTF_8));
  }

  private static RuntimeException conflict(String why) {
    return Problem.of(Problem.Type.CONFLICT, why);
  }

  /** One approver, who is not the one who asks. */
  private static Ruling ruling() {
    return new Ruling(
        Policy.Effect.REQUIRE_APPROVAL,
        List.of(),
        List.of(ApprovalGroup.oneApprover()),
        EXPIRES_HOURS,
        REMIND_HOURS,
        0,
        null,
        false,
        0,
        List.of(),
        List.of(),
        Policy.OnFailure.STOP,
        0);
  }

  private static Optional<Promotion> open(State state, ModelVersion version) {
    return state
        .own(version.organization())
        .all(Tables.PROMOTIONS)
        .filter(p -> p.status() == Status.WAITING)
        .filter(p -> p.model().equals(version.name()) && p.version() == version.version())
        .findFirst();
  }

  /** What is served of a model; empty if nothing is. */
  public static Optional<ModelVersion> champion(
      State state, OrganizationId organization, String model) {
    return state
        .find(Tables.MODELS, RegisteredModel.key(organization, model))
        .map(m -> m.aliases().get(CHAMPION))
        .flatMap(v -> state.find(Tables.MODEL_VERSIONS, ModelVersion.key(organization, model, v)));
  }

  /** The bytes of a version that a training registered. */
  public static Optional<Artifact> file(State state, ModelVersion version) {
    return version.run() == null
        ? Optional.empty()
        : state.find(Tables.ARTIFACTS, Artifact.key(version.run(), Trainings.MODEL_FILE));
  }

  /** The leaderboard's row, what is served now, and what was seen beside it. */
  private static String evidence(State state, ModelVersion version, @Nullable Integer champion) {
    Run run =
        state
            .own(version.organization())
            .get(
                Tables.RUNS,
                Objects.requireNonNull(version.run(), "a version without a run has no file")
                    .value());
    Map<String, String> facts = new TreeMap<>();
    for (String metric :
        List.of("mase", "smape", "msis", "coverage", "pinball", "delta_to_baseline", "p"))
      if (run.metrics().containsKey(metric))
        facts.put(metric, String.format(Locale.ROOT, "%.3f", run.metrics().get(metric).value()));
    facts.put("baseline", run.tags().getOrDefault("steward.baseline", ""));
    facts.put("better", run.tags().getOrDefault("steward.better", ""));
    facts.put("data set", run.params().getOrDefault("data_set", ""));
    facts.put("champion now", champion == null ? "none" : "version " + champion);
    for (String tag : List.of("champion_compared", "groups_worse"))
      if (run.tags().containsKey("steward." + tag))
        facts.put(tag.replace('_', ' '), run.tags().get("steward." + tag));
    return "Evidence: " + facts + "; " + Watches.evidence(state, version);
  }

  /** Does what was decided; doing it again does nothing. */
  public Promotion tick(Transaction t, Promotion promotion) {
    if (promotion.status() != Status.WAITING) return promotion;
    Approval approval = t.find(Tables.APPROVALS, promotion.approval().value()).orElseThrow();
    return switch (approval.status()) {
      case PENDING -> promotion;
      case APPROVED -> crown(t, promotion);
      case REJECTED, EXPIRED, WITHDRAWN ->
          end(t, promotion, Status.REFUSED, promotion.previous(), "promotion.refused");
    };
  }

  private Promotion crown(Transaction t, Promotion promotion) {
    Optional<RegisteredModel> model =
        t.find(Tables.MODELS, RegisteredModel.key(promotion.organization(), promotion.model()));
    Optional<ModelVersion> version =
        t.find(
            Tables.MODEL_VERSIONS,
            ModelVersion.key(promotion.organization(), promotion.model(), promotion.version()));
    // What was approved was deleted, archived or is not what it was: doubt means no.
    if (model.isEmpty()
        || version.isEmpty()
        || version.get().stage() == Stage.ARCHIVED
        || file(t.state(), version.get())
            .map(f -> hash(promotion.evidence(), f))
            .filter(promotion.evidenceHash()::equals)
            .isEmpty())
      return end(t, promotion, Status.REFUSED, promotion.previous(), "promotion.refused");
    Integer before = model.get().aliases().get(CHAMPION);
    Integer shadow = model.get().aliases().get(Watches.SHADOW);
    RegisteredModel free =
        Objects.equals(shadow, promotion.version()) ? watches.stop(t, model.get()) : model.get();
    serve(t, free, promotion.version());
    watches.begin(t, free);
    return end(t, promotion, Status.PROMOTED, before, "promotion.promoted");
  }

  private void serve(Transaction t, RegisteredModel model, int version) {
    Integer before = model.aliases().get(CHAMPION);
    if (before != null)
      t.find(Tables.MODEL_VERSIONS, ModelVersion.key(model.organization(), model.name(), before))
          .ifPresent(v -> registry.stage(t, v, Stage.CANDIDATE));
    registry.point(t, model, CHAMPION, version);
    registry.stage(
        t, Registry.version(t.own(model.organization()), model.name(), version), Stage.CHAMPION);
  }

  /**
   * Brings back what was served before the last promotion, at once; it was approved once.
   *
   * @throws dev.steward.model.ProblemException CONFLICT if nothing was served before
   */
  public Promotion rollBack(Transaction t, RegisteredModel model, String user) {
    Promotion last =
        t.own(model.organization())
            .all(Tables.PROMOTIONS)
            .filter(p -> p.model().equals(model.name()) && p.status() == Status.PROMOTED)
            .filter(p -> Objects.equals(model.aliases().get(CHAMPION), p.version()))
            .max(java.util.Comparator.comparing(p -> Objects.requireNonNull(p.endedAt())))
            .orElseThrow(() -> conflict("there is nothing to go back from"));
    Integer previous = last.previous();
    if (previous == null) throw conflict("nothing was served before");
    serve(t, model, previous);
    Promotion back =
        t.put(Tables.PROMOTIONS, last.now(Status.ROLLED_BACK, previous, clock.instant()));
    tell(t, back, user, "promotion.rolled_back");
    return back;
  }

  private Promotion end(
      Transaction t, Promotion promotion, Status status, @Nullable Integer previous, String event) {
    Promotion ended = t.put(Tables.PROMOTIONS, promotion.now(status, previous, clock.instant()));
    tell(t, ended, promotion.requester(), event);
    return ended;
  }

  private void tell(Transaction t, Promotion promotion, String actor, String type) {
    Instant now = clock.instant();
    String subject = promotion.model() + " version " + promotion.version();
    audit.append(
        t,
        promotion.organization(),
        actor,
        type,
        promotion.id().value(),
        Map.of("model", subject, "evidence_hash", promotion.evidenceHash()),
        now);
    Events.append(t, promotion.organization(), type, promotion.id().value(), subject, now);
  }
}
