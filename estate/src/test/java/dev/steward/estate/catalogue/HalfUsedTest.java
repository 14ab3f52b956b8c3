package dev.steward.estate.catalogue;

import static dev.steward.estate.catalogue.World.days;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.estate.KeepTag;
import dev.steward.estate.Verdict;
import dev.steward.model.Fact;
import dev.steward.model.Resource;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is attached and serves nothing, and what is not and did until now. */
final class HalfUsedTest {
  private final World world = new World();
  private final Judge address = new Judge(world, "unattached_address");
  private final Judge balancer = new Judge(world, "load_balancer_without_targets");
  private final Judge volume = new Judge(world, "unattached_volume");
  private final Judge bucket = new Judge(world, "bucket_without_lifecycle");

  private Resource stopped(String id, double days) {
    return world.add("ec2_instance", id, "stopped", 300, "stopped_at", World.ago(days).toString());
  }

  private Resource addressOn(String attribute, String id) {
    return world.add("elastic_ip", "ip-" + id, null, 300, "association", "a", attribute, id);
  }

  @Test
  void anAddressOfAMachineThatHasBeenStoppedForLong() {
    stopped("i-long", 31);
    stopped("i-weekend", 3);
    world.add("ec2_instance", "i-runs", "running", 300);
    world.add("ec2_instance", "i-whenever", "stopped", 300);
    address
        .isWaste(addressOn("instance", "i-long"))
        .isFine(addressOn("instance", "i-weekend"))
        .isFine(addressOn("instance", "i-runs"))
        .isFine(addressOn("instance", "i-gone"))
        .isUnknown(addressOn("instance", "i-whenever"), "no time of stopping");
    world.answered.remove("us-east-1/ec2_instance");
    address.isUnknown(addressOn("instance", "i-long"), "instances of the region");
  }

  @Test
  void theAddressOfAMachineThatIsWantedIsWantedToo() {
    Resource wanted = stopped("i-standby", 90);
    world.inventory.remove(wanted);
    world.inventory.add(
        new Resource(
            wanted.id(),
            wanted.kind(),
            wanted.region(),
            null,
            wanted.state(),
            wanted.createdAt(),
            Map.of(KeepTag.NAME, KeepTag.VALUE),
            wanted.attributes()));
    address.isFine(addressOn("instance", "i-standby"));
  }

  @Test
  void anAddressOfAnInterfaceThatIsFree() {
    world.add("network_interface", "eni-free", "available", 300);
    world.add("network_interface", "eni-used", "in-use", 300);
    world.add("network_interface", "eni-lambda", "available", 300, "requester", "lambda");
    address
        .isWaste(addressOn("interface", "eni-free"))
        .isFine(addressOn("interface", "eni-used"))
        .isFine(addressOn("interface", "eni-lambda"));
    world.answered.remove("us-east-1/network_interface");
    address.isUnknown(addressOn("interface", "eni-free"), "network interfaces of the region");
  }

  private Resource balancer(String id, String targets, String idle) {
    Resource made = world.add("load_balancer", id, "active", 300, "type", "application");
    world.add(
        "target_group",
        "tg-" + id,
        null,
        300,
        "load_balancers",
        id,
        "targets",
        targets,
        "not_serving",
        idle);
    return made;
  }

  @Test
  void aBalancerWhoseTargetsDoNotWork() {
    Resource dead = balancer("lb-dead", "2", "2");
    balancer.isWaste(dead).isFine(balancer("lb-half", "2", "1"));
    // They failed this morning: until then it passed something on.
    double[] requests = days(14, 0);
    requests[12] = 1_000;
    world.metric(dead, "requests", requests);
    balancer.isFine(dead);
    world.metrics.clear();
    balancer.isUnknown(dead, "metrics were not answered");
    Resource strange = world.add("load_balancer", "lb-new", "active", 300, "type", "quantum");
    balancer.isWaste(strange);
    world.add(
        "target_group",
        "tg",
        null,
        300,
        "load_balancers",
        "lb-new",
        "targets",
        "1",
        "not_serving",
        "1");
    balancer.isUnknown(strange, "no metric tells since when");
  }

  @Test
  void aBalancerShowsTheMetricThatItHas() {
    Resource network = world.add("load_balancer", "nlb", "active", 300, "type", "network");
    assertThat(world.judge("load_balancer_without_targets", network))
        .isInstanceOfSatisfying(
            Verdict.Waste.class,
            waste ->
                assertThat(waste.evidence())
                    .containsEntry("flows", Fact.of(0))
                    .doesNotContainKey("requests"));
  }

  private Resource free(String id, String multiAttach) {
    return world.add(
        "ebs_volume",
        id,
        "available",
        60,
        "volume_type",
        "gp3",
        "size_gb",
        "100",
        "multi_attach",
        multiAttach);
  }

  @Test
  void aVolumeWithReadsUntilThisMorning() {
    Resource detached = free("vol", "false");
    world.metric(detached, "attached", days(14, 0));
    double[] reads = days(14, 0);
    world.metric(detached, "reads", reads).metric(detached, "writes", days(14, 0));
    volume.isWaste(detached);
    reads[13] = 4_000;
    world.metric(detached, "reads", reads);
    volume.isFine(detached);
    reads[13] = 0;
    reads[5] = 4_000;
    world.metric(detached, "reads", reads);
    volume.isWaste(detached);
  }

  @Test
  void aVolumeWhoseMetricsWereNotAnswered() {
    volume.isUnknown(free("vol", "false"), "metrics were not answered");
    volume.isUnknown(free("shared", "true"), "metrics were not answered");
  }

  private Resource bucket(String id, String... attributes) {
    String[] all = java.util.Arrays.copyOf(attributes, attributes.length + 2);
    all[attributes.length] = "lifecycle_rules";
    all[attributes.length + 1] = "0";
    Resource made = world.add("s3_bucket", id, null, 300, all);
    for (String metric : new String[] {"size_bytes", "tiered_bytes", "objects"})
      world.metric(made, metric);
    return made;
  }

  @Test
  void anEmptyBucketIsFine() {
    Resource silent = bucket("silent");
    bucket.asks(silent, silent);
    bucket.isFine(bucket("empty", "versions_seen", "0"));
    bucket.isUnknown(bucket("full", "versions_seen", "1"), "no datapoints");
  }

  @Test
  void aBucketWhoseObjectsAreAllInAnotherClassIsFine() {
    Resource tiered = bucket("tiered");
    world.metric(tiered, "tiered_bytes", days(14, 5e12));
    bucket.isFine(tiered);
    Resource counted = bucket("counted");
    world.metric(counted, "objects", days(14, 1e6));
    bucket.isFine(counted);
    Resource both = bucket("both");
    world.metric(both, "tiered_bytes", days(14, 5e12)).metric(both, "size_bytes", days(14, 5e12));
    bucket.isWaste(both);
    // All of it was moved ten days ago.
    double[] moved = days(14, Double.NaN);
    moved[3] = 5e12;
    world.metric(both, "size_bytes", moved);
    bucket.isFine(both);
  }
}
