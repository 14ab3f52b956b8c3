package dev.steward.aws.actions;

import dev.steward.aws.AwsError;
import dev.steward.aws.RegionClients;
import dev.steward.model.Resource;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import software.amazon.awssdk.services.ec2.model.CopySnapshotRequest;
import software.amazon.awssdk.services.ec2.model.CreateVolumeRequest;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.SnapshotState;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ec2.model.VolumeAttributeName;

/** Volumes and their snapshots. */
final class VolumeActions {
  private VolumeActions() {}

  /** Deletes nothing before its snapshot is completed. */
  static final class SnapshotAndDelete implements Action {
    private static final List<String> USABLE = List.of("available", "in-use");

    @Override
    public Map<String, String> recipe(Site site, Resource now) {
      Volume volume = describe(site);
      Map<String, String> recipe = ToGp3.shape(volume);
      recipe.put("zone", volume.availabilityZone());
      recipe.put("size_gb", String.valueOf(volume.size()));
      if (Boolean.TRUE.equals(volume.encrypted()) && volume.kmsKeyId() != null)
        recipe.put("kms_key", volume.kmsKeyId());
      if (Boolean.TRUE.equals(volume.multiAttachEnabled())) recipe.put("multi_attach", "true");
      if (volume.outpostArn() != null) recipe.put("outpost", volume.outpostArn());
      if (autoEnables(site, site.id())) recipe.put("auto_enable_io", "true");
      return recipe;
    }

    private static boolean autoEnables(Site site, String volume) {
      var attribute =
          site.clients()
              .ec2()
              .describeVolumeAttribute(
                  r -> r.volumeId(volume).attribute(VolumeAttributeName.AUTO_ENABLE_IO))
              .autoEnableIO();
      return attribute != null && Boolean.TRUE.equals(attribute.value());
    }

    @Override
    public Acted act(Site site) {
      Optional<Resource> volume = site.read();
      Optional<Snapshot> earlier = StepSnapshots.made(site, site.id());
      if (volume.isEmpty())
        return earlier
            .filter(s -> s.state() == SnapshotState.COMPLETED)
            .map(s -> Acted.done(Map.of("snapshot", s.snapshotId()), "snapshot " + s.snapshotId()))
            .orElse(Acted.drifted("it is gone"));
      if (!"available".equals(volume.get().state()))
        return Acted.drifted("it is " + volume.get().state());
      String snapshot = StepSnapshots.complete(site, site.id());
      Action.takeAway(() -> site.clients().ec2().deleteVolume(r -> r.volumeId(site.id())));
      site.untilGone();
      return Acted.done(
          Map.of("snapshot", snapshot), "deleted; its content is in the snapshot " + snapshot);
    }

    @Override
    public Back undo(Site site) {
      Optional<Volume> restored =
          site
              .clients()
              .ec2()
              .describeVolumes(r -> r.filters(Ec2Tags.filter(Site.UNDO_TAG, site.mark())))
              .volumes()
              .stream()
              .filter(v -> !v.stateAsString().startsWith("delet"))
              .findFirst();
      if (restored.isPresent()) return back(site, restored.get().volumeId());
      Optional<Snapshot> snapshot = StepSnapshots.made(site, site.id());
      Optional<Resource> volume = snapshot.isPresent() ? site.settled() : site.read();
      if (volume.isPresent()) {
        if (!USABLE.contains(String.valueOf(volume.get().state())))
          return new Back(
              true,
              "the volume was not deleted; it is "
                  + volume.get().state()
                  + ", so that its snapshot is kept");
        // It was never deleted, so the snapshot is only in the way.
        snapshot.ifPresent(s ->
            Action.takeAway(
                () -> site.clients().ec2().deleteSnapshot(r -> r.snapshotId(s.snapshotId()))));
        return new Back(true, "the volume was not deleted");
      }
      if (snapshot.isEmpty()) return new Back(false, "its snapshot is gone");
      String id =
          site.clients().ec2().createVolume(volume(site, snapshot.get().snapshotId())).volumeId();
      return back(site, id);
    }

    private static Back back(Site site, String id) {
      AtomicBoolean seen = new AtomicBoolean();
      site.until(
          id + " is available",
          () -> {
            try {
              String state =
                  site.clients()
                      .ec2()
                      .describeVolumes(r -> r.volumeIds(id))
                      .volumes()
                      .getFirst()
                      .stateAsString();
              seen.set(true);
              if (state.equals("error")) throw cameToNothing(id);
              return state.equals("available") || state.equals("in-use");
            } catch (Ec2Exception notYet) {
              if (!AwsError.isAbsent(notYet)) throw notYet;
              if (seen.get()) throw cameToNothing(id);
              return false;
            }
          });
      if (site.note("auto_enable_io").equals("true"))
        site.onceKnown(
            id,
            () ->
                site.clients()
                    .ec2()
                    .modifyVolumeAttribute(r -> r.volumeId(id).autoEnableIO(v -> v.value(true))));
      return new Back(true, "restored as " + id + " in " + site.note("zone"));
    }

    /**
     * AWS looks at the key after it has answered, and takes the volume away again (EC2 API
     * reference, CreateVolume: KmsKeyId).
     */
    private static ApplicationFailure cameToNothing(String id) {
      return ApplicationFailure.newNonRetryableFailure(
          "AWS made the volume "
              + id
              + " and gave it up again: its key cannot be used, or the role lacks kms:CreateGrant",
          "VolumeFailed");
    }

    private static CreateVolumeRequest volume(Site site, String snapshot) {
      CreateVolumeRequest.Builder request =
          CreateVolumeRequest.builder()
              .snapshotId(snapshot)
              .availabilityZone(site.note("zone"))
              .volumeType(site.note("volume_type"))
              .size(Integer.valueOf(site.note("size_gb")))
              .clientToken(site.name())
              .tagSpecifications(Ec2Tags.on(ResourceType.VOLUME, site.marked(Site.UNDO_TAG)));
      if (List.of("io1", "io2", "gp3").contains(site.note("volume_type"))
          && !site.note("iops").isEmpty()) request.iops(Integer.valueOf(site.note("iops")));
      if (site.note("volume_type").equals("gp3") && !site.note("throughput").isEmpty())
        request.throughput(Integer.valueOf(site.note("throughput")));
      if (!site.note("kms_key").isEmpty()) request.encrypted(true).kmsKeyId(site.note("kms_key"));
      if (!site.note("outpost").isEmpty()) request.outpostArn(site.note("outpost"));
      if (site.note("multi_attach").equals("true")) request.multiAttachEnabled(true);
      return request.build();
    }
  }

  static Volume describe(Site site) {
    return site.clients().ec2().describeVolumes(r -> r.volumeIds(site.id())).volumes().getFirst();
  }

  /** With a region to copy to it can be undone, else it cannot. */
  static final class DeleteSnapshot implements Action {
    @Override
    public Map<String, String> recipe(Site site, Resource now) {
      Snapshot snapshot =
          site.clients()
              .ec2()
              .describeSnapshots(r -> r.snapshotIds(site.id()))
              .snapshots()
              .getFirst();
      Map<String, String> recipe = new TreeMap<>();
      // An empty one too, so that the copy that comes back has none of ours.
      recipe.put("description", snapshot.description() == null ? "" : snapshot.description());
      if (Boolean.TRUE.equals(snapshot.encrypted()) && snapshot.kmsKeyId() != null)
        recipe.put("kms_key", snapshot.kmsKeyId());
      recipe.putAll(Sharing.of(site, site.id()));
      return recipe;
    }

    @Override
    public Acted act(Site site) {
      Optional<Resource> snapshot = site.read();
      if (site.elsewhere().isEmpty()) {
        if (snapshot.isEmpty()) return Acted.done("deleted");
        delete(site);
        return Acted.done("deleted");
      }
      RegionClients there = site.elsewhere().get();
      Optional<String> copy = copy(there, Site.STEP_TAG, site.mark());
      if (snapshot.isEmpty())
        return copy.map(id -> Acted.done(Map.of("copy", id), "deleted; the copy is " + id))
            .orElse(Acted.drifted("it is gone"));
      String id =
          copy.orElseGet(() -> copy(site, there, site.step().region(), site.id(), Site.STEP_TAG));
      StepSnapshots.completed(site, there, id);
      delete(site);
      return Acted.done(Map.of("copy", id), "deleted; the copy is " + id + " in " + there.region());
    }

    private static void delete(Site site) {
      Action.takeAway(() -> site.clients().ec2().deleteSnapshot(r -> r.snapshotId(site.id())));
      site.untilGone();
    }

    @Override
    public Back undo(Site site) {
      if (site.elsewhere().isEmpty()) return Action.lost(site);
      RegionClients there = site.elsewhere().get();
      if (site.settled().isPresent()) return new Back(true, "it was not deleted");
      Optional<String> restored = copy(site.clients(), Site.UNDO_TAG, site.mark());
      Optional<String> copy = copy(there, Site.STEP_TAG, site.mark());
      if (restored.isEmpty() && copy.isEmpty()) return new Back(false, "the copy is gone");
      String id =
          restored.orElseGet(
              () -> copy(site, site.clients(), there.region(), copy.orElseThrow(), Site.UNDO_TAG));
      StepSnapshots.completed(site, site.clients(), id);
      site.onceKnown(id, () -> Sharing.again(site, id));
      return new Back(true, "copied back as " + id);
    }

    private static Optional<String> copy(RegionClients clients, String tag, String mark) {
      return StepSnapshots.find(clients, List.of(Ec2Tags.filter(tag, mark)))
          .map(Snapshot::snapshotId);
    }

    private static String copy(
        Site site, RegionClients to, String fromRegion, String from, String tag) {
      CopySnapshotRequest.Builder request =
          CopySnapshotRequest.builder()
              .sourceRegion(fromRegion)
              .sourceSnapshotId(from)
              .description(
                  tag.equals(Site.UNDO_TAG) && site.recipe().containsKey("description")
                      ? site.note("description")
                      : "Steward, " + site.mark())
              .tagSpecifications(Ec2Tags.on(ResourceType.SNAPSHOT, site.marked(tag)));
      Keys.forCopy(site, site.note("kms_key"), to.region())
          .ifPresent(key -> request.encrypted(true).kmsKeyId(key));
      // The SDK makes this URL from the region in the endpoint's name, which an emulated one lacks.
      if (to.emulated()) request.presignedUrl("none");
      return to.ec2().copySnapshot(request.build()).snapshotId();
    }
  }
}
