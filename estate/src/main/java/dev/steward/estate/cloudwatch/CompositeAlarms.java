package dev.steward.estate.cloudwatch;

import static dev.steward.estate.Attribute.flag;
import static dev.steward.estate.Attribute.text;
import static dev.steward.estate.Attribute.time;

import dev.steward.estate.Attribute;
import dev.steward.estate.Kind;
import dev.steward.estate.Paging;
import dev.steward.estate.price.Item.Unit;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Alarms of CloudWatch on other alarms. */
public final class CompositeAlarms {
  public static final String ID = "composite_alarm";

  public static final Attribute<String> RULE = text("rule", "when it alarms", "AlarmRule");
  public static final Attribute<Boolean> ENABLED =
      flag("actions_enabled", "whether it does anything", "ActionsEnabled");
  public static final Attribute<Instant> SINCE =
      time("state_since", "when it came into its state", "StateTransitionedTimestamp");

  public static final Kind KIND =
      Kind.regional(ID, "CloudWatch composite alarm", "cloudwatch:DescribeAlarms")
          .asking(Map.of("AlarmTypes", List.of("CompositeAlarm")))
          .lists("CompositeAlarms[]")
          .id("AlarmName")
          .name("AlarmName")
          .state("StateValue")
          .pages(new Paging("NextToken", "NextToken", "MaxRecords", 1, 100))
          .tags(AlarmTags.ASKED)
          .knows(RULE, ENABLED, SINCE)
          .costs((alarm, prices) -> prices.units(alarm, Unit.COMPOSITE_ALARM_MONTH, 1))
          .row();

  private CompositeAlarms() {}
}
