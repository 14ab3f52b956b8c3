package dev.steward.estate.cloudwatch;

import static dev.steward.estate.Attribute.flag;
import static dev.steward.estate.Attribute.number;
import static dev.steward.estate.Attribute.text;
import static dev.steward.estate.Attribute.time;

import dev.steward.estate.Attribute;
import dev.steward.estate.Kind;
import dev.steward.estate.Paging;
import dev.steward.estate.PriceBook;
import dev.steward.estate.price.Item.Unit;
import dev.steward.estate.price.Quote;
import dev.steward.model.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Alarms of CloudWatch on metrics. */
public final class Alarms {
  public static final String ID = "cloudwatch_alarm";

  public static final Attribute<String> NAMESPACE =
      text("namespace", "of its metric; absent: it computes on several", "Namespace");
  public static final Attribute<String> METRIC = text("metric", "what it watches", "MetricName");
  public static final Attribute<Double> PERIOD =
      number("period_seconds", "below 60: of high resolution", "Period");
  public static final Attribute<Double> METRICS =
      number(
          "metrics",
          "how many it reads, each of which is paid",
          "length(Metrics[?MetricStat] || `[1]`)");
  public static final Attribute<Boolean> ENABLED =
      flag("actions_enabled", "whether it does anything", "ActionsEnabled");
  public static final Attribute<Double> ACTIONS =
      number(
          "actions",
          "how many it has",
          "length([AlarmActions || `[]`, OKActions || `[]`, InsufficientDataActions || `[]`][])");
  public static final Attribute<Instant> SINCE =
      time("state_since", "when it came into its state", "StateTransitionedTimestamp");
  public static final Attribute<Instant> CONFIGURED =
      time("configured", "when it was last changed", "AlarmConfigurationUpdatedTimestamp");
  public static final Attribute<String> MISSING =
      text("missing_data", "how it takes silence", "TreatMissingData");

  /** Application Auto Scaling user guide, target tracking: such alarms are not to be touched. */
  public static final Attribute<Boolean> SCALES =
      flag("scales", "whether auto scaling made it for itself", "AlarmName")
          .as(name -> name.toString().startsWith("TargetTracking-"));

  public static final Kind KIND =
      Kind.regional(ID, "CloudWatch alarm", "cloudwatch:DescribeAlarms")
          .asking(Map.of("AlarmTypes", List.of("MetricAlarm")))
          .lists("MetricAlarms[]")
          .id("AlarmName")
          .name("AlarmName")
          .state("StateValue")
          .pages(new Paging("NextToken", "NextToken", "MaxRecords", 1, 100))
          .tags(AlarmTags.ASKED)
          .knows(
              NAMESPACE,
              METRIC,
              PERIOD,
              METRICS,
              ENABLED,
              ACTIONS,
              SINCE,
              CONFIGURED,
              MISSING,
              SCALES)
          .costs(Alarms::monthly)
          .check(StuckAlarm.CHECK)
          .row();

  private Alarms() {}

  /**
   * Paid for each metric that it reads (CloudWatch pricing); one that detects anomalies reads
   * three.
   */
  private static Optional<Quote> monthly(Resource alarm, PriceBook prices) {
    Double period = PERIOD.of(alarm);
    Double metrics = METRICS.of(alarm);
    if (period == null || metrics == null) return Optional.empty();
    return prices.units(
        alarm, period < 60 ? Unit.ALARM_HIGH_RESOLUTION_MONTH : Unit.ALARM_MONTH, metrics);
  }
}
