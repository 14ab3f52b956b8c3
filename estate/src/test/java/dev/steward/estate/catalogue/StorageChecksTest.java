package dev.steward.estate.catalogue;

import static dev.steward.estate.catalogue.World.days;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.estate.Verdict;
import dev.steward.model.Fact;
import dev.steward.model.Resource;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Checks on volumes, snapshots, images, log groups and buckets: on waste, on what only looks like
 * it, and on what nobody can tell.
 */
final class StorageChecksTest {
  private final World world = new World();

  private Resource volume(String id, String state, double age, String type, String size) {
    return world.add("ebs_volume", id, state, age, "volume_type", type, "size_gb", size);
  }

  /** Attached to nothing, and silent since. */
  private Resource silent(Resource volume, double... attached) {
    world.metric(volume, "attached", attached.length == 0 ? days(14, 0) : attached);
    return volume;
  }

  private Resource free(String id, double age, String... attributes) {
    return world.add("ebs_volume", id, "available", age, Attributes.volumeOf(attributes));
  }

  @Test
  void unattachedVolumes() {
    world
        .check("unattached_volume")
        .isWaste(silent(volume("old", "available", 8, "gp3", "100")), 8);
    world.check("unattached_volume").isFine(silent(volume("young", "available", 6, "gp3", "100")));
    world.check("unattached_volume").isFine(volume("used", "in-use", 80, "gp3", "100"));
    world
        .check("unattached_volume")
        .isWaste(silent(free("fast", 8, "iops", "4000", "throughput", "225")), 8 + 5 + 4);
    world
        .check("unattached_volume")
        .isUnknownBecause(
            new Resource(
                "ageless", "ebs_volume", World.REGION, null, "available", null, Map.of(), Map.of()),
            "no creation time");
  }

  @Test
  void aVolumeIsAsOldAsItsDetachment() {
    double[] today = days(14, 0);
    today[13] = 12;
    world.check("unattached_volume").isFine(silent(free("an-hour-ago", 60), today));
    double[] weekAgo = days(14, 0);
    weekAgo[5] = 288;
    world.check("unattached_volume").isWaste(silent(free("a-week-ago", 60), weekAgo), 8);
    weekAgo[6] = 1;
    world.check("unattached_volume").isFine(silent(free("less-than-a-week-ago", 60), weekAgo));
    // Attached for an hour each night: no look of ours has ever seen it.
    world
        .check("unattached_volume")
        .isFine(silent(free("each-night", 60, Attributes.seen(40, false)), today));
    world
        .check("unattached_volume")
        .isFine(silent(free("seen-attached", 60, Attributes.seen(3, true))));
    String nobody =
        "nobody can tell for how long it has been attached to nothing: no metric, and too few looks";
    world.check("unattached_volume").isUnknownBecause(free("no-metrics", 60), nobody);
    world
        .check("unattached_volume")
        .isUnknownBecause(free("no-metrics-2", 60, Attributes.seen(3, false)), nobody);
    world
        .check("unattached_volume")
        .isWaste(free("seen-for-long", 60, Attributes.seen(8, false)), 8);
    assertThat(world.judge("unattached_volume", world.inventory.getLast()))
        .isInstanceOfSatisfying(
            Verdict.Waste.class,
            w ->
                assertThat(w.evidence())
                    .containsEntry("unattached_days_at_least", Fact.of(8))
                    .containsEntry("created_days", Fact.of(60))
                    .containsEntry("metrics", Fact.of("not answered")));
  }

  @Test
  void snapshotsOfLivingVolumes() {
    volume("vol", "in-use", 500, "gp3", "100");
    world
        .check("old_snapshot")
        .isWaste(
            world.add("ebs_snapshot", "old", "completed", 91, "volume", "vol", "size_gb", "100"),
            5);
    // That a look saw its volume says nothing else than that the volume is there.
    world
        .check("old_snapshot")
        .isWaste(
            world.add(
                "ebs_snapshot",
                "seen",
                "completed",
                91,
                "volume",
                "vol",
                "size_gb",
                "100",
                "used_before",
                "true"),
            5);
    world
        .check("old_snapshot")
        .isFine(
            world.add("ebs_snapshot", "young", "completed", 89, "volume", "vol", "size_gb", "100"));
    world
        .check("old_snapshot")
        .isFine(
            world.add(
                "ebs_snapshot",
                "backup",
                "completed",
                400,
                "volume",
                "vol",
                "description",
                "Created by AWS Backup"));
    world.add("ec2_image", "ami", "available", 500, "snapshots", "s1,inimage,s2");
    world
        .check("old_snapshot")
        .isFine(
            world.add(
                "ebs_snapshot", "inimage", "completed", 400, "volume", "vol", "size_gb", "8"));
    world
        .check("orphan_snapshot")
        .isFine(
            world.add("ebs_snapshot", "other", "completed", 400, "volume", "vol", "size_gb", "8"));
    world
        .check("old_snapshot")
        .isWaste(
            world.add(
                "ebs_snapshot",
                "archived",
                "completed",
                400,
                "volume",
                "vol",
                "size_gb",
                "100",
                "tier",
                "archive"),
            1.25);
  }

  @Test
  void snapshotsWhoseVolumeIsGone() {
    Resource orphan =
        world.add("ebs_snapshot", "orphan", "completed", 31, "volume", "gone", "size_gb", "20");
    world.check("orphan_snapshot").isWaste(orphan, 1);
    world.check("old_snapshot").isFine(orphan);
    world
        .check("orphan_snapshot")
        .isFine(
            world.add(
                "ebs_snapshot", "recent", "completed", 29, "volume", "gone", "size_gb", "20"));
    world.answered.remove("us-east-1/ebs_volume");
    world
        .check("orphan_snapshot")
        .isUnknownBecause(orphan, "volumes of the region were not answered");
    world.answered.add("us-east-1/ebs_volume");
    world.answered.remove("us-east-1/ec2_image");
    world
        .check("orphan_snapshot")
        .isUnknownBecause(
            orphan, "nobody can tell what names it: ec2 images were not answered in full");
  }

  @Test
  void images() {
    world.add("ec2_instance", "i", "stopped", 10, "image", "ami-used");
    world
        .check("unused_image")
        .isFine(world.add("ec2_image", "ami-used", "available", 400, "size_gb", "8"));
    Resource unused = world.add("ec2_image", "ami-unused", "available", 400, "size_gb", "8");
    world.check("unused_image").isWaste(unused, 0.4);
    world
        .check("unused_image")
        .isFine(world.add("ec2_image", "ami-new", "available", 10, "size_gb", "8"));
    world
        .check("unused_image")
        .isFine(
            world.add(
                "ec2_image",
                "ami-launched",
                "available",
                400,
                "size_gb",
                "8",
                "last_launched",
                World.ago(5).toString()));
    world
        .check("unused_image")
        .isFine(world.add("ec2_image", "ami-public", "available", 400, "public", "true"));
    world.answered.remove("us-east-1/ec2_instance");
    world
        .check("unused_image")
        .isUnknownBecause(
            unused, "nobody can tell what names it: ec2 instances were not answered in full");
  }

  @Test
  void gp2Volumes() {
    world.check("gp2_volume").isWaste(volume("small", "in-use", 1, "gp2", "100"), 2 - 0.12 + 0.0);
    // At 334 GiB gp2 reaches 250 MiB/s; keeping that on gp3 costs more than it saves until the
    // volume is larger.
    world.check("gp2_volume").isWaste(volume("large", "in-use", 1, "gp2", "1000"), 20 - 5);
    world.check("gp2_volume").isWaste(volume("huge", "in-use", 1, "gp2", "2000"), 40 - 15 - 5);
    world.check("gp2_volume").isFine(volume("new", "in-use", 1, "gp3", "100"));
  }

  @Test
  void logGroups() {
    world
        .check("log_group_without_retention")
        .isWaste(world.add("log_group", "big", null, 1, "stored_bytes", "100000000000"), 3);
    world
        .check("log_group_without_retention")
        .isFine(world.add("log_group", "small", null, 1, "stored_bytes", "1000"));
    world
        .check("log_group_without_retention")
        .isFine(
            world.add(
                "log_group",
                "kept",
                null,
                1,
                "stored_bytes",
                "100000000000",
                "retention_days",
                "30"));
    world
        .check("log_group_without_retention")
        .isUnknownBecause(world.add("log_group", "unsized", null, 1), "no stored size");
  }

  @Test
  void buckets() {
    Resource big = world.add("s3_bucket", "big", null, 1, "lifecycle_rules", "0");
    world.check("bucket_without_lifecycle").isUnknownBecause(big, "metrics were not answered");
    world.metric(big, "size_bytes", 50e9, 100e9);
    world.check("bucket_without_lifecycle").isWaste(big, 1.05);
    world
        .check("bucket_without_lifecycle")
        .isFine(world.add("s3_bucket", "managed", null, 1, "lifecycle_rules", "2"));
    world
        .check("bucket_without_lifecycle")
        .isUnknownBecause(
            world.add("s3_bucket", "denied", null, 1, "lifecycle_unknown", "true"),
            "the lifecycle could not be read");
    Resource tiny = world.add("s3_bucket", "tiny", null, 1, "lifecycle_rules", "0");
    world.metric(tiny, "size_bytes", 1e9);
    world.check("bucket_without_lifecycle").isFine(tiny);
  }
}
