package dev.steward.estate.events;

import dev.steward.estate.Call;
import dev.steward.estate.Kind;
import dev.steward.estate.Paging;
import dev.steward.estate.Path;
import dev.steward.estate.Tags;
import java.util.Map;
import java.util.Set;

/** Event buses of EventBridge, but for the one that AWS makes in every region. */
public final class EventBuses {
  public static final String ID = "event_bus";

  public static final Kind KIND =
      Kind.regional(ID, "EventBridge event bus", "events:ListEventBuses")
          .lists("EventBuses[?Name!='default']")
          .id("Name")
          .name("Name")
          .created("CreationTime")
          .pages(new Paging("NextToken", "NextToken", "Limit", 1, 100))
          .tags(
              new Tags.Asked(
                  Call.of("events:ListTagsForResource"),
                  Map.of("ResourceARN", Path.at("Arn")),
                  "Tags",
                  "",
                  Set.of()))
          .costsUnknown()
          .row();

  private EventBuses() {}
}
