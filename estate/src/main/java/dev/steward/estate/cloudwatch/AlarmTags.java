package dev.steward.estate.cloudwatch;

import dev.steward.estate.Call;
import dev.steward.estate.Path;
import dev.steward.estate.Tags;
import java.util.Map;
import java.util.Set;

/** Alarms do not come with their tags. */
final class AlarmTags {
  static final Tags ASKED =
      new Tags.Asked(
          Call.of("cloudwatch:ListTagsForResource"),
          Map.of("ResourceARN", Path.at("AlarmArn")),
          "Tags",
          "",
          Set.of());

  private AlarmTags() {}
}
