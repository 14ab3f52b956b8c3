package dev.steward.estate.ecs;

import static dev.steward.estate.Attribute.number;
import static dev.steward.estate.Attribute.text;
import static dev.steward.estate.Attribute.texts;

import dev.steward.estate.Attribute;
import dev.steward.estate.Call;
import dev.steward.estate.Detail;
import dev.steward.estate.Kind;
import dev.steward.estate.Metric;
import dev.steward.estate.Paging;
import dev.steward.estate.Path;
import dev.steward.estate.Tags;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Clusters of ECS, which cost nothing beyond what runs in them (ECS pricing). */
public final class Clusters {
  public static final String ID = "ecs_cluster";

  public static final Attribute<Double> SERVICES =
      number("services", "how many are active", "activeServicesCount");
  public static final Attribute<Double> RUNNING =
      number("running_tasks", "how many", "runningTasksCount");
  public static final Attribute<Double> PENDING =
      number("pending_tasks", "how many", "pendingTasksCount");
  public static final Attribute<Double> INSTANCES =
      number("container_instances", "how many", "registeredContainerInstancesCount");
  public static final Attribute<List<String>> PROVIDERS =
      texts("capacity_providers", "where tasks may run", "capacityProviders");

  public static final Attribute<String> NAME = text("cluster_name", "its name", "clusterName");

  public static final Kind KIND =
      Kind.regional(ID, "ECS cluster", "ecs:ListClusters")
          .lists("clusterArns[].{clusterArn: @}")
          .id("clusterArn")
          .name("clusterName")
          .state("status")
          .pages(new Paging("nextToken", "nextToken", "maxResults", 1, 100))
          .goneIn("INACTIVE")
          .detail(
              new Detail(
                  "cluster",
                  Call.of("ecs:DescribeClusters"),
                  Map.of("clusters", Path.at("clusterArn")),
                  "clusters[0]",
                  Set.of(),
                  List.of(NAME, SERVICES, RUNNING, PENDING, INSTANCES, PROVIDERS)))
          .tags(
              new Tags.Asked(
                  Call.of("ecs:ListTagsForResource"),
                  Map.of("resourceArn", Path.at("clusterArn")),
                  "tags",
                  "",
                  Set.of()))
          .measures(
              Metric.of("cpu", "AWS/ECS", "CPUUtilization", "ClusterName", "Maximum", "%")
                  .named(NAME))
          .used(ClusterChecks::look)
          .costsNothing()
          .check(ClusterChecks.EMPTY)
          .check(ClusterChecks.WITHOUT_TASKS)
          .check(ClusterChecks.UNDERUSED)
          .row();

  private Clusters() {}
}
