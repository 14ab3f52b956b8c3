package dev.steward.activities.governance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.activities.onboarding.AwsConnectionActivities;
import dev.steward.aws.AwsAccess;
import dev.steward.aws.AwsSettings;
import dev.steward.aws.CallLimiter;
import dev.steward.estate.KeyUse;
import dev.steward.estate.Partition;
import dev.steward.estate.Policy;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.model.Feature;
import dev.steward.model.Ids;
import dev.steward.model.Json;
import dev.steward.model.Onboarding;
import dev.steward.model.OnboardingId;
import dev.steward.model.OrganizationId;
import dev.steward.model.Permission;
import dev.steward.model.Permission.Grant;
import dev.steward.storage.MasterKey;
import dev.steward.storage.Secrets;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.testing.Customer;
import dev.steward.testing.Emulator;
import dev.steward.testing.Fault;
import dev.steward.testing.FaultProxy;
import dev.steward.workflows.onboarding.ConnectionActivities;
import io.temporal.testing.TestActivityEnvironment;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.iam.IamClient;

/** The matrix says of keys what was tried, and what was not. */
final class KeyPermissionsTest {
  private static final String ACCOUNT = "720000000001";
  private static final String TRUST =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\",\"Principal\":{\"AWS\":\"arn:aws:iam::123456789012:root\"},"
          + "\"Condition\":{\"StringEquals\":{\"sts:ExternalId\":\"ext_matrix\"}}}]}";

  private static Onboarding onboarding(String role, List<Feature> features, int attempt) {
    return new Onboarding(
        new OnboardingId("onb_matrix" + attempt),
        new OrganizationId("org_matrix0000"),
        "matrix",
        "test",
        features,
        "ext_matrix",
        Onboarding.Status.VERIFYING,
        role,
        null,
        null,
        List.of(),
        List.of(),
        null,
        1,
        Instant.now(),
        Instant.now());
  }

  private static void grant(Customer customer, String without) {
    List<String> actions = new ArrayList<>(Catalogue.actions(Feature.READ));
    actions.addAll(Catalogue.actions(Feature.ACT));
    actions.remove(without);
    customer
        .client(Worlds.REGION, IamClient.class, IamClient::builder)
        .putRolePolicy(r ->
            r.roleName("steward")
                .policyName("steward")
                .policyDocument(Json.text(Policy.of(Partition.AWS, actions))));
  }

  @Test
  void saysOfKeysWhatWasTriedAndWhatWasNot(@TempDir Path folder) throws Exception {
    System.setProperty("aws.accessKeyId", "PLATFORMmatrix");
    System.setProperty("aws.secretAccessKey", "emulated");
    try (Emulator emulator = Emulator.start();
        FaultProxy proxy = FaultProxy.before(emulator.endpoint());
        Store store = Store.open(folder.resolve("data"));
        AwsAccess aws =
            new AwsAccess(
                store,
                new Secrets(MasterKey.at(folder.resolve("key"), false), Ids.random()),
                new AwsSettings(proxy.endpoint(), "us-east-1", 100, 10_000),
                new CallLimiter(10_000));
        Customer customer = new Customer(emulator.endpoint(), ACCOUNT)) {
      TestActivityEnvironment temporal = TestActivityEnvironment.newInstance();
      temporal.registerActivitiesImplementations(
          new AwsConnectionActivities(store, aws, Ids.random()));
      ConnectionActivities activities = temporal.newActivityStub(ConnectionActivities.class);
      String role = customer.role("steward", TRUST);
      List<Feature> both = List.of(Feature.READ, Feature.ACT);
      grant(customer, "nothing");
      assertThat(keys(store, activities, onboarding(role, List.of(Feature.READ), 1))).isEmpty();
      assertThat(keys(store, activities, onboarding(role, both, 2)))
          .containsOnlyKeys(KeyUse.actions())
          .allSatisfy((action, grant) -> assertThat(grant).isEqualTo(Grant.NOT_PROBED));
      EncryptedWorlds worlds = new EncryptedWorlds(customer);
      worlds.make("snapshot_and_delete_volume", worlds.key(Worlds.REGION, false));
      Map<String, Grant> granted = keys(store, activities, onboarding(role, both, 3));
      assertThat(granted.remove("kms:DescribeKey")).isEqualTo(Grant.ALLOWED);
      // The template grants them to services that work for the role: to try them would be refused.
      assertThat(granted.values()).containsOnly(Grant.NOT_PROBED);
      grant(customer, "kms:DescribeKey");
      assertThat(keys(store, activities, onboarding(role, both, 4)))
          .containsEntry("kms:DescribeKey", Grant.DENIED);
      // A role from before these were asked for.
      proxy.when(c -> c.action().equals("GetEbsDefaultKmsKeyId"), new Fault.Deny());
      assertThat(rows(store, activities, onboarding(role, List.of(Feature.READ), 5), "ec2:GetEbs"))
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
      if (permission.action().startsWith(of)) keys.put(permission.action(), permission.grant());
    return keys;
  }
}
