package dev.steward.api.onboarding;

import dev.steward.api.Request;
import dev.steward.api.client.AccountViews;
import dev.steward.model.Account;
import dev.steward.model.AccountFeature;
import dev.steward.model.AccountId;
import dev.steward.model.Check;
import dev.steward.model.ConnectionMethod;
import dev.steward.model.Onboarding;
import dev.steward.model.Permission;
import dev.steward.model.Problem;
import dev.steward.storage.Own;
import dev.steward.storage.Tables;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How onboardings look from outside, and how they are found. */
public final class OnboardingViews {
  private final Supplier<String> publicUrl;
  private final Duration kept;
  private final InstantSource clock;

  /**
   * @param publicUrl where callers reach this API
   * @param kept how long one is kept that has connected nothing
   */
  public OnboardingViews(Supplier<String> publicUrl, Duration kept, InstantSource clock) {
    this.publicUrl = publicUrl;
    this.kept = kept;
    this.clock = clock;
  }

  /**
   * @param accountName the name again, as the replaced backend says it
   * @param error the reason again where the verification failed, as the replaced backend says it
   * @param checks the last verification, step by step; each failed one with its fix
   * @param ageDays whole days since it was begun
   * @param expiresAt when it is forgotten unless it is tried again; null for one that has connected
   *     an account or is being verified
   */
  public record OnboardingView(
      String id,
      String name,
      String accountName,
      String environment,
      List<AccountFeature> features,
      @Nullable String externalId,
      String templateUrl,
      String quickCreateUrl,
      Onboarding.Status status,
      ConnectionMethod connectionMethod,
      @Nullable String roleArn,
      @Nullable String account,
      @Nullable String accountId,
      @Nullable String reason,
      @Nullable String error,
      List<Check> checks,
      List<Permission> permissions,
      Instant createdAt,
      long ageDays,
      @Nullable Instant verifiedAt,
      @Nullable Instant expiresAt) {}

  /** What the path names: an onboarding, or the account that came of one. */
  static Onboarding find(Own own, Request request) {
    String id = request.path("id");
    return own.find(Tables.ONBOARDINGS, id)
        .or(() ->
            own.find(Tables.ACCOUNTS, id)
                .flatMap(a -> own.find(Tables.ONBOARDINGS, a.onboarding().value())))
        .orElseThrow(() -> Problem.notFound(Tables.ONBOARDINGS.noun()));
  }

  static Account account(Own own, Request request) {
    Onboarding onboarding = find(own, request);
    AccountId account = onboarding.account();
    if (account == null)
      throw Problem.of(
          Problem.Type.CONFLICT,
          onboarding.isPending()
              ? "the onboarding is not connected yet"
              : "the account of this onboarding was disconnected");
    return AccountViews.find(own, account.value());
  }

  OnboardingView view(Own own, Onboarding o) {
    String url = publicUrl.get() + "/onboarding/template/" + o.id();
    Optional<Account> account =
        Optional.ofNullable(o.account()).flatMap(id -> own.find(Tables.ACCOUNTS, id.value()));
    boolean byKeys = o.byKeys();
    Instant idle = o.idleSince();
    return new OnboardingView(
        o.id().value(),
        o.name(),
        o.name(),
        o.environment(),
        o.features(),
        byKeys ? null : o.externalId(),
        url,
        "https://console.aws.amazon.com/cloudformation/home#/stacks/quickcreate?stackName=steward&templateURL="
            + URLEncoder.encode(url, StandardCharsets.UTF_8),
        o.status(),
        o.method(),
        o.roleArn(),
        account.map(a -> a.id().value()).orElse(null),
        account.map(a -> a.awsAccount().value()).orElse(null),
        o.reason(),
        o.status() == Onboarding.Status.FAILED ? o.reason() : null,
        o.checks(),
        o.permissions(),
        o.createdAt(),
        Duration.between(o.createdAt(), clock.instant()).toDays(),
        o.verifiedAt(),
        idle == null ? null : idle.plus(kept));
  }
}
