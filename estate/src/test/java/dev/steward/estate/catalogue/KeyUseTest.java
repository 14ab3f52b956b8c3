package dev.steward.estate.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.estate.Beside;
import dev.steward.estate.IamPolicy;
import dev.steward.estate.KeyUse;
import dev.steward.estate.Partition;
import dev.steward.model.AccountFeature;
import dev.steward.model.Resource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Approvers see the keys of whatever the action uses, or that they are not known. */
final class KeyUseTest {
  private static final String ONE = "arn:aws:kms:us-east-1:123456789012:key/1";
  private static final String TWO = "arn:aws:kms:us-east-1:123456789012:key/2";
  private final World world = new World();

  private Resource part(String kind, String id, String... attributes) {
    return world.add(kind, id, "available", 1, attributes);
  }

  private static List<String> keys(String action, Resource resource, Beside beside) {
    return keys(action, resource, Map.of(), beside);
  }

  private static List<String> keys(
      String action, Resource resource, Map<String, String> parameters, Beside beside) {
    return Catalogue.remediation(action).orElseThrow().keys(resource, parameters, beside);
  }

  @Test
  void theKeysOfAnInstanceAreThoseOfItsVolumes() {
    Resource instance = part("ec2_instance", "i-1");
    List<Resource> volumes =
        List.of(
            part("ebs_volume", "v-1", "encrypted", "true", "kms_key", TWO),
            part("ebs_volume", "v-2", "encrypted", "true", "kms_key", ONE),
            part("ebs_volume", "v-3", "encrypted", "false"));
    for (String action : List.of("stop_instance", "start_instance", "terminate_instance"))
      assertThat(keys(action, instance, new Beside(World.NOW, volumes))).containsExactly(ONE, TWO);
    assertThat(keys("stop_instance", instance, new Beside(World.NOW, List.of())))
        .as("a key that it has later was not planned")
        .containsExactly("none");
    assertThat(keys("stop_instance", instance, Beside.UNKNOWN)).containsExactly("unknown");
    List<Resource> unnamed = List.of(part("ebs_volume", "v-4", "encrypted", "true"));
    assertThat(keys("stop_instance", instance, new Beside(World.NOW, unnamed)))
        .containsExactly("unknown");
  }

  @Test
  void theKeysOfAnImageAreThoseOfItsSnapshots() {
    Resource image = part("ec2_image", "ami-1", "snapshots", "s-1,s-2");
    Resource one = part("ebs_snapshot", "s-1", "encrypted", "true", "kms_key", ONE);
    Resource two = part("ebs_snapshot", "s-2", "encrypted", "false");
    assertThat(keys("deregister_image", image, new Beside(null, List.of(one, two))))
        .containsExactly(ONE);
    assertThat(keys("deregister_image", image, new Beside(null, List.of(one))))
        .as("the other is another account's, or not listed")
        .containsExactly(ONE, "unknown");
    assertThat(keys("deregister_image", image, Beside.UNKNOWN)).containsExactly("unknown");
  }

  @Test
  void whatUsesNoKeyNamesNone() {
    Resource volume = part("ebs_volume", "v-1", "encrypted", "true", "kms_key", ONE);
    assertThat(keys("snapshot_and_delete_volume", volume, Beside.UNKNOWN)).containsExactly(ONE);
    assertThat(keys("volume_to_gp3", volume, Beside.UNKNOWN)).isEmpty();
    Resource snapshot = part("ebs_snapshot", "s-1", "encrypted", "true", "kms_key", ONE);
    assertThat(keys("delete_snapshot", snapshot, Beside.UNKNOWN)).isEmpty();
  }

  @Test
  void whatIsMadeOrComesBackEncryptedNamesItsKey() {
    Map<String, String> copy = Map.of("copy_region", "us-west-2", "copy_key", TWO);
    Resource home = part("ebs_snapshot", "s-1", "encrypted", "true", "kms_key", ONE);
    assertThat(keys("delete_snapshot", home, copy, Beside.UNKNOWN)).containsExactly(ONE, TWO);
    Resource bare = part("ebs_snapshot", "s-2", "encrypted", "false", "default_key", ONE);
    assertThat(keys("delete_snapshot", bare, copy, Beside.UNKNOWN)).containsExactly(ONE, TWO);
    Resource untold = part("ebs_snapshot", "s-3", "encrypted", "false", "default_key", "none");
    assertThat(keys("delete_snapshot", untold, copy, Beside.UNKNOWN))
        .as("it comes back with its region's default key, of which nobody was asked")
        .containsExactly(TWO, "unknown");
    for (Map.Entry<String, String> one :
        Map.of(ONE, ONE, "none", "none", "", "unknown").entrySet()) {
      Resource volume =
          part("ebs_volume", "v-1", "encrypted", "false", "default_key", one.getKey());
      assertThat(keys("snapshot_and_delete_volume", volume, Beside.UNKNOWN))
          .containsExactly(one.getValue());
    }
  }

  @Test
  void whatIsNotToldToBeEncryptedOrNotIsUnknown() {
    Resource volume = part("ebs_volume", "v-1", "default_key", "none");
    assertThat(keys("snapshot_and_delete_volume", volume, Beside.UNKNOWN))
        .containsExactly("unknown");
  }

  @Test
  void aKeyThatApproversDidNotSeeIsUnplanned() {
    assertThat(KeyUse.isUnplanned(ONE, List.of("none"))).isTrue();
    assertThat(KeyUse.isUnplanned(TWO, List.of(ONE))).isTrue();
    assertThat(KeyUse.isUnplanned(ONE, List.of(ONE))).isFalse();
    assertThat(KeyUse.isUnplanned(TWO, List.of(ONE, "unknown"))).isFalse();
    assertThat(KeyUse.isUnplanned(TWO, List.of())).isFalse();
  }

  /** IAM user guide, JSON policy elements: it refuses a document with any other. */
  @Test
  void aStatementHasNoElementThatIamDoesNotKnow() {
    Map<String, Object> policy = IamPolicy.of(Partition.AWS, Catalogue.actions(AccountFeature.ACT));
    List<?> statements = (List<?>) Objects.requireNonNull(policy.get("Statement"));
    assertThat(statements)
        .hasSize(3)
        .allSatisfy(statement ->
            assertThat(((Map<?, ?>) statement).keySet().stream().map(String::valueOf))
                .isSubsetOf("Effect", "Action", "Resource", "Condition"));
    assertThat(statements.toString()).contains("Condition={StringLike={kms:ViaService=");
  }

  /** Of each partition. */
  @Test
  void aServiceIsNamedAsInItsPartition() {
    List<String> actions = List.of("ec2:StopInstances", "kms:CreateGrant");
    assertThat(IamPolicy.of(Partition.AWS, actions).toString())
        .contains("kms:ViaService=[ec2.*.amazonaws.com]");
    assertThat(IamPolicy.of(Partition.of("arn:aws-us-gov:iam::1:role/x"), actions).toString())
        .contains("kms:ViaService=[ec2.*.amazonaws.com]");
    assertThat(IamPolicy.of(Partition.of("arn:aws-cn:iam::1:role/x"), actions).toString())
        .contains("kms:ViaService=[ec2.*.amazonaws.com.cn]");
    assertThat(Partition.of(null)).isEqualTo(Partition.AWS);
    assertThat(Partition.ofRegion("cn-northwest-1")).isEqualTo(Partition.CHINA);
    assertThat(Partition.ofRegion("us-gov-east-1")).isEqualTo(Partition.US_GOV);
    assertThat(Partition.ofRegion("ca-central-1")).isEqualTo(Partition.AWS);
  }
}
