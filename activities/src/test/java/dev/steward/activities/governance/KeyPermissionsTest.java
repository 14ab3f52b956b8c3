package dev.steward.activities.governance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.activities.EmulatedAws;
import dev.steward.activities.onboarding.AwsConnectionActivities;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.model.Account;
import dev.steward.model.AccountFeature;
import dev.steward.model.Ids;
import dev.steward.model.Onboarding;
import dev.steward.model.OnboardingId;
import dev.steward.model.OrganizationId;
import dev.steward.model.Permission;
import dev.steward.model.Permission.Grant;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.testing.Fault;
import dev.steward.workflows.onboarding.ConnectionActivities;
import io.temporal.testing.TestActivityEnvironment;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The matrix says of keys what was tried, and what was not. */
final class KeyPermissionsTest {
  private static Onboarding onboarding(
      Account account, List<AccountFeature> features, int attempt) {
    return new Onboarding(
        new OnboardingId("onb_matrix" + attempt),
        new OrganizationId("org_matrix0000"),
        "matrix",
        "test",
        features,
        EmulatedAws.EXTERNAL_ID,
        Onboarding.Status.VERIFYING,
        account.roleArn(),
        null,
        null,
        List.of(),
        List.of(),
        null,
        1,
        Instant.now(),
        Instant.now(),
        null);
  }

  @Test
  void saysOfKeysWhatWasTriedAndWhatWasNot(@TempDir Path folder) throws Exception {
    try (EmulatedAws aws = new EmulatedAws(folder);
        EmulatedAws.Connected at = aws.connect()) {
      Store store = aws.store;
      TestActivityEnvironment temporal = TestActivityEnvironment.newInstance();
      temporal.registerActivitiesImplementations(
          new AwsConnectionActivities(store, aws.access, Ids.random()));
      ConnectionActivities activities = temporal.newActivityStub(ConnectionActivities.class);
      Account account = at.account();
      List<AccountFeature> both = List.of(AccountFeature.READ, AccountFeature.ACT);
      at.without("nothing");
      assertThat(keys(store, activities, onboarding(account, List.of(AccountFeature.READ), 1)))
          .isEmpty();
      assertThat(keys(store, activities, onboarding(account, both, 2)))
          .containsOnlyKeys(Catalogue.keyActions())
          .allSatisfy((action, grant) -> assertThat(grant).isEqualTo(Grant.NOT_PROBED));
      EncryptedWorlds worlds = new EncryptedWorlds(at.customer());
      worlds.make("snapshot_and_delete_volume", worlds.key(Worlds.REGION, false));
      Map<String, Grant> granted = keys(store, activities, onboarding(account, both, 3));
      assertThat(granted.remove("kms:DescribeKey")).isEqualTo(Grant.ALLOWED);
      // The template grants them to services that work for the role: to try them would be refused.
      assertThat(granted.values()).containsOnly(Grant.NOT_PROBED);
      at.without("kms:DescribeKey");
      assertThat(keys(store, activities, onboarding(account, both, 4)))
          .containsEntry("kms:DescribeKey", Grant.DENIED);
      // A role from before these were asked for.
      aws.proxy.when(c -> c.action().equals("GetEbsDefaultKmsKeyId"), new Fault.Deny());
      assertThat(
              rows(
                  store,
                  activities,
                  onboarding(account, List.of(AccountFeature.READ), 5),
                  "ec2:GetEbs"))
          .isEqualTo(
              Map.of(
                  "ec2:GetEbsEncryptionByDefault",
                  Grant.ALLOWED,
                  "ec2:GetEbsDefaultKmsKeyId",
                  Grant.DENIED));
      temporal.close();
    }
    assertThat(Grant.NOT_PROBED.degrades()).isFalse();
    assertThat(Grant.DENIED.degrades()).isTrue();
  }

  private static Map<String, Grant> keys(
      Store store, ConnectionActivities activities, Onboarding onboarding) {
    return rows(store, activities, onboarding, "kms:");
  }

  private static Map<String, Grant> rows(
      Store store, ConnectionActivities activities, Onboarding onboarding, String of) {
    store.write(t -> t.put(Tables.ONBOARDINGS, onboarding));
    Map<String, Grant> keys = new TreeMap<>();
    for (Permission permission : activities.permissions(onboarding.id()))
      // Keys are listed as any kind is: that says nothing of their use.
      if (permission.action().startsWith(of) && !permission.action().equals("kms:ListKeys"))
        keys.put(permission.action(), permission.grant());
    return keys;
  }
}
