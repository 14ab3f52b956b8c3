package dev.steward.activities.aws;

import dev.steward.model.Account;
import dev.steward.model.Onboarding;
import dev.steward.model.SecretId;
import org.jspecify.annotations.Nullable;

/**
 * What it takes to get into an account.
 *
 * @param owner the account's or the onboarding's id: clients are kept and limited by it
 */
public record Connection(
    String owner,
    String organization,
    @Nullable String roleArn,
    @Nullable String externalId,
    @Nullable SecretId keys) {
  public static Connection of(Account account) {
    return new Connection(
        account.id().value(),
        account.organization().value(),
        account.roleArn(),
        account.externalId(),
        account.credentials());
  }

  public static Connection of(Onboarding onboarding) {
    return new Connection(
        onboarding.id().value() + "/" + onboarding.attempt(),
        onboarding.organization().value(),
        onboarding.roleArn(),
        onboarding.externalId(),
        onboarding.credentials());
  }

  public Connection withExternalId(@Nullable String other) {
    return new Connection(owner, organization, roleArn, other, keys);
  }
}
