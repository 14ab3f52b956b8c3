package dev.steward.estate.catalogue;

import static dev.steward.estate.catalogue.World.days;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.steward.estate.InstanceType;
import dev.steward.estate.Kind;
import dev.steward.estate.Looks;
import dev.steward.estate.PeakOutlook;
import dev.steward.estate.Threshold;
import dev.steward.estate.Verdict;
import dev.steward.estate.WasteCheck;
import dev.steward.model.Money;
import dev.steward.model.Resource;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each check on waste, on what only looks like it, and on what nobody can tell. */
final class ChecksTest {
  private final World world = new World();

  private void isWaste(String check, Resource resource, double saving) {
    assertThat(world.judge(check, resource))
        .as(check + " of " + resource)
        .isInstanceOfSatisfying(
            Verdict.Waste.class, w -> assertThat(w.saving()).isEqualTo(Money.usd(saving)));
  }

  private void isFine(String check, Resource resource) {
    assertThat(world.judge(check, resource)).isEqualTo(Verdict.FINE);
  }

  private void isUnknown(String check, Resource resource, String reason) {
    assertThat(world.judge(check, resource)).isEqualTo(Verdict.unknown(reason));
  }

  private Resource volume(String id, String state, double age, String type, String size) {
    return world.add("ebs_volume", id, state, age, "volume_type", type, "size_gb", size);
  }

  /** Attached to nothing, and silent since. */
  private Resource silent(Resource volume, double... attached) {
    world.metric(volume, "attached", attached.length == 0 ? days(14, 0) : attached);
    return volume;
  }

  private Resource free(String id, double age, String... attributes) {
    return world.add("ebs_volume", id, "available", age, volumeOf(attributes));
  }

  private static String[] volumeOf(String... attributes) {
    return with(attributes, "volume_type", "gp3", "size_gb", "100");
  }

  private static String[] with(String[] attributes, String... more) {
    String[] all = Arrays.copyOf(attributes, attributes.length + more.length);
    System.arraycopy(more, 0, all, attributes.length, more.length);
    return all;
  }

  private static String[] seen(double days, boolean usedBefore) {
    String since = World.ago(days).toString();
    return usedBefore
        ? new String[] {"unused_since", since, "used_before", "true"}
        : new String[] {"unused_since", since};
  }

  @Test
  void unattachedVolumes() {
    isWaste("unattached_volume", silent(volume("old", "available", 8, "gp3", "100")), 8);
    isFine("unattached_volume", silent(volume("young", "available", 6, "gp3", "100")));
    isFine("unattached_volume", volume("used", "in-use", 80, "gp3", "100"));
    isWaste(
        "unattached_volume",
        silent(free("fast", 8, "iops", "4000", "throughput", "225")),
        8 + 5 + 4);
    isUnknown(
        "unattached_volume",
        new Resource(
            "ageless", "ebs_volume", World.REGION, null, "available", null, Map.of(), Map.of()),
        "no creation time");
  }

  @Test
  void aVolumeIsAsOldAsItsDetachment() {
    double[] today = days(14, 0);
    today[13] = 12;
    isFine("unattached_volume", silent(free("an-hour-ago", 60), today));
    double[] weekAgo = days(14, 0);
    weekAgo[5] = 288;
    isWaste("unattached_volume", silent(free("a-week-ago", 60), weekAgo), 8);
    weekAgo[6] = 1;
    isFine("unattached_volume", silent(free("less-than-a-week-ago", 60), weekAgo));
    // Attached for an hour each night: no look of ours has ever seen it.
    isFine("unattached_volume", silent(free("each-night", 60, seen(40, false)), today));
    isFine("unattached_volume", silent(free("seen-attached", 60, seen(3, true))));
    String nobody =
        "nobody can tell for how long it has been attached to nothing: no metric, and too few"
            + " looks";
    isUnknown("unattached_volume", free("no-metrics", 60), nobody);
    isUnknown("unattached_volume", free("no-metrics-2", 60, seen(3, false)), nobody);
    isWaste("unattached_volume", free("seen-for-long", 60, seen(8, false)), 8);
    assertThat(world.judge("unattached_volume", world.inventory.getLast()))
        .isInstanceOfSatisfying(
            Verdict.Waste.class,
            w ->
                assertThat(w.evidence())
                    .containsEntry("unattached_days_at_least", "8")
                    .containsEntry("created_days", "60")
                    .containsEntry("metrics_since_days", "not answered"));
  }

  @Test
  void whatWasSeenInUseLatelyIsNoWaste() {
    isFine(
        "orphan_snapshot",
        world.add("ebs_snapshot", "last-copy", "completed", 400, snapshotOf(seen(2, true))));
    isWaste(
        "orphan_snapshot",
        world.add("ebs_snapshot", "long-ago", "completed", 400, snapshotOf(seen(31, true))),
        1);
    isWaste(
        "orphan_snapshot",
        world.add("ebs_snapshot", "never-seen", "completed", 400, snapshotOf(seen(2, false))),
        1);
    isFine("unused_image", world.add("ec2_image", "ami-1", "available", 400, seen(2, true)));
    Resource balancer = world.add("load_balancer", "lb", "active", 400, seen(2, true));
    isFine("load_balancer_without_targets", balancer);
    isFine("unattached_address", world.add("elastic_ip", "used", null, 1, "association", "a"));
    isWaste("unattached_address", world.add("elastic_ip", "free", null, 1, seen(0, true)), 3.65);
  }

  /** Kept by a version without marks, or where the first discovery could not tell. */
  @Test
  void whatNoLookSawInUseIsNotFine() {
    isWaste("unattached_volume", next(silent(free("vol", 60))), 8);
    isWaste(
        "unused_image", next(world.add("ec2_image", "ami", "available", 400, "size_gb", "8")), 0.4);
    isWaste("unattached_address", next(world.add("elastic_ip", "ip", null, 60)), 3.65);
    isWaste(
        "orphan_snapshot",
        next(world.add("ebs_snapshot", "snap", "completed", 400, snapshotOf())),
        1.0);
    isWaste(
        "load_balancer_without_targets",
        next(world.add("load_balancer", "lb", "active", 60, "type", "application")),
        16.425);
    isUnknown(
        "stopped_instance",
        next(world.add("ec2_instance", "i", "stopped", 300)),
        "no time of stopping");
    Resource running = world.add("ec2_instance", "ran", "running", 300);
    Resource stopped = world.add("ec2_instance", "ran", "stopped", 300);
    isFine("stopped_instance", looked(stopped, looked(running, null)));
  }

  private Resource next(Resource unmarked) {
    return looked(unmarked, unmarked);
  }

  private Resource looked(Resource now, @Nullable Resource earlier) {
    return Looks.kept(Catalogue.kind(now.kind()), now, earlier, world.sight(), World.NOW);
  }

  private static String[] snapshotOf(String... attributes) {
    return with(attributes, "volume", "gone", "size_gb", "20");
  }

  @Test
  void aBalancerThatPassedSomethingOnLatelyIsNoWaste() {
    Resource balancer = world.add("load_balancer", "lb", "active", 400, "type", "application");
    double[] requests = days(14, 0);
    requests[10] = 5;
    world.metric(balancer, "requests", requests);
    isFine("load_balancer_without_targets", balancer);
    requests[10] = 0;
    requests[3] = 5;
    world.metric(balancer, "requests", requests);
    isWaste("load_balancer_without_targets", balancer, 16.425);
  }

  @Test
  void whatHasNoCreationTimeIsUnknown() {
    for (String check :
        new String[] {"idle_nat_gateway", "idle_rds_instance", "load_balancer_without_targets"}) {
      WasteCheck rule = Catalogue.check(check).orElseThrow();
      isUnknown(
          check,
          new Resource(
              "ageless",
              rule.kind(),
              World.REGION,
              null,
              rule.kind().equals("load_balancer") ? "active" : "available",
              null,
              Map.of(),
              Map.of()),
          "no creation time");
    }
  }

  @Test
  void snapshotsOfLivingVolumes() {
    volume("vol", "in-use", 500, "gp3", "100");
    isWaste(
        "old_snapshot",
        world.add("ebs_snapshot", "old", "completed", 91, "volume", "vol", "size_gb", "100"),
        5);
    // That a look saw its volume says nothing else than that the volume is there.
    isWaste(
        "old_snapshot",
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
    isFine(
        "old_snapshot",
        world.add("ebs_snapshot", "young", "completed", 89, "volume", "vol", "size_gb", "100"));
    isFine(
        "old_snapshot",
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
    isFine(
        "old_snapshot",
        world.add("ebs_snapshot", "inimage", "completed", 400, "volume", "vol", "size_gb", "8"));
    isFine(
        "orphan_snapshot",
        world.add("ebs_snapshot", "other", "completed", 400, "volume", "vol", "size_gb", "8"));
    isWaste(
        "old_snapshot",
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
    isWaste("orphan_snapshot", orphan, 1);
    isFine("old_snapshot", orphan);
    isFine(
        "orphan_snapshot",
        world.add("ebs_snapshot", "recent", "completed", 29, "volume", "gone", "size_gb", "20"));
    world.answered.remove("us-east-1/ebs_volume");
    isUnknown("orphan_snapshot", orphan, "volumes of the region were not answered");
    world.answered.add("us-east-1/ebs_volume");
    world.answered.remove("us-east-1/ec2_image");
    isUnknown(
        "orphan_snapshot",
        orphan,
        "nobody can tell what names it: ec2 images were not answered in full");
  }

  @Test
  void images() {
    world.add("ec2_instance", "i", "stopped", 10, "image", "ami-used");
    isFine("unused_image", world.add("ec2_image", "ami-used", "available", 400, "size_gb", "8"));
    Resource unused = world.add("ec2_image", "ami-unused", "available", 400, "size_gb", "8");
    isWaste("unused_image", unused, 0.4);
    isFine("unused_image", world.add("ec2_image", "ami-new", "available", 10, "size_gb", "8"));
    isFine(
        "unused_image",
        world.add(
            "ec2_image",
            "ami-launched",
            "available",
            400,
            "size_gb",
            "8",
            "last_launched",
            World.ago(5).toString()));
    isFine(
        "unused_image", world.add("ec2_image", "ami-public", "available", 400, "public", "true"));
    world.answered.remove("us-east-1/ec2_instance");
    isUnknown(
        "unused_image",
        unused,
        "nobody can tell what names it: ec2 instances were not answered in full");
  }

  private Resource instance(String id, double[] cpu, double[] network) {
    Resource instance = world.add("ec2_instance", id, "running", 100, "instance_type", "m5.large");
    world
        .hours(instance, "cpu_hour", hourly(cpu))
        .metric(instance, "network_in", network)
        .metric(instance, "network_out", network);
    return instance;
  }

  /** A day's value at noon of it, the last day's at noon of today. */
  private static double[] hourly(double... days) {
    double[] hours = new double[days.length * 24];
    Arrays.fill(hours, Double.NaN);
    for (int day = 0; day < days.length; day++) hours[day * 24 + 23] = days[day];
    return hours;
  }

  @Test
  void idleInstances() {
    isWaste("idle_instance", instance("idle", days(14, 2), days(14, 1_000)), 70.08);
    isFine("idle_instance", instance("busy", days(14, 40), days(14, 1_000)));
    isFine("idle_instance", instance("chatty", days(14, 1), days(14, 9e6)));
    double[] once = days(14, 1);
    once[13] = 60;
    isFine("idle_instance", instance("month-end", once, days(14, 10)));
    isUnknown("idle_instance", instance("gapped", days(6, 1), days(6, 1)), "too few datapoints");
    isUnknown("idle_instance", instance("silent", new double[0], new double[0]), "no datapoints");
    isUnknown(
        "idle_instance",
        world.add("ec2_instance", "unasked", "running", 100, "instance_type", "m5.large"),
        "metrics were not answered");
    isFine(
        "idle_instance",
        world.add("ec2_instance", "stopped", "stopped", 100, "instance_type", "m5.large"));
  }

  private Resource sized(String id, String type, double cpu, double memory) {
    Resource instance = world.add("ec2_instance", id, "running", 100, "instance_type", type);
    world
        .metric(instance, "cpu", days(14, cpu / 2))
        .metric(instance, "network_in", days(14, 1e9))
        .metric(instance, "network_out", days(14, 1e9))
        .hours(instance, "cpu_hour", days(336, cpu));
    if (memory > 0) world.hours(instance, "memory_hour", days(336, memory));
    return instance;
  }

  @Test
  void oversizedInstances() {
    // 8 vCPUs at 20 % are 4 at 40 %, and 2 too few; 32 GiB at 30 % are 16 GiB at 60 %, and 66 % at
    // worst.
    isWaste("oversized_instance", sized("roomy", "m5.2xlarge", 20, 30), 140.16);
    // 45 % of 32 GiB do not go into 16: the same cores with the same memory there are none cheaper,
    // but half the cores with all of it.
    isWaste("oversized_instance", sized("hungry", "m5.2xlarge", 18, 45), 96.36);
    // Memory that nobody measures must not become less: 2 vCPUs with 16 GiB.
    isWaste("oversized_instance", sized("unmeasured", "m5.xlarge", 20, 0), 48.18);
    isFine("oversized_instance", sized("steady", "m5.xlarge", 75, 0));
    isFine("oversized_instance", sized("smallest", "m5.large", 5, 0));
    Resource idle = sized("idle", "m5.xlarge", 3, 0);
    isWaste("oversized_instance", idle, 48.18);
    Resource silent = sized("silent", "m5.xlarge", 20, 0);
    world.hours(silent, "cpu_hour");
    isUnknown("oversized_instance", silent, "too few hours of the last fortnight are known");
    isUnknown(
        "oversized_instance",
        world.add("ec2_instance", "rare", "running", 100, "instance_type", "x99.mega"),
        "no price or size for x99.mega");
    assertThat(world.judge("oversized_instance", sized("told", "m5.xlarge", 20, 0)))
        .isInstanceOfSatisfying(
            Verdict.Waste.class,
            w ->
                assertThat(w.evidence())
                    .containsEntry("recommended_type", "r5.large")
                    .containsEntry("memory_peak_forecast_95_percent", "unknown"));
  }

  /** A burstable type has its baseline only: what runs all day must stay below it. */
  @Test
  void burstableInstances() {
    Resource all = sized("all-day", "t3.2xlarge", 30, 20);
    // 12.5 % of 8 vCPUs all day are 25 % of 4, of which there are 40 %; large has 30 % of 2.
    world.metric(all, "cpu", days(14, 12.5));
    isWaste("oversized_instance", all, 121.472);
    world.metric(all, "cpu", days(14, 25));
    isFine("oversized_instance", all);
  }

  @Test
  void risksLieBetweenTheQuantiles() {
    PeakOutlook.Outlook outlook =
        new PeakOutlook.Outlook(
            "test", 50, new double[] {.025, .5, .975}, new double[] {40, 50, 60});
    assertThat(outlook.riskAbove(50)).isEqualTo(0.5);
    assertThat(outlook.riskAbove(55)).isCloseTo(0.2625, within(1e-12));
    assertThat(outlook.riskAbove(39)).isEqualTo(1);
    assertThat(outlook.riskAbove(61)).isCloseTo(0.025, within(1e-12));
    assertThat(outlook.riskAbove(120)).isZero();
    assertThat(outlook.at(0.95)).isEqualTo(60);
  }

  @Test
  void instanceTypesAreKnownByTheirFamilyAndSize() {
    assertThat(InstanceType.of("m5.24xlarge"))
        .contains(new InstanceType("m5.24xlarge", 96, 384, 1, "5"));
    assertThat(InstanceType.of("c6g.large")).contains(new InstanceType("c6g.large", 2, 4, 1, "6g"));
    assertThat(InstanceType.of("t2.small")).contains(new InstanceType("t2.small", 1, 2, 0.2, "t2"));
    for (String strange : new String[] {"", "m5", "m5.metal", "x1e.xlarge", ".large", "t9.nano"})
      assertThat(InstanceType.of(strange)).as(strange).isEmpty();
  }

  @Test
  void stoppedInstances() {
    Resource stopped =
        world.add("ec2_instance", "i-1", "stopped", 300, "stopped_at", World.ago(31).toString());
    isFine("stopped_instance", stopped);
    world.add(
        "ebs_volume",
        "root",
        "in-use",
        300,
        "volume_type",
        "gp3",
        "size_gb",
        "50",
        "instance",
        "i-1");
    isWaste("stopped_instance", stopped, 4);
    isFine(
        "stopped_instance",
        world.add("ec2_instance", "i-2", "stopped", 300, "stopped_at", World.ago(29).toString()));
    isUnknown(
        "stopped_instance",
        world.add("ec2_instance", "i-3", "stopped", 300),
        "no time of stopping");
    world.add("ebs_volume", "data", "in-use", 300, volumeOf("instance", "i-4"));
    isWaste(
        "stopped_instance", world.add("ec2_instance", "i-4", "stopped", 300, seen(31, false)), 8);
    isFine("stopped_instance", world.add("ec2_instance", "i-5", "stopped", 300, seen(3, true)));
    isUnknown(
        "stopped_instance",
        world.add("ec2_instance", "i-6", "stopped", 300, seen(3, false)),
        "no time of stopping");
  }

  @Test
  void addresses() {
    isWaste("unattached_address", world.add("elastic_ip", "free", null, 1), 3.65);
    isFine(
        "unattached_address",
        world.add("elastic_ip", "used", null, 1, "association", "eipassoc-1"));
    isFine("unattached_address", world.add("elastic_ip", "nat", null, 1, "interface", "eni-1"));
  }

  @Test
  void natGateways() {
    Resource idle = world.add("nat_gateway", "idle", "available", 30);
    isUnknown("idle_nat_gateway", idle, "metrics were not answered");
    isWaste(
        "idle_nat_gateway",
        world.metric(idle, "bytes_out", days(14, 0)).inventory.getLast(),
        32.85);
    Resource used = world.add("nat_gateway", "used", "available", 30);
    world.metric(used, "bytes_out", 0, 0, 0, 0, 0, 0, 0, 1);
    isFine("idle_nat_gateway", used);
    Resource silent = world.add("nat_gateway", "silent", "available", 30);
    world.metric(silent, "bytes_out");
    isUnknown("idle_nat_gateway", silent, "no datapoints");
    isFine("idle_nat_gateway", world.add("nat_gateway", "young", "available", 3));
  }

  @Test
  void loadBalancers() {
    Resource empty = world.add("load_balancer", "lb-empty", "active", 30, "type", "application");
    isWaste("load_balancer_without_targets", empty, 16.425);
    world.add("target_group", "tg-0", null, 30, "load_balancers", "lb-empty", "targets", "0");
    isWaste("load_balancer_without_targets", empty, 16.425);
    Resource used = world.add("load_balancer", "lb-used", "active", 30);
    world.add(
        "target_group", "tg-1", null, 30, "load_balancers", "lb-other,lb-used", "targets", "2");
    isFine("load_balancer_without_targets", used);
    isFine(
        "load_balancer_without_targets",
        world.add("load_balancer", "lb-redirect", "active", 30, "redirects", "true"));
    isFine("load_balancer_without_targets", world.add("load_balancer", "lb-young", "active", 3));
    world.answered.remove("us-east-1/target_group");
    isUnknown(
        "load_balancer_without_targets", empty, "target groups of the region were not answered");
  }

  private Resource database(String id, String... attributes) {
    return world.add(
        "rds_instance",
        id,
        "available",
        30,
        with(attributes, "instance_class", "db.m5.large", "engine", "postgres"));
  }

  @Test
  void databases() {
    Resource idle = database("idle");
    world.metric(idle, "connections", days(14, 0));
    isWaste("idle_rds_instance", idle, 129.94);
    Resource twice = database("twice", "multi_az", "true");
    world.metric(twice, "connections", days(14, 0));
    isWaste("idle_rds_instance", twice, 259.88);
    Resource seldom = database("seldom");
    world.metric(seldom, "connections", 0, 0, 0, 0, 0, 0, 3, 0, 0);
    isFine("idle_rds_instance", seldom);
    isFine(
        "idle_rds_instance",
        world.add("rds_instance", "replica", "available", 30, "replica_of", "x"));
    isFine("idle_rds_instance", world.add("rds_instance", "stopped", "stopped", 30));
  }

  @Test
  void gp2Volumes() {
    isWaste("gp2_volume", volume("small", "in-use", 1, "gp2", "100"), 2 - 0.12 + 0.0);
    // At 334 GiB gp2 reaches 250 MiB/s; keeping that on gp3 costs more than it saves until the
    // volume is larger.
    isWaste("gp2_volume", volume("large", "in-use", 1, "gp2", "1000"), 20 - 5);
    isWaste("gp2_volume", volume("huge", "in-use", 1, "gp2", "2000"), 40 - 15 - 5);
    isFine("gp2_volume", volume("new", "in-use", 1, "gp3", "100"));
  }

  @Test
  void logGroups() {
    isWaste(
        "log_group_without_retention",
        world.add("log_group", "big", null, 1, "stored_bytes", "100000000000"),
        3);
    isFine(
        "log_group_without_retention",
        world.add("log_group", "small", null, 1, "stored_bytes", "1000"));
    isFine(
        "log_group_without_retention",
        world.add(
            "log_group", "kept", null, 1, "stored_bytes", "100000000000", "retention_days", "30"));
    isUnknown(
        "log_group_without_retention",
        world.add("log_group", "unsized", null, 1),
        "no stored size");
  }

  @Test
  void buckets() {
    Resource big = world.add("s3_bucket", "big", null, 1, "lifecycle_rules", "0");
    isUnknown("bucket_without_lifecycle", big, "metrics were not answered");
    world.metric(big, "size_bytes", 50e9, 100e9);
    isWaste("bucket_without_lifecycle", big, 1.05);
    isFine(
        "bucket_without_lifecycle",
        world.add("s3_bucket", "managed", null, 1, "lifecycle_rules", "2"));
    isUnknown(
        "bucket_without_lifecycle",
        world.add("s3_bucket", "denied", null, 1, "lifecycle_unknown", "true"),
        "the lifecycle could not be read");
    Resource tiny = world.add("s3_bucket", "tiny", null, 1, "lifecycle_rules", "0");
    world.metric(tiny, "size_bytes", 1e9);
    isFine("bucket_without_lifecycle", tiny);
  }

  @Test
  void everyTableRowFitsTheOthers() {
    for (WasteCheck check : Catalogue.CHECKS) {
      Kind kind = Catalogue.kind(check.kind());
      assertThat(check.metrics()).allMatch(m -> kind.metric(m).isPresent());
      assertThat(check.needs()).allMatch(n -> Catalogue.kind(n) != null);
      assertThat(check.remediations())
          .isNotEmpty()
          .allMatch(r -> Catalogue.REMEDIATIONS.stream().anyMatch(known -> known.id().equals(r)));
      for (Threshold t : check.thresholds())
        assertThat(t.value()).isBetween(t.minimum(), t.maximum());
    }
    assertThat(Catalogue.KINDS).extracting(Kind::id).doesNotHaveDuplicates();
  }
}
