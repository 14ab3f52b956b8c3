package dev.steward.estate.catalogue;

import static dev.steward.estate.catalogue.World.days;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.estate.PriceBook;
import dev.steward.estate.Verdict;
import dev.steward.estate.price.Quote;
import dev.steward.model.Fact;
import dev.steward.model.Money;
import dev.steward.model.Resource;
import dev.steward.model.Scan.CheckResult;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What has no known price is waste all the same, without money, and is priced as nothing else. */
final class UnpricedTest {
  private final World world = new World();

  private Resource idle(String id, String... attributes) {
    Resource instance = world.add("ec2_instance", id, "running", 90, attributes);
    world.hours(instance, "cpu_hour", days(336, 0.1));
    for (String metric : new String[] {"network_in", "network_out"})
      world.metric(instance, metric, days(14, 0.1));
    return instance;
  }

  @Test
  void instances() {
    world.check("idle_instance").isWaste(idle("i-known", "instance_type", "m5.large"), 70.08);
    world.check("idle_instance").isUnpricedWaste(idle("i-type", "instance_type", "q9.large"));
    // The book has Linux on demand on shared hardware.
    world
        .check("idle_instance")
        .isUnpricedWaste(idle("i-spot", "instance_type", "m5.large", "lifecycle", "spot"));
    world
        .check("idle_instance")
        .isUnpricedWaste(idle("i-windows", "instance_type", "m5.large", "platform", "Windows"));
    world
        .check("idle_instance")
        .isUnpricedWaste(idle("i-dedicated", "instance_type", "m5.large", "tenancy", "dedicated"));
    // What is not told is not taken for that.
    for (String untold : new String[] {"lifecycle", "platform", "tenancy", "automatic_address"})
      world
          .check("idle_instance")
          .isUnpricedWaste(idle("i-" + untold, "instance_type", "m5.large", untold, ""));
  }

  /** AWS takes it back when the instance stops. */
  @Test
  void thePublicAddressThatAwsGaveGoesWithTheHours() {
    world
        .check("idle_instance")
        .isWaste(
            idle("i-1", "instance_type", "m5.large", "automatic_address", "3.5.7.9"), 70.08 + 3.65);
    world
        .check("idle_instance")
        .isWaste(idle("i-2", "instance_type", "m5.large", "automatic_address", "none"), 70.08);
  }

  private Resource roomy(String id, String... attributes) {
    String[] all = Arrays.copyOf(attributes, attributes.length + 2);
    all[attributes.length] = "instance_type";
    all[attributes.length + 1] = "m5.2xlarge";
    Resource instance = world.add("ec2_instance", id, "running", 90, all);
    world
        .metric(instance, "cpu", days(14, 10))
        .hours(instance, "cpu_hour", days(336, 20))
        .hours(instance, "memory_hour", days(336, 30));
    return instance;
  }

  @Test
  void smallerTypesOfInstancesWithOtherPrices() {
    world.check("oversized_instance").isWaste(roomy("i-linux", "platform", "Linux/UNIX"), 140.16);
    for (String[] other :
        new String[][] {{"platform", "Windows"}, {"tenancy", "dedicated"}, {"lifecycle", "spot"}}) {
      Resource instance = roomy("i-" + other[1], other);
      world.check("oversized_instance").isUnpricedWaste(instance);
      assertThat(world.judge("oversized_instance", instance))
          .isInstanceOfSatisfying(
              Verdict.Waste.class,
              w ->
                  assertThat(w.evidence()).containsEntry("recommended_type", Fact.of("m5.xlarge")));
    }
  }

  private Resource volume(String id, String instance, String... attributes) {
    String[] all = new String[attributes.length + 2];
    System.arraycopy(attributes, 0, all, 0, attributes.length);
    all[attributes.length] = "instance";
    all[attributes.length + 1] = instance;
    Resource volume = world.add("ebs_volume", id, "available", 90, all);
    // Nothing was attached to it in all that time.
    world.metric(volume, "attached", days(14, 0));
    return volume;
  }

  @Test
  void volumes() {
    world
        .check("unattached_volume")
        .isUnpricedWaste(volume("v-type", "", "volume_type", "io3", "size_gb", "10"));
    world.check("unattached_volume").isUnpricedWaste(volume("v-none", "", "size_gb", "10"));
    world.check("unattached_volume").isUnpricedWaste(volume("v-size", "", "volume_type", "gp3"));
    for (String[] untold :
        new String[][] {{"io1", "iops"}, {"io2", "iops"}, {"gp3", "iops"}, {"gp3", "throughput"}})
      world
          .check("unattached_volume")
          .isUnpricedWaste(
              volume(
                  "v-" + untold[0] + untold[1],
                  "",
                  "volume_type",
                  untold[0],
                  "size_gb",
                  "10",
                  untold[1],
                  ""));
    world
        .check("unattached_volume")
        .isWaste(
            volume("v-io2", "", "volume_type", "io2", "size_gb", "100", "iops", "70000"),
            12.5 + 32_000 * 0.065 + 32_000 * 0.0455 + 6_000 * 0.03185);
  }

  @Test
  void aStoppedInstanceWithAVolumeOfUnknownPrice() {
    Resource stopped =
        world.add("ec2_instance", "i-1", "stopped", 300, "stopped_at", World.ago(40).toString());
    volume("v-1", "i-1", "volume_type", "gp3", "size_gb", "50");
    world.check("stopped_instance").isWaste(stopped, 4.0);
    volume("v-2", "i-1", "volume_type", "io3", "size_gb", "50");
    world.check("stopped_instance").isUnpricedWaste(stopped);
  }

  @Test
  void snapshotsAndImagesOfUnknownSize() {
    world
        .check("orphan_snapshot")
        .isUnpricedWaste(world.add("ebs_snapshot", "s-1", "completed", 400));
    world.check("unused_image").isUnpricedWaste(world.add("ec2_image", "ami-1", "available", 400));
    // One in the archive costs a quarter.
    world
        .check("orphan_snapshot")
        .isUnpricedWaste(
            world.add("ebs_snapshot", "s-2", "completed", 400, "size_gb", "100", "tier", ""));
    world
        .check("orphan_snapshot")
        .isWaste(
            world.add("ebs_snapshot", "s-3", "completed", 400, "size_gb", "100", "tier", "archive"),
            1.25);
  }

  private Resource database(String engine, String... attributes) {
    String[] all =
        Arrays.copyOf(
            new String[] {"engine", engine, "instance_class", "db.m5.large"},
            attributes.length + 4);
    System.arraycopy(attributes, 0, all, 4, attributes.length);
    Resource database =
        world.add("rds_instance", engine + String.join("", attributes), "available", 90, all);
    world.metric(database, "connections", days(14, 0));
    return database;
  }

  /** AWS's list of 2025-04-04: 0.171 an hour for MySQL, 0.178 for PostgreSQL. */
  @Test
  void eachEngineHasItsOwnPriceOrNone() {
    world.check("idle_rds_instance").isWaste(database("mysql"), 124.83);
    world.check("idle_rds_instance").isWaste(database("postgres"), 129.94);
    world.check("idle_rds_instance").isWaste(database("postgres", "multi_az", "true"), 259.88);
    world.check("idle_rds_instance").isWaste(database("mariadb"), 124.83);
    for (String other : new String[] {"sqlserver-ee", "oracle-ee", "aurora-postgresql", ""})
      world.check("idle_rds_instance").isUnpricedWaste(database(other));
    world.check("idle_rds_instance").isUnpricedWaste(database("mysql", "cluster", "orders"));
    // Aurora's are of 2023-03-01, of a member on storage whose I/O is paid by itself.
    String[] member = {"cluster", "orders", "instance_class", "db.r5.large", "storage_type"};
    for (String engine : new String[] {"aurora-mysql", "aurora-postgresql"}) {
      world
          .check("idle_rds_instance")
          .isWaste(database(engine, with(member, "aurora")), 0.29 * 730);
      world
          .check("idle_rds_instance")
          .isUnpricedWaste(database(engine, with(member, "aurora-iopt1")));
      world.check("idle_rds_instance").isUnpricedWaste(database(engine, with(member, "")));
    }
    world.check("idle_rds_instance").isUnpricedWaste(database("mysql", "multi_az", ""));
    world
        .check("idle_rds_instance")
        .isUnpricedWaste(database("mysql", "instance_class", "db.x9.large"));
  }

  private static String[] with(String[] attributes, String value) {
    String[] all = Arrays.copyOf(attributes, attributes.length + 1);
    all[attributes.length] = value;
    return all;
  }

  private Optional<Money> storage(String engine, int size, String... attributes) {
    String[] all = Arrays.copyOf(attributes, attributes.length + 6);
    String[] more = {"engine", engine, "storage_type", "gp3", "size_gb", Integer.toString(size)};
    System.arraycopy(more, 0, all, attributes.length, 6);
    return monthly(world.add("rds_instance", engine, "stopped", 1, all));
  }

  /** What gp3 has beyond what its size includes is paid, and the book has no price of it. */
  @Test
  void databasesWithBoughtSpeed() {
    String[] small = {"iops", "3000", "storage_throughput", "125"};
    String[] large = {"iops", "12000", "storage_throughput", "500"};
    String[] iops = {"iops", "12001", "storage_throughput", "500"};
    String[] throughput = {"iops", "12000", "storage_throughput", "501"};
    assertThat(storage("postgres", 100, small)).contains(Money.usd(11.5));
    assertThat(storage("postgres", 400, large)).contains(Money.usd(46));
    assertThat(storage("oracle-ee", 200, large)).contains(Money.usd(23));
    assertThat(storage("sqlserver-se", 1_000, small)).contains(Money.usd(115));
    assertThat(storage("postgres", 400, iops)).isEmpty();
    assertThat(storage("postgres", 400, throughput)).isEmpty();
    assertThat(storage("postgres", 399, large)).isEmpty();
    assertThat(storage("oracle-ee", 199, large)).isEmpty();
    assertThat(storage("sqlserver-se", 1_000, large)).isEmpty();
    // Not told: where none can be bought there is none.
    assertThat(storage("postgres", 399)).contains(Money.usd(45.885));
    assertThat(storage("postgres", 400)).isEmpty();
    assertThat(storage("postgres", 400, "iops", "12000")).isEmpty();
    assertThat(storage("sqlserver-se", 100)).isEmpty();
  }

  private Resource balancer(String type) {
    return world.add("load_balancer", type, "active", 30, "type", type);
  }

  @Test
  void balancersOfOtherTypes() {
    world
        .check("load_balancer_without_targets")
        .isWaste(balancer("application"), 16.425)
        .isWaste(balancer("gateway"), 9.125)
        .isUnpricedWaste(balancer("quantum"));
  }

  @Test
  void theBookPricesNothingOfWhatItDoesNotKnow() {
    for (Resource unknown :
        new Resource[] {
          world.add("ec2_instance", "i", null, 1, "instance_type", "m5.large"),
          world.add("nat_gateway", "n", null, 1),
          world.add("rds_instance", "r", null, 1, "engine", "postgres", "size_gb", "1"),
          world.add("rds_instance", "io", "stopped", 1, "size_gb", "1", "storage_type", "io1"),
          world.add("rds_instance", "t", "stopped", 1, "size_gb", "1", "storage_type", ""),
          world.add("rds_instance", "z", "stopped", 1, "size_gb", "1", "multi_az", ""),
          world.add("log_group", "l", null, 1),
          world.add("load_balancer", "b", "active", 1),
          world.add("ebs_snapshot", "s", "completed", 1, "size_gb", "large"),
          world.add("s3_bucket", "bucket", null, 1),
          world.add("lambda_function", "f", null, 1)
        }) assertThat(monthly(unknown)).as(unknown.toString()).isEmpty();
  }

  @Test
  void aSumSaysHowManyItLeavesOut() {
    idle("i-1", "instance_type", "m5.large");
    idle("i-2", "instance_type", "q9.large");
    WasteDetector.Report report = WasteDetector.run(world.inventory, world.sight(), Map.of());
    assertThat(report.results())
        .filteredOn(r -> r.check().equals("idle_instance"))
        .singleElement()
        .satisfies(r -> assertThat(r.waste()).isEqualTo(2))
        .satisfies(r -> assertThat(r.saving()).isEqualTo(Money.usd(70.08)))
        .extracting(CheckResult::unpriced)
        .isEqualTo(1);
  }

  private static Optional<Money> monthly(Resource resource) {
    return Catalogue.monthly(resource, PriceBook.current()).map(Quote::money);
  }
}
