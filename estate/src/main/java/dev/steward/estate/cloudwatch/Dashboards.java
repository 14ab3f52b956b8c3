package dev.steward.estate.cloudwatch;

import static dev.steward.estate.Attribute.number;
import static dev.steward.estate.Attribute.time;

import dev.steward.estate.Attribute;
import dev.steward.estate.Call;
import dev.steward.estate.Kind;
import dev.steward.estate.Paging;
import dev.steward.estate.Path;
import dev.steward.estate.Tags;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * Dashboards of CloudWatch, which lie in no region (CloudWatch API reference, PutDashboard). The
 * first three of up to 50 metrics are free, so one alone has no price (CloudWatch pricing).
 */
public final class Dashboards {
  public static final String ID = "cloudwatch_dashboard";

  public static final Attribute<Instant> CHANGED =
      time("last_changed", "when it was last changed", "LastModified");
  public static final Attribute<Double> SIZE = number("size_bytes", "of its text", "Size");

  public static final Kind KIND =
      Kind.global(ID, "CloudWatch dashboard", Call.of("cloudwatch:ListDashboards"))
          .lists("DashboardEntries[]")
          .id("DashboardName")
          .name("DashboardName")
          .pages(Paging.unsized("NextToken"))
          .tags(
              new Tags.Asked(
                  Call.of("cloudwatch:ListTagsForResource"),
                  Map.of("ResourceARN", Path.at("DashboardArn")),
                  "Tags",
                  "",
                  Set.of()))
          .knows(CHANGED, SIZE)
          .costsUnknown()
          .check(OldDashboard.CHECK)
          .row();

  private Dashboards() {}
}
