package dev.steward.api.onboarding;

import dev.steward.api.Request;
import dev.steward.api.client.AccountViews;
import dev.steward.model.Account;
import dev.steward.model.AccountFeature;
import dev.steward.model.AccountId;
import dev.steward.model.Check;
import dev.steward.model.Onboarding;
import dev.steward.model.Permission;
import dev.steward.model.Problem;
import dev.steward.storage.Own;
import dev.steward.storage.Tables;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How onboardings look from outside, and how they are found. */
public final class OnboardingViews {
  private final Supplier<String> publicUrl;

  /**
   * @param publicUrl where callers reach this API
   */
  public OnboardingViews(Supplier<String> publicUrl) {
    this.publicUrl = publicUrl;
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
    AccountId account = find(own, request).account();
    if (account == null)
      throw Problem.of(Problem.Type.CONFLICT, "the onboarding is not connected yet");
    return AccountViews.find(own, account.value());
  }

  OnboardingView view(Own own, Onboarding o) {
    String url = publicUrl.get() + "/onboarding/template/" + o.id();
    Optional<Account> account =
        Optional.ofNullable(o.account()).flatMap(id -> own.find(Tables.ACCOUNTS, id.value()));
    boolean byKeys = o.byKeys();
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
