package dev.steward.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.testing.ApiClient;
import dev.steward.testing.Customer;
import dev.steward.testing.Emulator;
import dev.steward.testing.Fault;
import dev.steward.testing.FaultProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Snapshot;

/**
 * The platform and Temporal are killed again and again while changes are carried out, and the
 * effects in AWS are those of an undisturbed run.
 */
final class ChangeDurabilityTest {
  private static final int ROUNDS = Integer.getInteger("crash.rounds", 20);

  @Test
  void effectsAreExactlyOnceWhereverItIsKilled() throws Exception {
    Random random = new Random(7);
    try (Emulator emulator = Emulator.start("us-east-1");
        FaultProxy proxy = FaultProxy.before(emulator.endpoint());
        Customer customer = emulator.customer();
        PlatformProcess platform =
            new PlatformProcess(proxy.endpoint(), Map.of("aws-requests-per-second", "500"))
                .start()) {
      Ec2Client ec2 = customer.client("us-east-1", Ec2Client.class, Ec2Client::builder);
      List<List<String>> resources = new ArrayList<>();
      for (int i = 0; i < ROUNDS; i++)
        resources.add(
            List.of(
                ec2.createVolume(r -> r.size(10).volumeType("gp2").availabilityZone("us-east-1a"))
                    .volumeId(),
                ec2.allocateAddress(r -> r.domain("vpc")).allocationId()));
      ApiClient client = platform.anybody().as("client", "client");
      ApiClient approver = platform.anybody().as("approver", "approver");
      PlatformProcess.awaitDiscovery(
          client, Connecting.connect(client, customer, List.of("read", "act")));
      List<JsonNode> changes = new ArrayList<>();
      for (List<String> own : resources)
        changes.add(
            Changing.submitted(
                client,
                Changing.step("ebs_volume", own.getFirst(), "snapshot_and_delete_volume"),
                Changing.step("elastic_ip", own.getLast(), "release_address")));
      // Slow enough that a kill falls between any two calls, and into each.
      proxy.when(
          call -> call.accessKey().startsWith("ASIA"), new Fault.Delay(Duration.ofMillis(60)));
      for (int round = 0; round < ROUNDS; round++) {
        Changing.approve(approver, changes.get(round));
        TimeUnit.MILLISECONDS.sleep(random.nextInt(1_500));
        if (round % 3 == 1) platform.killTemporal();
        else {
          if (round % 3 == 2) platform.killTemporal();
          platform.kill();
          platform.start();
        }
      }
      Map<String, Integer> statuses = new HashMap<>();
      for (JsonNode change : changes)
        statuses.merge(Changing.ended(client, change).path("status").asText(), 1, Integer::sum);
      assertThat(statuses).containsExactly(Map.entry("done", ROUNDS));
      assertThat(ec2.describeVolumes().volumes()).isEmpty();
      assertThat(ec2.describeAddresses().addresses()).isEmpty();
      assertThat(
              ec2.describeSnapshots(r -> r.ownerIds("self")).snapshots().stream()
                  .map(Snapshot::volumeId)
                  .sorted())
          .containsExactlyElementsOf(resources.stream().map(List::getFirst).sorted().toList());
      JsonNode ledger = client.get("/waste/savings/entries?limit=500").ok().path("items");
      long executed = 0;
      for (JsonNode entry : ledger) if (entry.path("stage").asText().equals("executed")) executed++;
      assertThat(executed).isEqualTo(2L * ROUNDS);
      assertThat(approver.get("/governance/audit/proof").ok().path("holds").asBoolean()).isTrue();
    }
  }
}
