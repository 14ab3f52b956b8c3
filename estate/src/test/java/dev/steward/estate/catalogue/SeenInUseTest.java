package dev.steward.estate.catalogue;

import static dev.steward.estate.catalogue.World.days;

import dev.steward.estate.Looks;
import dev.steward.model.Resource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the looks saw in use lately is no waste, and what no look saw is not fine for that. */
final class SeenInUseTest {
  private final World world = new World();

  /** Attached to nothing, and silent since. */
  private Resource silent(Resource volume, double... attached) {
    world.metric(volume, "attached", attached.length == 0 ? days(14, 0) : attached);
    return volume;
  }

  private Resource free(String id, double age, String... attributes) {
    return world.add("ebs_volume", id, "available", age, Attributes.volumeOf(attributes));
  }

  @Test
  void whatWasSeenInUseLatelyIsNoWaste() {
    world
        .check("orphan_snapshot")
        .isFine(
            world.add(
                "ebs_snapshot",
                "last-copy",
                "completed",
                400,
                Attributes.snapshotOf(Attributes.seen(2, true))));
    world
        .check("orphan_snapshot")
        .isWaste(
            world.add(
                "ebs_snapshot",
                "long-ago",
                "completed",
                400,
                Attributes.snapshotOf(Attributes.seen(31, true))),
            1);
    world
        .check("orphan_snapshot")
        .isWaste(
            world.add(
                "ebs_snapshot",
                "never-seen",
                "completed",
                400,
                Attributes.snapshotOf(Attributes.seen(2, false))),
            1);
    world
        .check("unused_image")
        .isFine(world.add("ec2_image", "ami-1", "available", 400, Attributes.seen(2, true)));
    Resource balancer = world.add("load_balancer", "lb", "active", 400, Attributes.seen(2, true));
    world.check("load_balancer_without_targets").isFine(balancer);
    world
        .check("unattached_address")
        .isFine(world.add("elastic_ip", "used", null, 1, "association", "a"));
    world
        .check("unattached_address")
        .isWaste(world.add("elastic_ip", "free", null, 1, Attributes.seen(0, true)), 3.65);
  }

  /** Kept by a version without marks, or where the first discovery could not tell. */
  @Test
  void whatNoLookSawInUseIsNotFine() {
    world.check("unattached_volume").isWaste(next(silent(free("vol", 60))), 8);
    world
        .check("unused_image")
        .isWaste(next(world.add("ec2_image", "ami", "available", 400, "size_gb", "8")), 0.4);
    world.check("unattached_address").isWaste(next(world.add("elastic_ip", "ip", null, 60)), 3.65);
    world
        .check("orphan_snapshot")
        .isWaste(
            next(world.add("ebs_snapshot", "snap", "completed", 400, Attributes.snapshotOf())),
            1.0);
    world
        .check("load_balancer_without_targets")
        .isWaste(
            next(world.add("load_balancer", "lb", "active", 60, "type", "application")), 16.425);
    world
        .check("stopped_instance")
        .isUnknownBecause(
            next(world.add("ec2_instance", "i", "stopped", 300)), "no time of stopping");
    Resource running = world.add("ec2_instance", "ran", "running", 300);
    Resource stopped = world.add("ec2_instance", "ran", "stopped", 300);
    world.check("stopped_instance").isFine(looked(stopped, looked(running, null)));
  }

  private Resource next(Resource unmarked) {
    return looked(unmarked, unmarked);
  }

  private Resource looked(Resource now, @Nullable Resource earlier) {
    return Looks.kept(Catalogue.kind(now.kind()), now, earlier, world.sight(), World.NOW);
  }
}
