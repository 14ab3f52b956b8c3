package dev.steward.bench.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.testing.Customer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.Volume;

/**
 * An account full of volumes, each of which becomes a change that deletes it; every third one is
 * undone.
 */
final class ChaosEstate implements AutoCloseable {
  private static final int VOLUMES = 240;
  private static final Set<String> ENDS =
      Set.of("done", "partly_done", "failed", "cancelled", "undone");

  private final Customer customer;
  private final Ec2Client ec2;
  private final Promises promises;
  private final Caller settled;
  private final Queue<String> volumes = new ConcurrentLinkedQueue<>();
  private final Set<String> deleted = new ConcurrentSkipListSet<>();
  private final Set<String> undone = new ConcurrentSkipListSet<>();
  private String account = "";

  ChaosEstate(Victims victims, Promises promises, Caller settled) {
    this.customer = new Customer(victims.aws(), "620000000001");
    this.ec2 = customer.client("us-east-1", Ec2Client.class, Ec2Client::builder);
    this.promises = promises;
    this.settled = settled;
  }

  /** Before anything falls. */
  void build() {
    for (int i = 0; i < VOLUMES; i++)
      volumes.add(
          ec2.createVolume(r -> r.size(10).volumeType("gp2").availabilityZone("us-east-1a"))
              .volumeId());
    account = Accounts.connected(settled, customer, List.of("read", "act"));
    settled.await(
        "/onboarding/" + account + "/discovery",
        d -> d.path("finished_at").isTextual() && d.path("progress").asInt() == 100);
  }

  String account() {
    return account;
  }

  /** One change from the plan to its end. */
  void changes(Caller lead, Caller approver) {
    String volume = volumes.poll();
    if (volume == null) throw new Caller.Over();
    JsonNode draft =
        lead.post(
            "/governance/changes",
            Map.of(
                "resources",
                List.of(
                    Map.of(
                        "account",
                        account,
                        "kind",
                        "ebs_volume",
                        "region",
                        "us-east-1",
                        "id",
                        volume,
                        "action",
                        "snapshot_and_delete_volume"))));
    String path = "/governance/changes/" + draft.path("id").asText();
    String approval = lead.post(path + "/submit", null).path("approval").asText();
    approver.post(
        "/approvals/" + approval + "/approve",
        Map.of("plan_hash", draft.path("plan_hash").asText()));
    deleted.add(volume);
    promises.given("approved change", () -> ended(path, volume));
    if (deleted.size() % 3 != 0) return;
    lead.await(path, c -> ENDS.contains(c.path("status").asText()));
    if (lead.send("POST", path + "/undo", null).status() < 300) undone.add(volume);
  }

  private String ended(String path, String volume) {
    String wanted = undone.contains(volume) ? "undone" : "done";
    JsonNode change = settled.await(path, c -> ENDS.contains(c.path("status").asText()));
    if (wanted.equals("undone"))
      change = settled.await(path, c -> !c.path("status").asText().equals("done"));
    String status = change.path("status").asText();
    return status.equals(wanted)
        ? ""
        : path + " is " + status + ": " + change.at("/steps/0/detail").asText();
  }

  int deleted() {
    return deleted.size();
  }

  int undone() {
    return undone.size();
  }

  /** Scans asked for without a pause, so that some meet the end of the one before. */
  void scans(Caller caller) {
    JsonNode scan = caller.post("/waste/scans", Map.of("account", account));
    String path = "/waste/scans/" + scan.path("id").asText();
    promises.given(
        "scan",
        () ->
            settled.await(path, s -> s.path("finished_at").isTextual()).isEmpty()
                ? path + " is empty"
                : "");
    caller.await(path, s -> s.path("finished_at").isTextual());
    caller.post("/onboarding/" + account + "/rediscover", null);
    promises.given(
        "discovery",
        () ->
            settled
                    .await(
                        "/onboarding/" + account + "/discovery",
                        d -> d.path("finished_at").isTextual())
                    .isEmpty()
                ? "it is empty"
                : "");
  }

  /** What is in the account beside what should be. */
  void compare(List<String> broken) {
    List<Volume> left = ec2.describeVolumes().volumes();
    List<Snapshot> snapshots = ec2.describeSnapshots(r -> r.ownerIds("self")).snapshots();
    for (String volume : deleted) {
      long original = left.stream().filter(v -> v.volumeId().equals(volume)).count();
      List<String> made =
          snapshots.stream()
              .filter(s -> volume.equals(s.volumeId()))
              .map(Snapshot::snapshotId)
              .toList();
      long back = left.stream().filter(v -> made.contains(v.snapshotId())).count();
      long wanted = undone.contains(volume) ? 1 : 0;
      if (original != 0 || made.size() != 1 || back != wanted)
        broken.add(
            String.format(
                Locale.ROOT,
                "effects on %s: there %d times, %d snapshots, back %d times where it should be %d",
                volume,
                original,
                made.size(),
                back,
                wanted));
    }
    for (String untouched : volumes)
      if (left.stream().noneMatch(v -> v.volumeId().equals(untouched)))
        broken.add("effects: " + untouched + " is gone, and nobody approved that");
  }

  @Override
  public void close() throws Exception {
    customer.close();
  }
}
