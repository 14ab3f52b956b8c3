package dev.steward.estate.ssm;

import static dev.steward.estate.Attribute.count;
import static dev.steward.estate.Attribute.text;
import static dev.steward.estate.Attribute.time;

import dev.steward.estate.Attribute;
import dev.steward.estate.Call;
import dev.steward.estate.Kind;
import dev.steward.estate.Paging;
import dev.steward.estate.Path;
import dev.steward.estate.Tags;
import dev.steward.estate.price.Item.Unit;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Parameters of Systems Manager that are paid by the month. Of what they hold nothing is asked.
 * Standard ones are free and are not listed (Systems Manager user guide, "Managing parameter
 * tiers").
 */
public final class AdvancedParameters {
  public static final String ID = "advanced_parameter";

  public static final Attribute<String> TYPE =
      text("type", "String, StringList or SecureString", "Type");
  public static final Attribute<Instant> CHANGED =
      time("last_changed", "when it was last changed", "LastModifiedDate");
  public static final Attribute<Double> POLICIES =
      count("policies", "which standard ones cannot have", "Policies");

  public static final Kind KIND =
      Kind.regional(ID, "Advanced parameter", "ssm:DescribeParameters")
          .asking(
              Map.of(
                  "ParameterFilters",
                  List.of(Map.of("Key", "Tier", "Values", List.of("Advanced")))))
          .lists("Parameters[?Tier=='Advanced']")
          .id("Name")
          .name("Name")
          .pages(new Paging("NextToken", "NextToken", "MaxResults", 1, 50))
          .tags(
              new Tags.Asked(
                  Call.of("ssm:ListTagsForResource"),
                  Map.of("ResourceType", Path.always("Parameter"), "ResourceId", Path.at("Name")),
                  "TagList",
                  "",
                  Set.of()))
          .knows(TYPE, CHANGED, POLICIES)
          .costs((parameter, prices) -> prices.hours(parameter, Unit.PARAMETER_ADVANCED_HOUR))
          .row();

  private AdvancedParameters() {}
}
