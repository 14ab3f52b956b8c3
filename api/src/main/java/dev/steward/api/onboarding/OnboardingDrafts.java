package dev.steward.api.onboarding;

import dev.steward.domain.onboarding.Verifications;
import dev.steward.model.AccountFeature;
import dev.steward.model.Ids;
import dev.steward.model.Json;
import dev.steward.model.Onboarding;
import dev.steward.model.OnboardingId;
import dev.steward.model.OrganizationId;
import dev.steward.model.SecretId;
import dev.steward.storage.Events;
import dev.steward.storage.Secrets;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes onboardings. */
public final class OnboardingDrafts {
  private final Verifications verifications;
  private final Secrets secrets;
  private final Ids ids;
  private final InstantSource clock;

  public OnboardingDrafts(
      Verifications verifications, Secrets secrets, Ids ids, InstantSource clock) {
    this.verifications = verifications;
    this.secrets = secrets;
    this.ids = ids;
    this.clock = clock;
  }

  /** One that is to be connected by a role. */
  Onboarding begin(
      Transaction t,
      OrganizationId organization,
      @Nullable String name,
      @Nullable String environment,
      List<AccountFeature> features) {
    Onboarding made =
        t.put(
            Tables.ONBOARDINGS,
            onboarding(organization, name, environment, features, Onboarding.Status.CREATED, null));
    Events.append(
        t, organization, "onboarding.created", made.id().value(), made.name(), clock.instant());
    return made;
  }

  /** One that is verified at once by access keys, which are sealed. */
  Onboarding byKeys(
      Transaction t,
      OrganizationId organization,
      @Nullable String name,
      @Nullable String environment,
      Map<String, String> keys) {
    SecretId secret = secrets.seal(t, organization, Json.bytes(keys));
    Onboarding made =
        t.put(
            Tables.ONBOARDINGS,
            onboarding(
                organization,
                name,
                environment,
                List.of(AccountFeature.READ),
                Onboarding.Status.VERIFYING,
                secret));
    verifications.request(t, made);
    return made;
  }

  /** Takes one back that has connected nothing, with what it holds. */
  void withdraw(Transaction t, Onboarding onboarding) {
    t.uproot(Tables.ONBOARDINGS, onboarding.id().value());
    Events.append(
        t,
        onboarding.organization(),
        "onboarding.withdrawn",
        onboarding.id().value(),
        onboarding.name(),
        clock.instant());
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
}
