package dev.steward.estate.batch;

import static dev.steward.estate.Attribute.ids;
import static dev.steward.estate.Attribute.number;
import static dev.steward.estate.Attribute.text;

import dev.steward.estate.Attribute;
import dev.steward.estate.Kind;
import dev.steward.estate.Paging;
import dev.steward.estate.Tags;
import java.util.List;

/** Job queues of Batch, which is free itself (AWS Batch pricing). */
public final class JobQueues {
  public static final String ID = "batch_job_queue";

  public static final Attribute<String> TAKES = text("takes_jobs", "ENABLED or DISABLED", "state");
  public static final Attribute<Double> PRIORITY =
      number("priority", "higher goes first", "priority");
  public static final Attribute<List<String>> ENVIRONMENTS =
      ids(
          "environments",
          "where its jobs run",
          "computeEnvironmentOrder[].computeEnvironment",
          ComputeEnvironments.ID);

  public static final Kind KIND =
      Kind.regional(ID, "Batch job queue", "batch:DescribeJobQueues")
          .lists("jobQueues[]")
          .id("jobQueueArn")
          .name("jobQueueName")
          .state("status")
          .pages(new Paging("nextToken", "nextToken", "maxResults", 1, 100))
          .goneIn("DELETED")
          .tags(Tags.listed("tags"))
          .knows(TAKES, PRIORITY, ENVIRONMENTS)
          .costsNothing()
          .row();

  private JobQueues() {}
}
