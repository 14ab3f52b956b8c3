package dev.steward.estate.ecs;

import static dev.steward.estate.shape.Condition.atMost;
import static dev.steward.estate.shape.Condition.in;
import static dev.steward.estate.shape.Condition.is;
import static dev.steward.estate.shape.Condition.isNot;
import static dev.steward.estate.shape.Condition.seenUnused;
import static dev.steward.estate.shape.Condition.within;

import dev.steward.estate.LastDay.Over;
import dev.steward.estate.Threshold;
import dev.steward.estate.Use;
import dev.steward.estate.WasteCheck;
import dev.steward.estate.shape.Shape;
import dev.steward.model.Finding.Confidence;
import dev.steward.model.Resource;

/** Clusters of ECS in which nothing runs. */
final class ClusterChecks {
  private static final Threshold NONE =
      new Threshold("max_tasks", 0, 0, 0, "tasks", "one that runs is use");
  private static final Threshold WEEK =
      Threshold.days("min_unused_days", 7, 1, "tasks may be started by hand, or at night");

  static final WasteCheck.Row EMPTY =
      Shape.check("empty_ecs_cluster", "ECS cluster with nothing in it")
          .when(
              in("ACTIVE"),
              atMost(Clusters.RUNNING, NONE),
              atMost(Clusters.PENDING, NONE),
              is(Clusters.SERVICES, "0"),
              is(Clusters.INSTANCES, "0"),
              seenUnused(Threshold.days("min_unused_days", 30, 1, "tasks may come once a month")))
          .savesNothing()
          .row();

  /** Its instances are paid, and priced as instances. */
  static final WasteCheck.Row WITHOUT_TASKS =
      Shape.check("ecs_cluster_without_tasks", "ECS cluster whose instances run no task")
          .when(
              in("ACTIVE"),
              atMost(Clusters.RUNNING, NONE),
              atMost(Clusters.PENDING, NONE),
              isNot(Clusters.INSTANCES, "0"),
              seenUnused(WEEK))
          .savesUnknown()
          .savingIs("of the instances, which are judged by themselves")
          .shows(Clusters.INSTANCES, Clusters.SERVICES)
          .row();

  static final WasteCheck.Row UNDERUSED =
      Shape.check("underused_ecs_cluster", "ECS cluster whose instances have little to do")
          .when(
              in("ACTIVE"),
              isNot(Clusters.INSTANCES, "0"),
              isNot(Clusters.RUNNING, "0"),
              // Thrifty alarms below a fifth.
              within(
                  new Threshold("max_cpu_percent", 20, 0, 100, "%", "of the busiest day"),
                  1,
                  " %",
                  Over.MAXIMUM,
                  "cpu"))
          .confidence(Confidence.LOW)
          .savesUnknown()
          .savingIs("of fewer or smaller instances, which are judged by themselves")
          .shows(Clusters.INSTANCES, Clusters.RUNNING)
          .row();

  private ClusterChecks() {}

  static Use look(Resource cluster) {
    Double running = Clusters.RUNNING.of(cluster);
    Double pending = Clusters.PENDING.of(cluster);
    return running == null || pending == null ? Use.UNKNOWN : Use.of(running + pending > 0);
  }
}
