package dev.steward.estate.catalogue;

import static dev.steward.estate.catalogue.World.days;

import dev.steward.model.Resource;
import org.junit.jupiter.api.Test;

/**
 * Checks on addresses, gateways and balancers: on waste, on what only looks like it, and on what
 * nobody can tell.
 */
final class NetworkChecksTest {
  private final World world = new World();

  @Test
  void aBalancerThatPassedSomethingOnLatelyIsNoWaste() {
    Resource balancer = world.add("load_balancer", "lb", "active", 400, "type", "application");
    double[] requests = days(14, 0);
    requests[10] = 5;
    world.metric(balancer, "requests", requests);
    world.check("load_balancer_without_targets").isFine(balancer);
    requests[10] = 0;
    requests[3] = 5;
    world.metric(balancer, "requests", requests);
    world.check("load_balancer_without_targets").isWaste(balancer, 16.425);
  }

  @Test
  void addresses() {
    world.check("unattached_address").isWaste(world.add("elastic_ip", "free", null, 1), 3.65);
    world
        .check("unattached_address")
        .isFine(world.add("elastic_ip", "used", null, 1, "association", "eipassoc-1"));
    world
        .check("unattached_address")
        .isFine(world.add("elastic_ip", "nat", null, 1, "interface", "eni-1"));
  }

  @Test
  void natGateways() {
    Resource idle = world.add("nat_gateway", "idle", "available", 30);
    world.check("idle_nat_gateway").isUnknownBecause(idle, "metrics were not answered");
    world
        .check("idle_nat_gateway")
        .isUnknownBecause(
            world.metric(idle, "bytes_out", days(14, 0)).inventory.getLast(),
            "metrics were not answered");
    world
        .check("idle_nat_gateway")
        .isWaste(world.metric(idle, "connections", days(14, 0)).inventory.getLast(), 32.85);
    Resource used = world.add("nat_gateway", "used", "available", 30);
    world.metric(used, "bytes_out", 0, 0, 0, 0, 0, 0, 0, 1);
    world.check("idle_nat_gateway").isFine(used);
    Resource silent = world.add("nat_gateway", "silent", "available", 30);
    world.metric(silent, "bytes_out");
    world.check("idle_nat_gateway").isUnknownBecause(silent, "no datapoints");
    world.check("idle_nat_gateway").isFine(world.add("nat_gateway", "young", "available", 3));
  }

  @Test
  void loadBalancers() {
    Resource empty = world.add("load_balancer", "lb-empty", "active", 30, "type", "application");
    world.check("load_balancer_without_targets").isWaste(empty, 16.425);
    world.add("target_group", "tg-0", null, 30, "load_balancers", "lb-empty", "targets", "0");
    world.check("load_balancer_without_targets").isWaste(empty, 16.425);
    Resource used = world.add("load_balancer", "lb-used", "active", 30);
    world.add(
        "target_group", "tg-1", null, 30, "load_balancers", "lb-other,lb-used", "targets", "2");
    world.check("load_balancer_without_targets").isFine(used);
    world
        .check("load_balancer_without_targets")
        .isFine(world.add("load_balancer", "lb-redirect", "active", 30, "redirects", "true"));
    world
        .check("load_balancer_without_targets")
        .isFine(world.add("load_balancer", "lb-young", "active", 3));
    world.answered.remove("us-east-1/target_group");
    world
        .check("load_balancer_without_targets")
        .isUnknownBecause(empty, "target groups of the region were not answered");
  }
}
