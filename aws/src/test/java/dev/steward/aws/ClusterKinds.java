package dev.steward.aws;

import static dev.steward.estate.Attribute.number;
import static dev.steward.estate.Attribute.text;

import dev.steward.estate.Attribute;
import dev.steward.estate.BatchedDetail;
import dev.steward.estate.Call;
import dev.steward.estate.Kind;
import dev.steward.estate.Paging;
import dev.steward.estate.Parents;
import dev.steward.estate.Path;
import dev.steward.estate.Tags;
import java.util.List;
import java.util.Map;

/** Rows that list names and ask about them in batches, alone and under a parent. */
final class ClusterKinds {
  static final Attribute<Double> DESIRED = number("desired", "tasks", "desiredCount");
  static final Attribute<String> CLUSTER = text("cluster", "its cluster", "parent.cluster");

  private static final Paging PAGING = new Paging("nextToken", "nextToken", "maxResults", 1, 3);

  static final Kind CLUSTERS =
      Kind.regional("ecs_cluster", "ECS cluster", "ecs:ListClusters")
          .lists("clusterArns[].{clusterArn: @}")
          .id("clusterArn")
          .name("clusterName")
          .state("status")
          .pages(PAGING)
          .againItself("{clusterArn: id}")
          .goneIn("INACTIVE")
          .then(
              new BatchedDetail(
                  "description",
                  Call.of("ecs:DescribeClusters"),
                  Map.of("include", Path.always(List.of("TAGS"))),
                  "clusters",
                  Path.at("clusterArn"),
                  2,
                  "clusters[]",
                  "clusterArn",
                  "failures[?reason == 'MISSING'].arn",
                  List.of(number("services", "services", "activeServicesCount"))))
          .tags(Tags.listed("tags"))
          .costsNothing()
          .row();

  static final Kind SERVICES =
      Kind.regional("ecs_service", "ECS service", "ecs:ListServices")
          .each(
              new Parents(
                  Call.of("ecs:ListClusters"),
                  "clusterArns[].{cluster: @}",
                  new Paging("nextToken", "nextToken", "maxResults", 1, 2),
                  Map.of("cluster", Path.at("cluster"))))
          .lists("serviceArns[].{serviceArn: @}")
          .id("serviceArn")
          .name("serviceName")
          .state("status")
          .pages(new Paging("nextToken", "nextToken", "maxResults", 1, 100))
          .goneIn("INACTIVE")
          .then(
              new BatchedDetail(
                  "description",
                  Call.of("ecs:DescribeServices"),
                  Map.of("cluster", Path.at("parent.cluster")),
                  "services",
                  Path.at("serviceArn"),
                  10,
                  "services[]",
                  "serviceArn",
                  "failures[?reason == 'MISSING'].arn",
                  List.of(DESIRED)))
          .knows(CLUSTER)
          .tags(Tags.tagging("serviceArn"))
          .costsNothing()
          .row();

  private ClusterKinds() {}
}
