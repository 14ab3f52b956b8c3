package dev.steward.api.onboarding;

import static dev.steward.api.Operation.client;

import dev.steward.api.Invocation;
import dev.steward.api.Operation;
import dev.steward.api.Rule;
import dev.steward.api.Starts;
import dev.steward.api.client.AccountViews;
import dev.steward.api.onboarding.OnboardingViews.OnboardingView;
import dev.steward.domain.governance.desk.AccountDesk;
import dev.steward.domain.onboarding.Verifications;
import dev.steward.model.Onboarding;
import dev.steward.model.OrganizationId;
import dev.steward.model.Problem;
import dev.steward.model.Violation;
import dev.steward.model.job.Jobs;
import dev.steward.storage.State;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Proves connections, by a role or by access keys. */
public final class ConnectionOperations {
  private static final Starts<Onboarding> VERIFICATION =
      Starts.of(
              Jobs.VERIFICATION,
              Tables.ONBOARDINGS,
              "/onboarding/{id}",
              (begun, now) ->
                  now.attempt() > begun.attempt() || now.status() != Onboarding.Status.VERIFYING)
          .waiting(Duration.ofSeconds(10))
          .refusing(ConnectionOperations::refuse);

  private final OnboardingDrafts drafts;
  private final OnboardingViews views;
  private final OwnPrincipal principal;
  private final Verifications verifications;

  public ConnectionOperations(
      OnboardingDrafts drafts,
      OnboardingViews views,
      OwnPrincipal principal,
      Verifications verifications) {
    this.drafts = drafts;
    this.views = views;
    this.principal = principal;
    this.verifications = verifications;
  }

  /** One of the two. */
  public record Verification(
      @Rule(
              pattern = "arn:aws[a-z-]*:iam::\\d{12}:role/[\\w+=,.@/-]{1,576}",
              message = "must be the ARN of an IAM role",
              max = 700)
          @Nullable String roleArn,
      @Rule(pattern = "\\d{12}", message = "must have 12 digits") @Nullable String accountId) {}

  /**
   * Read once, sealed, and never answered.
   *
   * @param region where they are used, which says in which part of AWS their account is (China and
   *     GovCloud have their own); that of the platform if it is left out
   */
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
      @Rule(min = 1, aliases = "account_name") @Nullable String name,
      @Rule(min = 1, max = 40) @Nullable String environment,
      @Rule(pattern = AccountViews.REGION_NAME, message = AccountViews.REGION_MUST, max = 60)
          @Nullable String region) {
    @Override
    public String toString() {
      return "AccessKeys[masked]";
    }
  }

  public List<Operation<?, ?>> operations() {
    return List.of(
        client(
                "POST",
                "/onboarding/connect/credentials",
                "onboarding",
                "Connect an account by access keys")
            .takes(AccessKeys.class)
            .gives(OnboardingView.class)
            .refuses(409)
            .starts(VERIFICATION, this::connect, views::view),
        client("POST", "/onboarding/{id}/verify", "onboarding", "Prove the connection")
            .about(request -> OnboardingViews.find(request.own(), request))
            .takes(Verification.class)
            .gives(OnboardingView.class)
            .refuses(404, 409, 503)
            .starts(
                VERIFICATION,
                call -> role(call.body(), OnboardingViews.find(call.own(), call)),
                (call, t, role) -> begin(t, OnboardingViews.find(call.own(t), call), role.arn()),
                views::view));
  }

  /**
   * @param arn null where access keys are proven again
   */
  private record Role(@Nullable String arn) {}

  private Role role(Verification by, Onboarding known) {
    String arn = roleArn(by, known);
    if (by.roleArn() != null
        && by.accountId() != null
        && !by.roleArn().contains("::" + by.accountId() + ":"))
      throw Problem.invalid(List.of(new Violation("account_id", "is not the account of role_arn")));
    return new Role(arn);
  }

  private @Nullable String roleArn(Verification by, Onboarding known) {
    if (by.roleArn() != null) return by.roleArn();
    if (by.accountId() != null) return Template.roleArn(known, principal.arn(), by.accountId());
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

  private Onboarding connect(Invocation<AccessKeys> call, Transaction t) {
    AccessKeys keys = call.body();
    Map<String, String> sealed =
        new TreeMap<>(
            Map.of(
                "access_key_id", keys.accessKeyId(), "secret_access_key", keys.secretAccessKey()));
    if (keys.sessionToken() != null) sealed.put("session_token", keys.sessionToken());
    if (keys.region() != null) sealed.put("region", keys.region());
    return drafts.byKeys(t, call.organization(), keys.name(), keys.environment(), sealed);
  }

  /** The problem that a verification found with keys, or with a claim. */
  private static void refuse(Onboarding done) {
    if (done.failure() == Onboarding.Failure.ALREADY_CONNECTED) throw alreadyConnected();
    if (done.status() == Onboarding.Status.FAILED && done.byKeys())
      throw Problem.of(
          Problem.Type.CREDENTIALS_REFUSED,
          Optional.ofNullable(done.reason()).orElse("AWS refused the access keys"));
  }
}
