package dev.steward.estate.catalogue;

import static dev.steward.estate.catalogue.World.ago;
import static dev.steward.estate.catalogue.World.days;

import dev.steward.model.Resource;

/** What serverless, storage and management checks find for certain. */
final class CertainServerless {
  private CertainServerless() {}

  static Resource failing(World world) {
    Resource function = world.add("lambda_function", "f-1", null, 60);
    world.metric(function, "invocations", days(14, 100)).metric(function, "errors", days(14, 11));
    return function;
  }

  private static Resource repository(World world, String... further) {
    String[] told = {
      "images", "4", "stored_bytes", "20000000000", "last_pushed", ago(100).toString()
    };
    String[] all = new String[told.length + further.length];
    System.arraycopy(told, 0, all, 0, told.length);
    System.arraycopy(further, 0, all, told.length, further.length);
    return world.add("ecr_repository", "r-1", null, 400, all);
  }

  static Resource unpulled(World world) {
    return repository(world, "last_pulled", ago(95).toString());
  }

  static Resource forEver(World world) {
    return repository(world, "lifecycle_policies", "0");
  }

  static Resource trail(World world) {
    recording(world, "trail/a");
    return recording(world, "trail/b");
  }

  static Resource recording(World world, String id) {
    return world.add(
        "trail",
        id,
        null,
        60,
        "logging",
        "true",
        "management_events",
        "true",
        "multi_region",
        "true",
        "organization",
        "false");
  }

  static Resource workspace(World world) {
    return world.add(
        "workspace",
        "ws-1",
        "STOPPED",
        60,
        "connection",
        "DISCONNECTED",
        "last_connected",
        ago(31).toString());
  }

  static Resource alwaysOn(World world) {
    Resource workspace =
        world.add("workspace", "ws-1", "AVAILABLE", 60, "running_mode", "ALWAYS_ON");
    world.metric(workspace, "connected", days(14, 0));
    return workspace;
  }

  static Resource dashboard(World world) {
    for (int i = 0; i < 3; i++) board(world, "new-" + i, 5);
    return board(world, "d-1", 366);
  }

  static Resource board(World world, String id, double days) {
    return world.add("cloudwatch_dashboard", id, null, 400, "last_changed", ago(days).toString());
  }
}
