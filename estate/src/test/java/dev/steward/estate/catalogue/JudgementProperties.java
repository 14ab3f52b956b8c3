package dev.steward.estate.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.instancio.Instancio.gen;

import dev.steward.estate.Metric;
import dev.steward.estate.Threshold;
import dev.steward.estate.WasteCheck;
import dev.steward.model.CheckSettings;
import dev.steward.model.OrganizationId;
import dev.steward.model.Resource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.instancio.junit.InstancioExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What never makes a finding, of accounts of which half is nearly waste. */
@ExtendWith(InstancioExtension.class)
final class JudgementProperties {
  private static final OrganizationId ORGANIZATION = new OrganizationId("org_properties00");
  private static final int ROUNDS = 40;

  private static String one(String... of) {
    return gen().oneOf(of).get();
  }

  private static int upTo(int most) {
    return gen().ints().range(0, most).get();
  }

  private static double[] level(int days, String... of) {
    return World.days(days, Double.parseDouble(one(of)));
  }

  /** Ten of most kinds, whose ids the others may name. */
  private static World account() {
    World world = new World();
    for (int i = 0; i < 10; i++) {
      machine(world, i);
      disk(world, i);
      world.add(
          "ebs_snapshot",
          "snap-" + i,
          one("completed", "pending"),
          upTo(200),
          "size_gb",
          "20",
          "volume",
          "vol-" + upTo(12),
          "shared_with",
          one("0", "0", "1", ""));
      world.add(
          "ec2_image",
          "ami-" + i,
          one("available", "failed"),
          upTo(200),
          "size_gb",
          "8",
          "snapshots",
          "snap-" + upTo(30),
          "shared_with",
          one("0", "0", "1", ""));
      world.add("elastic_ip", "ip-" + i, null, 100, one("instance", "interface", "x"), "i-" + i);
      world.add("network_interface", "i-" + i, one("available", "in-use"), 100);
      balancer(world, i);
      Resource gateway = world.add("nat_gateway", "nat-" + i, "available", upTo(30));
      double[] passed = level(upTo(14), "0", "0", "1e9");
      world.metric(gateway, "bytes_out", passed).metric(gateway, "connections", passed);
      Resource database =
          world.add(
              "rds_instance",
              "db-" + i,
              one("available", "stopped"),
              upTo(30),
              "instance_class",
              "db.m5.large",
              "engine",
              "postgres");
      world.metric(database, "connections", level(upTo(14), "0", "0", "3"));
      bucket(world, i);
    }
    return world;
  }

  private static void machine(World world, int i) {
    Resource machine =
        world.add(
            "ec2_instance",
            "i-" + i,
            one("running", "running", "stopped"),
            upTo(100),
            "instance_type",
            one("m5.large", "m5.2xlarge", "x99.mega"),
            "image",
            "ami-" + upTo(30),
            "stopped_at",
            World.ago(upTo(60)).toString());
    double[] cpu = level(24 * (1 + upTo(40)), "1", "4", "18", "60");
    if (upTo(4) == 0) cpu[upTo(cpu.length - 1)] = 90;
    world
        .hours(machine, "cpu_hour", cpu)
        .metric(machine, "cpu", World.days(14, cpu[0] / 2))
        .metric(machine, "network_in", level(upTo(14), "10", "10", "9e6"))
        .metric(machine, "network_out", level(upTo(14), "10", "10", "9e6"));
    if (upTo(2) == 0) world.hours(machine, "memory_hour", level(336, "20", "95"));
    if (upTo(3) == 0) world.metric(machine, "ebs_write_bytes", level(14, "1e5", "9e10"));
  }

  private static void disk(World world, int i) {
    Resource volume =
        world.add(
            "ebs_volume",
            "vol-" + i,
            one("available", "in-use"),
            upTo(60),
            "volume_type",
            one("gp2", "gp3"),
            "size_gb",
            "100",
            "multi_attach",
            one("false", "false", "true"),
            "instance",
            "i-" + upTo(20));
    double[] attached = new double[Metric.WINDOW_DAYS];
    for (String metric : new String[] {"reads", "writes", "attached"}) {
      double[] sent = metric.equals("attached") ? attached : new double[Metric.WINDOW_DAYS];
      if (upTo(4) == 0) {
        int day = upTo(Metric.WINDOW_DAYS - 1);
        sent[day] = 10;
        // Whatever does something is attached then.
        attached[day] = 10;
      }
      // Nobody asks for what this volume does not send.
      if (Catalogue.kind("ebs_volume").metric(metric).filter(m -> m.isOf(volume)).isPresent())
        world.metric(volume, metric, sent);
    }
  }

  private static void balancer(World world, int i) {
    Resource balancer =
        world.add(
            "load_balancer", "lb-" + i, "active", upTo(60), "type", one("application", "network"));
    double[] requests = World.days(14, 0);
    if (upTo(3) == 0) requests[upTo(13)] = 10;
    for (Metric metric : Catalogue.kind("load_balancer").metrics())
      if (metric.isOf(balancer)) world.metric(balancer, metric.id(), requests);
    world.add(
        "target_group",
        "tg-" + i,
        null,
        60,
        "load_balancers",
        "lb-" + upTo(20),
        "targets",
        one("0", "2"),
        "not_serving",
        one("0", "2"));
  }

  private static void bucket(World world, int i) {
    Resource bucket =
        world.add(
            "s3_bucket",
            "b-" + i,
            null,
            100,
            "lifecycle_rules",
            one("0", "0", "1"),
            "versions_seen",
            one("", "0", "1"));
    for (String metric : new String[] {"size_bytes", "tiered_bytes", "objects"})
      world.metric(bucket, metric, level(upTo(3), "1e9", "5e12"));
  }

  /** Everything that something was found of; which check tells of it is another's matter. */
  private static Set<String> found(World world, Map<String, CheckSettings> settings) {
    return WasteDetector.run(world.inventory, world.sight(), settings).hits().stream()
        .map(hit -> hit.resource().kind() + "/" + hit.resource().id())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> found(World world) {
    return found(world, Map.of());
  }

  @Test
  void theAccountsHaveSomethingOfMostChecks() {
    Set<String> checks = new TreeSet<>();
    for (int round = 0; round < ROUNDS; round++) {
      World world = account();
      WasteDetector.run(world.inventory, world.sight(), Map.of())
          .hits()
          .forEach(hit -> checks.add(hit.check().id()));
    }
    assertThat(checks)
        .containsAll(
            Stream.of(
                    "idle_instance",
                    "oversized_instance",
                    "stopped_instance",
                    "unattached_volume",
                    "gp2_volume",
                    "orphan_snapshot",
                    "old_snapshot",
                    "unused_image",
                    "unattached_address",
                    "load_balancer_without_targets",
                    "idle_nat_gateway",
                    "idle_rds_instance",
                    "bucket_without_lifecycle")
                .toList());
  }

  /**
   * Whatever asks for more is stricter: what is to be least is raised, what is to be most lowered.
   */
  @Test
  void aStricterThresholdNeverAddsAFinding() {
    for (int round = 0; round < ROUNDS; round++) {
      World world = account();
      Set<String> before = found(world);
      for (WasteCheck check : Catalogue.CHECKS)
        for (Threshold threshold : check.thresholds()) {
          double share = gen().doubles().range(0.0, 1.0).get();
          double end =
              threshold.name().startsWith("min_") ? threshold.maximum() : threshold.minimum();
          double stricter = threshold.value() + share * (end - threshold.value());
          CheckSettings own =
              new CheckSettings(ORGANIZATION, check.id(), true, Map.of(threshold.name(), stricter));
          assertThat(before)
              .as(check.id() + " " + threshold.name() + " " + stricter)
              .containsAll(found(world, Map.of(check.id(), own)));
        }
    }
  }

  @Test
  void whatIsNotAnsweredNeverAddsAFinding() {
    for (int round = 0; round < ROUNDS; round++) {
      World world = account();
      Set<String> before = found(world);
      for (String listing : List.copyOf(world.answered)) {
        world.answered.remove(listing);
        assertThat(before).as("without " + listing).containsAll(found(world));
        world.answered.add(listing);
      }
      for (var own : List.copyOf(world.metrics.values()))
        for (String metric : List.copyOf(own.keySet())) {
          if (upTo(9) > 0) continue;
          var series = own.remove(metric);
          assertThat(before).as("without " + metric).containsAll(found(world));
          own.put(metric, series);
        }
    }
  }

  @Test
  void aDetailThatIsMissingNeverAddsAFinding() {
    for (int round = 0; round < ROUNDS; round++) {
      World world = account();
      Set<String> before = found(world);
      int at = upTo(world.inventory.size() - 1);
      Resource whole = world.inventory.get(at);
      Map<String, String> attributes = new HashMap<>(whole.attributes());
      attributes.put("details_missing", "something");
      world.inventory.set(at, whole.with(attributes));
      assertThat(before).as("half of " + whole).containsAll(found(world));
    }
  }

  /** Whatever names, starts or serves: it is in use for one more reason. */
  @Test
  void aReferenceNeverAddsAFinding() {
    for (int round = 0; round < ROUNDS; round++) {
      World world = account();
      Set<String> before = found(world);
      List<Consumer<World>> references = new ArrayList<>();
      int i = upTo(9);
      references.add(w -> add(w, "launch_template", "images", "ami-" + i));
      references.add(w -> add(w, "launch_template", "snapshots", "snap-" + i));
      references.add(w -> add(w, "launch_template", "images", "resolve:ssm:/golden"));
      references.add(w -> add(w, "launch_configuration", "images", "ami-" + i));
      references.add(w -> add(w, "launch_configuration", "snapshots", "snap-" + i));
      references.add(w -> add(w, "image_parameter", "images", "ami-" + i));
      references.add(w -> add(w, "ec2_image", "snapshots", "snap-" + i));
      references.add(w -> w.add("ec2_instance", "i-new", "stopping", 1, "image", "ami-" + i));
      references.add(w ->
          w.add(
              "target_group",
              "tg-new",
              null,
              1,
              "load_balancers",
              "lb-" + i,
              "targets",
              "1",
              "not_serving",
              "0"));
      for (Consumer<World> reference : references) {
        reference.accept(world);
        assertThat(before).containsAll(found(world));
      }
    }
  }

  private static void add(World world, String kind, String attribute, String id) {
    world.add(kind, kind + "-new-" + world.inventory.size(), null, 1, attribute, id);
  }

  @Test
  void noDataIsNeverWaste() {
    for (int round = 0; round < ROUNDS; round++) {
      World world = account();
      world.answered.clear();
      world.metrics.clear();
      // What its own listing says is no metric and no other kind's listing.
      assertThat(WasteDetector.run(world.inventory, world.sight(), Map.of()).hits())
          .allMatch(hit ->
              hit.check().metrics().isEmpty() && hit.check().needs().isEmpty()
                  || hit.resource().attribute("association") == null
                      && hit.check().id().equals("unattached_address"));
    }
  }
}
