package dev.steward.bench;

import dev.steward.model.Account;
import dev.steward.model.AccountBuilder;
import dev.steward.model.AccountId;
import dev.steward.model.AwsAccountId;
import dev.steward.model.ConnectionMethod;
import dev.steward.model.OnboardingId;
import dev.steward.model.OrganizationId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Accounts that nothing was ever asked of in AWS. */
final class BenchAccount {
  private BenchAccount() {}

  static Account of(
      AccountId id,
      OrganizationId organization,
      OnboardingId onboarding,
      String number,
      String name,
      Instant now) {
    return AccountBuilder.builder()
        .id(id)
        .organization(organization)
        .awsAccount(new AwsAccountId(number))
        .name(name)
        .environment("production")
        .connectionMethod(ConnectionMethod.ROLE)
        .status(Account.Status.CONNECTED)
        .onboarding(onboarding)
        .roleArn(null)
        .externalId(null)
        .credentials(null)
        .regions(List.of())
        .tags(Map.of())
        .permissions(List.of())
        .degraded(List.of())
        .connectedAt(now)
        .build();
  }
}
