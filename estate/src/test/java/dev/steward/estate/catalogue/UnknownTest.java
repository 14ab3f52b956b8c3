package dev.steward.estate.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.estate.Beside;
import dev.steward.estate.PriceBook;
import dev.steward.estate.Remediation;
import dev.steward.estate.Use;
import dev.steward.model.MoneyPart;
import dev.steward.model.Resource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What AWS does not say is neither yes nor no. */
final class UnknownTest {
  private final World world = new World();

  private static Remediation action(String id) {
    return Catalogue.remediation(id).orElseThrow();
  }

  @Test
  void aSnapshotWithoutAVolumeIsNotOneWhoseVolumeIsGone() {
    Resource snapshot = world.add("ebs_snapshot", "s", "completed", 400, "volume", "");
    new Judge(world, "orphan_snapshot").isUnknown(snapshot, "which volume");
    new Judge(world, "old_snapshot").isUnknown(snapshot, "which volume");
    assertThat(
            Objects.requireNonNull(Catalogue.kind("ebs_snapshot").use())
                .look()
                .apply(snapshot, world.sight()))
        .isEqualTo(Use.UNKNOWN);
  }

  @Test
  void whatHasNoStateIsNotThereForSure() {
    new Judge(world, "orphan_snapshot")
        .isUnknown(world.add("ebs_snapshot", "s", null, 400), "its state is not known");
    new Judge(world, "unused_image")
        .isUnknown(world.add("ec2_image", "ami", null, 400), "its state is not known");
  }

  @Test
  void whetherSeveralMayHaveAVolumeDecidesByWhichMetricsItIsJudged() {
    Resource volume =
        world.add("ebs_volume", "v", "available", 60, "size_gb", "8", "multi_attach", "");
    new Judge(world, "unattached_volume").isUnknown(volume, "metrics were not answered");
    assertThat(action("volume_to_gp3").refusals(volume, Map.of()))
        .anyMatch(why -> why.contains("nobody can tell whether several instances share it"));
  }

  @Test
  void aBalancerWhoseListenersAreUnknownMayRedirect() {
    new Judge(world, "load_balancer_without_targets")
        .isUnknown(
            world.add("load_balancer", "lb", "active", 400, "type", "application", "redirects", ""),
            "listeners");
  }

  /** The groups of a balancer in either order. */
  @ParameterizedTest
  @CsvSource({"true", "false"})
  void aTargetThatWorksIsSeenWhereverItsGroupStands(boolean first) {
    Resource balancer = world.add("load_balancer", "lb", "active", 400, "type", "application");
    if (first) group("1", "2");
    group("", "");
    if (!first) group("1", "2");
    new Judge(world, "load_balancer_without_targets").isFine(balancer);
  }

  private void group(String targets, String healthy) {
    world.add(
        "target_group",
        "tg-" + world.inventory.size(),
        null,
        400,
        "load_balancers",
        "lb",
        "targets",
        targets,
        "healthy",
        healthy);
  }

  @ParameterizedTest
  @CsvSource({
    "deregister_image, ec2_image, available, root_device, usage_operation",
    "deregister_image, ec2_image, available, usage_operation, root_device",
    "snapshot_and_delete_rds, rds_instance, available, deletion_protection, engine",
    "stop_rds_instance, rds_instance, available, engine, multi_az"
  })
  void anActionIsNotForWhatMayBeWhatItRefuses(
      String action, String kind, String state, String unknown, String known) {
    Map<String, String> values =
        Map.of(
            "root_device", "ebs",
            "usage_operation", "RunInstances",
            "deletion_protection", "false",
            "engine", "postgres",
            "multi_az", "false");
    Resource all = world.add(kind, "r", state, 400).with(values);
    assertThat(action(action).refusals(all, Map.of())).isEmpty();
    Resource less =
        world
            .add(kind, "r", state, 400, unknown, "")
            .with(Map.of(known, Objects.requireNonNull(values.get(known))));
    assertThat(action(action).refusals(less, Map.of()))
        .anyMatch(why -> why.startsWith("nobody can tell"));
  }

  @Test
  void sqlServerMayBeInSeveralZones() {
    Resource database =
        world.add("rds_instance", "db", "available", 60, "engine", "sqlserver-se", "multi_az", "");
    assertThat(action("stop_rds_instance").refusals(database, Map.of())).isNotEmpty();
  }

  /** Whether a volume goes or stays nobody knows, and neither what either costs. */
  @Test
  void ofAVolumeThatMayGoOrStayNeitherIsPriced() {
    Resource instance = world.add("ec2_instance", "i", "stopped", 60, "instance_type", "m5.large");
    Resource volume =
        world.add(
            "ebs_volume", "v", "in-use", 60, "volume_type", "gp3", "size_gb", "8", "instance", "i");
    List<MoneyPart> parts =
        action("terminate_instance")
            .money(PriceBook.current(), instance, Map.of(), new Beside(World.NOW, List.of(volume)));
    assertThat(parts)
        .filteredOn(part -> part.what().contains("volumes that"))
        .hasSize(2)
        .allMatch(part -> part.monthly() == null);
  }
}
