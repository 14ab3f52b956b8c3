package dev.steward.activities.governance;

import dev.steward.activities.aws.AwsError;
import dev.steward.activities.aws.RegionClients;
import dev.steward.model.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ec2.model.CopySnapshotRequest;
import software.amazon.awssdk.services.ec2.model.CreateVolumeRequest;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.ModifyVolumeRequest;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.SnapshotState;
import software.amazon.awssdk.services.ec2.model.Volume;

/** Volumes and their snapshots. */
final class VolumeActions {
  private VolumeActions() {}

  /** Deletes nothing before its snapshot is completed. */
  static final class SnapshotAndDelete implements Action {
    @Override
    public Map<String, String> recipe(Site site, Resource now) {
      Volume volume = describe(site);
      Map<String, String> recipe = shape(volume);
      recipe.put("zone", volume.availabilityZone());
      recipe.put("size_gb", String.valueOf(volume.size()));
      recipe.put(
          "attachments",
          String.join(
              ",",
              volume.attachments().stream().map(a -> a.instanceId() + ":" + a.device()).toList()));
      return recipe;
    }

    @Override
    public Acted act(Site site) {
      Optional<Resource> volume = site.read();
      Optional<Snapshot> earlier = Snapshots.made(site, site.id());
      if (volume.isEmpty())
        return earlier
            .filter(s -> s.state() == SnapshotState.COMPLETED)
            .map(s -> Acted.done(Map.of("snapshot", s.snapshotId()), "snapshot " + s.snapshotId()))
            .orElse(Acted.drifted("it is gone"));
      if (!"available".equals(volume.get().state()))
        return Acted.drifted("it is " + volume.get().state());
      String snapshot = Snapshots.complete(site, site.id());
      site.clients().ec2().deleteVolume(r -> r.volumeId(site.id()));
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
              .describeVolumes(r -> r.filters(Tags.filter(Site.UNDO_TAG, site.mark())))
              .volumes()
              .stream()
              .filter(v -> !v.stateAsString().startsWith("delet"))
              .findFirst();
      if (restored.isPresent()) return back(site, restored.get().volumeId());
      Optional<Snapshot> snapshot = Snapshots.made(site, site.id());
      if (site.read().isPresent()) {
        // It was never deleted, so the snapshot is only in the way.
        snapshot.ifPresent(
            s -> site.clients().ec2().deleteSnapshot(r -> r.snapshotId(s.snapshotId())));
        return new Back(true, "the volume was not deleted");
      }
      if (snapshot.isEmpty()) return new Back(false, "its snapshot is gone");
      String id =
          site.clients().ec2().createVolume(volume(site, snapshot.get().snapshotId())).volumeId();
      return back(site, id);
    }

    private static Back back(Site site, String id) {
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
              return state.equals("available") || state.equals("in-use");
            } catch (Ec2Exception notYet) {
              if (AwsError.isAbsent(notYet)) return false;
              throw notYet;
            }
          });
      return new Back(true, "restored as " + id + " in " + site.note("zone"));
    }

    private static CreateVolumeRequest volume(Site site, String snapshot) {
      CreateVolumeRequest.Builder request =
          CreateVolumeRequest.builder()
              .snapshotId(snapshot)
              .availabilityZone(site.note("zone"))
              .volumeType(site.note("volume_type"))
              .size(Integer.valueOf(site.note("size_gb")))
              .clientToken(site.name())
              .tagSpecifications(
                  Tags.on(ResourceType.VOLUME, Tags.with(site.tags(), Site.UNDO_TAG, site.mark())));
      if (List.of("io1", "io2", "gp3").contains(site.note("volume_type"))
          && !site.note("iops").isEmpty()) request.iops(Integer.valueOf(site.note("iops")));
      if (site.note("volume_type").equals("gp3") && !site.note("throughput").isEmpty())
        request.throughput(Integer.valueOf(site.note("throughput")));
      return request.build();
    }
  }

  private static Volume describe(Site site) {
    return site.clients().ec2().describeVolumes(r -> r.volumeIds(site.id())).volumes().getFirst();
  }

  private static Map<String, String> shape(Volume volume) {
    Map<String, String> shape = new TreeMap<>();
    shape.put("volume_type", volume.volumeTypeAsString());
    if (volume.iops() != null) shape.put("iops", volume.iops().toString());
    if (volume.throughput() != null) shape.put("throughput", volume.throughput().toString());
    return shape;
  }

  /** In place, while the volume is used. It never gets less IOPS than it had. */
  static final class ToGp3 implements Action {
    private static final int INCLUDED_IOPS = 3_000;

    @Override
    public Map<String, String> recipe(Site site, Resource now) {
      return shape(describe(site));
    }

    @Override
    public Acted act(Site site) {
      Optional<Resource> volume = site.read();
      if (volume.isEmpty()) return Acted.drifted("it is gone");
      if (!"gp3".equals(volume.get().attribute("volume_type"))) {
        double iops = volume.get().number("iops", 0);
        change(site, "gp3", iops > INCLUDED_IOPS ? Integer.valueOf((int) iops) : null);
      }
      return Acted.done("it is gp3");
    }

    @Override
    public Back undo(Site site) {
      Optional<Resource> volume = site.read();
      if (volume.isEmpty()) return new Back(false, "the volume is gone");
      String type = site.note("volume_type");
      if (type.isEmpty() || type.equals(volume.get().attribute("volume_type")))
        return new Back(true, "it is " + volume.get().attribute("volume_type"));
      boolean provisioned = type.startsWith("io");
      change(site, type, provisioned ? Integer.valueOf(site.note("iops")) : null);
      return new Back(true, "it is " + type + " again");
    }

    private static void change(
        Site site, String type, @org.jspecify.annotations.Nullable Integer iops) {
      ModifyVolumeRequest.Builder request =
          ModifyVolumeRequest.builder().volumeId(site.id()).volumeType(type);
      if (iops != null) request.iops(iops);
      site.clients().ec2().modifyVolume(request.build());
      site.until(
          site.id() + " is " + type,
          () -> site.read().map(r -> type.equals(r.attribute("volume_type"))).orElse(false));
    }
  }

  /** With a region to copy to it can be undone, else it cannot. */
  static final class DeleteSnapshot implements Action {
    @Override
    public Acted act(Site site) {
      Optional<Resource> snapshot = site.read();
      String region = site.step().parameters().getOrDefault("copy_region", "none");
      if (region.equals("none")) {
        if (snapshot.isEmpty()) return Acted.done("deleted");
        delete(site);
        return Acted.done("deleted");
      }
      RegionClients there = site.clients().in(region);
      Optional<String> copy = copy(there, Site.STEP_TAG, site.mark());
      if (snapshot.isEmpty())
        return copy.map(id -> Acted.done(Map.of("copy", id), "deleted; the copy is " + id))
            .orElse(Acted.drifted("it is gone"));
      String id =
          copy.orElseGet(() -> copy(site, there, site.step().region(), site.id(), Site.STEP_TAG));
      Snapshots.completed(site, there, id);
      delete(site);
      return Acted.done(Map.of("copy", id), "deleted; the copy is " + id + " in " + region);
    }

    private static void delete(Site site) {
      try {
        site.clients().ec2().deleteSnapshot(r -> r.snapshotId(site.id()));
      } catch (AwsServiceException e) {
        if (!AwsError.isAbsent(e)) throw e;
      }
      site.untilGone();
    }

    @Override
    public Back undo(Site site) {
      if (site.read().isPresent()) return new Back(true, "it was not deleted");
      String region = site.step().parameters().getOrDefault("copy_region", "none");
      if (region.equals("none")) return Action.lost(site);
      Optional<String> restored = copy(site.clients(), Site.UNDO_TAG, site.mark());
      Optional<String> copy = copy(site.clients().in(region), Site.STEP_TAG, site.mark());
      if (restored.isEmpty() && copy.isEmpty()) return new Back(false, "the copy is gone");
      String id =
          restored.orElseGet(
              () -> copy(site, site.clients(), region, copy.orElseThrow(), Site.UNDO_TAG));
      Snapshots.completed(site, site.clients(), id);
      return new Back(true, "copied back as " + id);
    }

    private static Optional<String> copy(RegionClients clients, String tag, String mark) {
      return Snapshots.find(clients, List.of(Tags.filter(tag, mark))).map(Snapshot::snapshotId);
    }

    private static String copy(
        Site site, RegionClients to, String fromRegion, String from, String tag) {
      CopySnapshotRequest.Builder request =
          CopySnapshotRequest.builder()
              .sourceRegion(fromRegion)
              .sourceSnapshotId(from)
              .description("Steward, " + site.mark())
              .tagSpecifications(
                  Tags.on(ResourceType.SNAPSHOT, Tags.with(site.tags(), tag, site.mark())));
      // The SDK makes this URL from the region in the endpoint's name, which an emulated one lacks.
      if (to.emulated()) request.presignedUrl("none");
      return to.ec2().copySnapshot(request.build()).snapshotId();
    }
  }
}
