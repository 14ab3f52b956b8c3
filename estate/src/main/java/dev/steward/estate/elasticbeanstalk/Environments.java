package dev.steward.estate.elasticbeanstalk;

import static dev.steward.estate.Attribute.text;
import static dev.steward.estate.Attribute.time;

import dev.steward.estate.Attribute;
import dev.steward.estate.Call;
import dev.steward.estate.Kind;
import dev.steward.estate.Metric;
import dev.steward.estate.Paging;
import dev.steward.estate.Path;
import dev.steward.estate.Tags;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** Environments of Elastic Beanstalk. */
public final class Environments {
  public static final String ID = "elastic_beanstalk_environment";

  public static final Attribute<String> NAME =
      text("environment_name", "its name", "EnvironmentName");
  public static final Attribute<String> APPLICATION =
      text("application", "its application", "ApplicationName");
  public static final Attribute<String> VERSION =
      text("version", "what is deployed in it", "VersionLabel");
  public static final Attribute<String> PLATFORM =
      text("platform", "ARN of its platform", "PlatformArn");
  public static final Attribute<String> TIER = text("tier", "WebServer or Worker", "Tier.Name");
  public static final Attribute<String> HEALTH =
      text("health", "Green, Yellow, Red or Grey", "Health");
  public static final Attribute<Instant> UPDATED =
      time("updated", "when it was last changed", "DateUpdated");

  /** Free beyond what it is made of (Elastic Beanstalk pricing: "no additional charge"). */
  public static final Kind KIND =
      Kind.regional(ID, "Elastic Beanstalk environment", "elasticbeanstalk:DescribeEnvironments")
          .asking(Map.of("IncludeDeleted", false))
          .lists("Environments[]")
          .id("EnvironmentId")
          .name("EnvironmentName")
          .state("Status")
          .created("DateCreated")
          .pages(new Paging("NextToken", "NextToken", "MaxRecords", 1, 50))
          .goneIn("Terminated")
          .tags(
              new Tags.Asked(
                  Call.of("elasticbeanstalk:ListTagsForResource"),
                  Map.of("ResourceArn", Path.at("EnvironmentArn")),
                  "ResourceTags",
                  "",
                  Set.of()))
          .knows(NAME, APPLICATION, VERSION, PLATFORM, TIER, HEALTH, UPDATED)
          // Of environments with enhanced health reporting that publish it.
          .measures(
              Metric.of(
                      "requests",
                      "AWS/ElasticBeanstalk",
                      "ApplicationRequestsTotal",
                      "EnvironmentName",
                      "Sum",
                      "count")
                  .named(NAME))
          .costsNothing()
          .check(IdleEnvironment.CHECK)
          .row();

  private Environments() {}
}
