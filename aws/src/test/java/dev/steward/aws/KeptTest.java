package dev.steward.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.estate.Attribute;
import dev.steward.estate.Kind;
import dev.steward.estate.ec2.Instances;
import dev.steward.estate.ec2.Volumes;
import dev.steward.estate.rds.Databases;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterface;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DomainMembership;

/** What is kept of AWS's answers: what they say, and nothing where they say nothing. */
final class KeptTest {
  private static Map<String, String> kept(Kind kind, SdkPojo said) {
    Map<String, Object> plain = Sdk.plain(said);
    Map<String, String> kept = new TreeMap<>();
    for (Attribute<?> attribute : kind.described().attributes()) {
      String text = Attribute.written(Answers.at(attribute.path(), plain));
      if (text != null && !text.isEmpty()) kept.put(attribute.name(), text);
    }
    return kept;
  }

  private static Map<String, String> database(UnaryOperator<DBInstance.Builder> of) {
    return kept(Databases.KIND, of.apply(DBInstance.builder()).build());
  }

  private static Map<String, String> instance(UnaryOperator<Instance.Builder> of) {
    return kept(Instances.KIND, of.apply(Instance.builder()).build());
  }

  @Test
  void theSpeedOfADatabaseIsKept() {
    assertThat(database(d -> d.storageType("gp3").iops(13_000).storageThroughput(600)))
        .containsOnly(
            Map.entry("storage_type", "gp3"),
            Map.entry("iops", "13000"),
            Map.entry("storage_throughput", "600"));
  }

  @Test
  void ofADatabaseThatSaysNothingNothingIsKept() {
    assertThat(database(d -> d)).isEmpty();
  }

  @Test
  void whatWaitsIsNamedAndAnEmptyListDoesNotWait() {
    assertThat(
            database(
                d -> d.pendingModifiedValues(p -> p.dbInstanceClass("db.t3.small").iops(1_000))))
        .containsEntry("pending", "DBInstanceClass,Iops");
    assertThat(database(d -> d.pendingModifiedValues(p -> p.processorFeatures(List.of()))))
        .doesNotContainKey("pending");
  }

  @Test
  void whatHasNoNameIsThereAllTheSame() {
    assertThat(
            database(d ->
                d.domainMemberships(
                    DomainMembership.builder().status("joined").build(),
                    DomainMembership.builder().fqdn("corp.example").build())))
        .containsEntry("domains", "unnamed,corp.example");
  }

  @Test
  void replicasOfBothSortsAreKept() {
    assertThat(
            database(d ->
                d.readReplicaDBInstanceIdentifiers("a").readReplicaDBClusterIdentifiers("b", "c")))
        .containsEntry("replicas", "a,b,c");
  }

  @Test
  void whoLooksAfterItIsNamed() {
    assertThat(instance(i -> i.operator(o -> o.managed(true).principal("eks.amazonaws.com"))))
        .containsEntry("operator", "eks.amazonaws.com");
    assertThat(instance(i -> i.operator(o -> o.managed(true))))
        .containsEntry("operator", "unnamed");
    assertThat(instance(i -> i.operator(o -> o.managed(false)))).doesNotContainKey("operator");
  }

  @Test
  void anAddressWhoseOwnerIsAnAccountIsNotLostAtAStop() {
    assertThat(instance(i -> i)).containsEntry("automatic_address", "none");
    assertThat(instance(i -> i.publicIpAddress("198.51.100.7").networkInterfaces(at("amazon"))))
        .containsEntry("automatic_address", "198.51.100.7");
    assertThat(
            instance(i -> i.publicIpAddress("198.51.100.7").networkInterfaces(at("111122223333"))))
        .containsEntry("automatic_address", "none");
  }

  private static InstanceNetworkInterface at(String owner) {
    return InstanceNetworkInterface.builder()
        .association(a -> a.publicIp("198.51.100.7").ipOwnerId(owner))
        .build();
  }

  @Test
  void aStopIsReadFromItsReason() {
    assertThat(instance(i -> i.stateTransitionReason("User initiated (2026-10-01 09:12:33 GMT)")))
        .containsEntry("stopped_at", "2026-10-01T09:12:33Z");
    assertThat(instance(i -> i.stateTransitionReason(""))).doesNotContainKey("stopped_at");
  }

  @Test
  void aVolumeGoesWithItsInstanceOnlyWhereEveryAttachmentSaysSo() {
    assertThat(
            kept(
                Volumes.KIND,
                Volume.builder()
                    .attachments(
                        a -> a.instanceId("i-1").deleteOnTermination(true),
                        a -> a.instanceId("i-2").deleteOnTermination(false))
                    .build()))
        .containsOnly(
            Map.entry("instance", "i-1,i-2"), Map.entry("delete_on_termination", "false"));
    assertThat(
            kept(
                Volumes.KIND,
                Volume.builder()
                    .attachments(
                        a -> a.instanceId("i-1").deleteOnTermination(true),
                        a -> a.instanceId("i-2"))
                    .multiAttachEnabled(true)
                    .build()))
        .containsOnly(Map.entry("instance", "i-1,i-2"), Map.entry("multi_attach", "true"));
    assertThat(kept(Volumes.KIND, Volume.builder().build())).isEmpty();
  }
}
