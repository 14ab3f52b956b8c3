package dev.steward.estate.batch;

import static dev.steward.estate.Attribute.ids;
import static dev.steward.estate.Attribute.number;
import static dev.steward.estate.Attribute.text;

import dev.steward.estate.Attribute;
import dev.steward.estate.Kind;
import dev.steward.estate.Paging;
import dev.steward.estate.Tags;
import dev.steward.estate.ecs.Clusters;
import java.util.List;

/** Compute environments of Batch. What runs in them is an instance or a task of its own. */
public final class ComputeEnvironments {
  public static final String ID = "batch_compute_environment";

  public static final Attribute<String> TYPE = text("type", "MANAGED or UNMANAGED", "type");
  public static final Attribute<String> COMPUTE =
      text("compute", "EC2, SPOT, FARGATE or FARGATE_SPOT", "computeResources.type");
  public static final Attribute<String> TAKES = text("takes_jobs", "ENABLED or DISABLED", "state");
  public static final Attribute<Double> LEAST =
      number("least_vcpus", "how many are kept without a job", "computeResources.minvCpus");
  public static final Attribute<Double> WANTED =
      number("wanted_vcpus", "how many are there now", "computeResources.desiredvCpus");
  public static final Attribute<Double> MOST =
      number("most_vcpus", "how many there may be", "computeResources.maxvCpus");
  public static final Attribute<List<String>> CLUSTER =
      ids("cluster", "the ECS cluster it uses", "ecsClusterArn", Clusters.ID);

  /** Batch itself is free (AWS Batch pricing: "There is no additional charge for AWS Batch"). */
  public static final Kind KIND =
      Kind.regional(ID, "Batch compute environment", "batch:DescribeComputeEnvironments")
          .lists("computeEnvironments[]")
          .id("computeEnvironmentArn")
          .name("computeEnvironmentName")
          .state("status")
          .pages(new Paging("nextToken", "nextToken", "maxResults", 1, 100))
          .goneIn("DELETED")
          .tags(Tags.listed("tags"))
          .knows(TYPE, COMPUTE, TAKES, LEAST, WANTED, MOST, CLUSTER)
          .costsNothing()
          .row();

  private ComputeEnvironments() {}
}
