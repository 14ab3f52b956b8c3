package dev.steward.api.onboarding;

import static dev.steward.api.Operation.client;

import dev.steward.api.Operation;
import dev.steward.api.Operation.Shape;
import dev.steward.api.Reply;
import dev.steward.api.Request;
import dev.steward.api.Rule;
import dev.steward.api.client.AccountViews;
import dev.steward.domain.discovery.Discoveries;
import dev.steward.domain.governance.desk.AccountDesk;
import dev.steward.domain.onboarding.Verifications;
import dev.steward.model.Account;
import dev.steward.model.AccountFeature;
import dev.steward.model.AccountId;
import dev.steward.model.Check;
import dev.steward.model.Discovery;
import dev.steward.model.Ids;
import dev.steward.model.Json;
import dev.steward.model.Onboarding;
import dev.steward.model.OnboardingId;
import dev.steward.model.OrganizationId;
import dev.steward.model.Permission;
import dev.steward.model.Problem;
import dev.steward.model.SecretId;
import dev.steward.model.Violation;
import dev.steward.storage.Events;
import dev.steward.storage.Own;
import dev.steward.storage.Secrets;
import dev.steward.storage.State;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The operations of the group onboarding. */
public final class OnboardingOperations {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Store store;
  private final Secrets secrets;
  private final Verifications verifications;
  private final Discoveries discoveries;
  private final Ids ids;
  private final InstantSource clock;
  private final Supplier<String> publicUrl;
  private final Supplier<Optional<String>> principal;

  /**
   * @param publicUrl where callers reach this API
   * @param principal the ARN that the platform calls AWS as, if it is known yet
   */
  public OnboardingOperations(
      Store store,
      Secrets secrets,
      Verifications verifications,
      Discoveries discoveries,
      Ids ids,
      InstantSource clock,
      Supplier<String> publicUrl,
      Supplier<Optional<String>> principal) {
    this.store = store;
    this.secrets = secrets;
    this.verifications = verifications;
    this.discoveries = discoveries;
    this.ids = ids;
    this.clock = clock;
    this.publicUrl = publicUrl;
    this.principal = principal;
  }

  public record Creation(
      @Rule(min = 1) @Nullable String name,
      @Rule(min = 1, max = 40) @Nullable String environment,
      @Rule(min = 1, max = 2) @Nullable List<AccountFeature> features) {}

  /** One of the two. */
  public record Verification(
      @Rule(
              pattern = "arn:aws[a-z-]*:iam::\\d{12}:role/[\\w+=,.@/-]{1,576}",
              message = "must be the ARN of an IAM role",
              max = 700)
          @Nullable String roleArn,
      @Rule(pattern = "\\d{12}", message = "must have 12 digits") @Nullable String accountId) {}

  /** Read once, sealed, and never answered. */
  public record AccessKeys(
      @Rule(
              min = 16,
              max = 128,
              pattern = "\\w+",
              message = "must be an AWS access key id",
              aliases = "access_key")
          String accessKeyId,
      @Rule(min = 16, max = 256, aliases = "secret_key") String secretAccessKey,
      @Rule(max = 4_096) @Nullable String sessionToken,
      @Rule(min = 1) @Nullable String name,
      @Rule(min = 1, max = 40) @Nullable String environment) {
    @Override
    public String toString() {
      return "AccessKeys[masked]";
    }
  }

  /**
   * @param checks the last verification, step by step; each failed one with its fix
   */
  public record OnboardingView(
      String id,
      String name,
      String environment,
      List<AccountFeature> features,
      @Nullable String externalId,
      String templateUrl,
      String quickCreateUrl,
      Onboarding.Status status,
      String connectionMethod,
      @Nullable String roleArn,
      @Nullable String account,
      @Nullable String accountId,
      @Nullable String reason,
      List<Check> checks,
      List<Permission> permissions,
      Instant createdAt,
      @Nullable Instant verifiedAt) {}

  public List<Operation> operations() {
    return List.of(
        client("POST", "/onboarding/create", "onboarding", "Begin to connect an account")
            .takes(Creation.class)
            .gives(OnboardingView.class)
            .answers(201)
            .handle(this::create),
        client("GET", "/onboarding/template/{id}", "onboarding", "What to deploy in the account")
            .gives(Shape.TEXT, String.class)
            .query("format")
            .answers(200, 404)
            .handle(this::template),
        client(
                "POST",
                "/onboarding/connect/credentials",
                "onboarding",
                "Connect an account by access keys")
            .takes(AccessKeys.class)
            .gives(OnboardingView.class)
            .answers(200, 202, 409, 422)
            .handle(this::connect),
        client("GET", "/onboarding/{id}", "onboarding", "How an onboarding stands")
            .gives(OnboardingView.class)
            .answers(200, 404)
            .handle(r -> Reply.ok(view(r.own(), find(r.own(), r)))),
        client("POST", "/onboarding/{id}/verify", "onboarding", "Prove the connection")
            .takes(Verification.class)
            .gives(OnboardingView.class)
            .answers(200, 202, 404, 409)
            .handle(this::verify),
        client("GET", "/onboarding/{id}/discovery", "onboarding", "How the discovery goes")
            .gives(DiscoveryViews.DiscoveryView.class)
            .answers(200, 404)
            .handle(r -> Reply.ok(DiscoveryViews.view(r.own(), account(r.own(), r)))),
        client("POST", "/onboarding/{id}/rediscover", "onboarding", "Discover again")
            .gives(DiscoveryViews.DiscoveryView.class)
            .answers(200, 202, 404)
            .handle(this::rediscover));
  }

  private Reply create(Request request) {
    Creation wanted = request.body(Creation.class);
    List<AccountFeature> features =
        wanted.features() == null
            ? List.of(AccountFeature.READ)
            : wanted.features().stream().distinct().sorted().toList();
    if (!features.contains(AccountFeature.READ))
      throw Problem.invalid(List.of(new Violation("features", "must contain read")));
    return request.once(t -> {
      Onboarding made =
          onboarding(
              request.organization(),
              wanted.name(),
              wanted.environment(),
              features,
              Onboarding.Status.CREATED,
              null);
      t.put(Tables.ONBOARDINGS, made);
      Events.append(
          t,
          made.organization(),
          "onboarding.created",
          made.id().value(),
          made.name(),
          clock.instant());
      return Reply.of(201, view(request.own(t), made));
    });
  }

  private Onboarding onboarding(
      OrganizationId organization,
      @Nullable String name,
      @Nullable String environment,
      List<AccountFeature> features,
      Onboarding.Status status,
      @Nullable SecretId keys) {
    return new Onboarding(
        OnboardingId.from(ids),
        organization,
        Objects.requireNonNullElse(name, ""),
        Objects.requireNonNullElse(environment, "production"),
        features,
        // Two ids of 103 bits each: nobody guesses it, and no two onboardings share it.
        ids.next("ext") + ids.next("ext").substring(4),
        status,
        null,
        keys,
        null,
        List.of(),
        List.of(),
        null,
        keys == null ? 0 : 1,
        clock.instant(),
        null,
        null);
  }

  private Reply template(Request request) {
    Onboarding onboarding = find(request.own(), request);
    String format = request.query("format").orElse("yaml");
    String arn = Template.principal(principal());
    return switch (format) {
      case "yaml" -> Reply.text("application/yaml", Template.yaml(onboarding, arn));
      case "json" -> Reply.text("application/json", Template.json(onboarding, arn));
      case "terraform" ->
          Reply.text("text/plain; charset=utf-8", Template.terraform(onboarding, arn));
      default ->
          throw Problem.invalid(
              List.of(new Violation("format", "must be one of yaml, json, terraform")));
    };
  }

  /** The platform's own ARN, which AWS may take its time to tell. */
  private String principal() {
    return principal
        .get()
        .orElseThrow(() ->
            Problem.of(
                Problem.Type.UNAVAILABLE,
                "the platform cannot ask AWS yet who it is itself; try again in a moment, or set aws.principal"));
  }

  private Reply verify(Request request) {
    Verification by = request.body(Verification.class);
    Onboarding known = find(request.own(), request);
    String arn = roleArn(by, known);
    if (by.roleArn() != null
        && by.accountId() != null
        && !by.roleArn().contains("::" + by.accountId() + ":"))
      throw Problem.invalid(List.of(new Violation("account_id", "is not the account of role_arn")));
    Onboarding begun = store.write(t -> begin(t, find(request.own(t), request), arn));
    return conclusion(request, begun);
  }

  private @Nullable String roleArn(Verification by, Onboarding known) {
    if (by.roleArn() != null) return by.roleArn();
    if (by.accountId() != null) return Template.roleArn(known, principal(), by.accountId());
    if (known.roleArn() != null || known.credentials() != null) return known.roleArn();
    throw Problem.invalid(List.of(new Violation("role_arn", "is required, or account_id")));
  }

  /** Joins the verification that runs for the same role; else begins one. */
  private Onboarding begin(Transaction t, Onboarding current, @Nullable String arn) {
    if (current.status() == Onboarding.Status.VERIFYING && Objects.equals(current.roleArn(), arn))
      return current;
    if (current.status() == Onboarding.Status.DISCONNECTED)
      throw Problem.of(Problem.Type.CONFLICT, "this onboarding was disconnected; begin a new one");
    // The number in the ARN is enough to refuse an account that another organization holds, long
    // before AWS is asked.
    if (arn != null) refuseIfHeld(t.state(), current.organization(), arn.split(":", -1)[4]);
    Onboarding verifying = t.put(Tables.ONBOARDINGS, current.verifying(arn));
    verifications.request(t, verifying);
    return verifying;
  }

  private static void refuseIfHeld(State state, OrganizationId organization, String awsAccount) {
    if (AccountDesk.isHeldByAnother(state, organization, awsAccount)) throw alreadyConnected();
  }

  private static dev.steward.model.ProblemException alreadyConnected() {
    return Problem.of(
        Problem.Type.ALREADY_CONNECTED,
        "this AWS account is already connected to this installation");
  }

  private Reply connect(Request request) {
    AccessKeys keys = request.body(AccessKeys.class);
    Map<String, Object> sealed =
        new TreeMap<>(
            Map.of(
                "access_key_id", keys.accessKeyId(), "secret_access_key", keys.secretAccessKey()));
    if (keys.sessionToken() != null) sealed.put("session_token", keys.sessionToken());
    Onboarding begun =
        store.write(t -> {
          SecretId secret = secrets.seal(t, request.organization(), Json.bytes(sealed));
          Onboarding made =
              onboarding(
                  request.organization(),
                  keys.name(),
                  keys.environment(),
                  List.of(AccountFeature.READ),
                  Onboarding.Status.VERIFYING,
                  secret);
          t.put(Tables.ONBOARDINGS, made);
          verifications.request(t, made);
          return made;
        });
    return conclusion(request, begun);
  }

  /**
   * The verdict if it is there in time: 200, or the problem it found with keys or with a claim;
   * else 202.
   */
  private Reply conclusion(Request request, Onboarding begun) {
    Optional<Onboarding> end =
        store.await(
            state ->
                state
                    .own(request.organization())
                    .find(Tables.ONBOARDINGS, begun.id().value())
                    .filter(o ->
                        o.attempt() > begun.attempt() || o.status() != Onboarding.Status.VERIFYING),
            request.patience(PATIENCE));
    Own own = request.own();
    if (end.isEmpty()) return Reply.accepted(view(own, begun), "/onboarding/" + begun.id());
    Onboarding done = end.get();
    if (done.failure() == Onboarding.Failure.ALREADY_CONNECTED) throw alreadyConnected();
    if (done.status() == Onboarding.Status.FAILED && done.credentials() != null)
      throw Problem.of(
          Problem.Type.CREDENTIALS_REFUSED,
          Optional.ofNullable(done.reason()).orElse("AWS refused the access keys"));
    return Reply.ok(view(own, done));
  }

  private Reply rediscover(Request request) {
    Account account = account(request.own(), request);
    Discovery begun =
        store.write(
            t -> discoveries.request(t, AccountViews.find(request.own(t), account.id().value())));
    Optional<Discovery> end =
        store.await(
            state ->
                state
                    .own(request.organization())
                    .find(Tables.DISCOVERIES, account.id().value())
                    .filter(d -> d.id().equals(begun.id()) && d.status().isOver()),
            request.patience(Duration.ZERO));
    DiscoveryViews.DiscoveryView view = DiscoveryViews.view(request.own(), account);
    return end.isPresent()
        ? Reply.ok(view)
        : Reply.accepted(view, "/onboarding/" + account.id() + "/discovery");
  }

  private Onboarding find(Own own, Request request) {
    String id = request.path("id");
    return own.find(Tables.ONBOARDINGS, id)
        .or(() ->
            own.find(Tables.ACCOUNTS, id)
                .flatMap(a -> own.find(Tables.ONBOARDINGS, a.onboarding().value())))
        .orElseThrow(() -> Problem.notFound(Tables.ONBOARDINGS.noun()));
  }

  private Account account(Own own, Request request) {
    AccountId account = find(own, request).account();
    if (account == null)
      throw Problem.of(Problem.Type.CONFLICT, "the onboarding is not connected yet");
    return AccountViews.find(own, account.value());
  }

  private OnboardingView view(Own own, Onboarding o) {
    String url = publicUrl.get() + "/onboarding/template/" + o.id();
    Optional<Account> account =
        Optional.ofNullable(o.account()).flatMap(id -> own.find(Tables.ACCOUNTS, id.value()));
    boolean byKeys = o.credentials() != null;
    return new OnboardingView(
        o.id().value(),
        o.name(),
        o.environment(),
        o.features(),
        byKeys ? null : o.externalId(),
        url,
        "https://console.aws.amazon.com/cloudformation/home#/stacks/quickcreate?stackName=steward&templateURL="
            + URLEncoder.encode(url, StandardCharsets.UTF_8),
        o.status(),
        byKeys ? "access_keys" : "role",
        o.roleArn(),
        account.map(a -> a.id().value()).orElse(null),
        account.map(a -> a.awsAccount().value()).orElse(null),
        o.reason(),
        o.checks(),
        o.permissions(),
        o.createdAt(),
        o.verifiedAt());
  }
}
