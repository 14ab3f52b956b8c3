package dev.steward.aws.actions;

import dev.steward.aws.AwsError;
import dev.steward.aws.RegionClients;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.SnapshotState;

/** Snapshots that steps make; found again by their tags. */
final class StepSnapshots {
  private static final String VOLUME_TAG = "steward:volume";

  private StepSnapshots() {}

  /** The snapshot that this step made of the volume, whatever its state. */
  static Optional<Snapshot> made(Site site, String volume) {
    return find(
        site.clients(),
        List.of(Ec2Tags.filter(Site.STEP_TAG, site.mark()), Ec2Tags.filter(VOLUME_TAG, volume)));
  }

  static Optional<Snapshot> find(RegionClients clients, List<Filter> filters) {
    return clients
        .ec2()
        .describeSnapshots(r -> r.ownerIds("self").filters(filters))
        .snapshots()
        .stream()
        .filter(s -> s.state() != SnapshotState.ERROR)
        .findFirst();
  }

  /** A completed snapshot of the volume: the one that an earlier try made, or a new one. */
  static String complete(Site site, String volume) {
    String id =
        made(site, volume)
            .map(Snapshot::snapshotId)
            .orElseGet(() ->
                site.clients()
                    .ec2()
                    .createSnapshot(r ->
                        r.volumeId(volume)
                            .description(
                                "Steward, before " + site.step().action() + ", " + site.mark())
                            .tagSpecifications(
                                Ec2Tags.on(
                                    ResourceType.SNAPSHOT,
                                    Map.of(Site.STEP_TAG, site.mark(), VOLUME_TAG, volume))))
                    .snapshotId());
    completed(site, site.clients(), id);
    return id;
  }

  /** Waits until it is completed; nothing is deleted before. */
  static void completed(Site site, RegionClients clients, String id) {
    AtomicBoolean seen = new AtomicBoolean();
    site.until(
        id + " is completed",
        () -> {
          Optional<Snapshot> made = byId(clients, id);
          // AWS may not know for a while what it has just made (EC2 API reference, Eventual
          // consistency); what it has shown once and shows no more is gone.
          if (made.isEmpty()) {
            if (seen.get()) throw failed(id, " is gone");
            return false;
          }
          seen.set(true);
          String why = made.get().stateMessage();
          if (made.get().state() == SnapshotState.ERROR)
            throw failed(id, " failed" + (why == null ? "" : ": " + why));
          return made.get().state() == SnapshotState.COMPLETED;
        });
  }

  private static Optional<Snapshot> byId(RegionClients clients, String id) {
    try {
      return clients.ec2().describeSnapshots(r -> r.snapshotIds(id)).snapshots().stream()
          .findFirst();
    } catch (Ec2Exception e) {
      if (AwsError.isAbsent(e)) return Optional.empty();
      throw e;
    }
  }

  private static ApplicationFailure failed(String id, String how) {
    return ApplicationFailure.newNonRetryableFailure("the snapshot " + id + how, "SnapshotFailed");
  }
}
