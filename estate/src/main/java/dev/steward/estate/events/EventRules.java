package dev.steward.estate.events;

import static dev.steward.estate.Attribute.text;

import dev.steward.estate.Attribute;
import dev.steward.estate.Call;
import dev.steward.estate.Kind;
import dev.steward.estate.Paging;
import dev.steward.estate.Path;
import dev.steward.estate.Tags;
import java.util.Map;
import java.util.Set;

/** Rules of EventBridge on the bus that each region has. */
public final class EventRules {
  public static final String ID = "event_rule";

  public static final Attribute<String> BUS = text("bus", "its event bus", "EventBusName");
  public static final Attribute<String> SCHEDULE =
      text("schedule", "when it runs by itself", "ScheduleExpression");
  public static final Attribute<String> MANAGED =
      text("managed_by", "the service that looks after it", "ManagedBy");

  public static final Kind KIND =
      Kind.regional(ID, "EventBridge rule", "events:ListRules")
          .lists("Rules[]")
          .id("Arn")
          .name("Name")
          .state("State")
          .pages(new Paging("NextToken", "NextToken", "Limit", 1, 100))
          .tags(
              new Tags.Asked(
                  Call.of("events:ListTagsForResource"),
                  Map.of("ResourceARN", Path.at("Arn")),
                  "Tags",
                  "",
                  Set.of()))
          .knows(BUS, SCHEDULE, MANAGED)
          .costsUnknown()
          .row();

  private EventRules() {}
}
