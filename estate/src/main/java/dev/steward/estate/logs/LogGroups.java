package dev.steward.estate.logs;

import static dev.steward.estate.Attribute.number;
import static dev.steward.estate.Attribute.text;

import dev.steward.estate.Attribute;
import dev.steward.estate.Call;
import dev.steward.estate.Kind;
import dev.steward.estate.Paging;
import dev.steward.estate.Path;
import dev.steward.estate.Tags;
import java.util.Map;
import java.util.Set;

/** CloudWatch log groups. */
public final class LogGroups {
  public static final String ID = "log_group";

  public static final Attribute<Double> RETENTION_DAYS =
      number("retention_days", "absent: for ever", "retentionInDays");
  public static final Attribute<Double> STORED_BYTES =
      number("stored_bytes", "bytes", "storedBytes").measured();
  public static final Attribute<String> CLASS =
      text("class", "STANDARD or INFREQUENT_ACCESS", "logGroupClass");

  /** Tags belong to the ARN without the star for its streams at the end. */
  private static final Path ARN =
      new Path("logGroupArn || arn", arn -> arn.toString().replaceFirst(":\\*$", ""));

  public static final Kind KIND =
      Kind.regional(ID, "CloudWatch log group", "logs:DescribeLogGroups")
          .lists("logGroups[]")
          .id("logGroupName")
          .name("logGroupName")
          .created("creationTime")
          .pages(new Paging("nextToken", "nextToken", "limit", 1, 50))
          .again("logGroupNamePrefix")
          // A step asks the service itself, which is never behind what was tagged.
          .tags(
              Tags.tagging(ARN)
                  .directly(
                      new Tags.Asked(
                          Call.of("logs:ListTagsForResource"),
                          Map.of("resourceArn", ARN),
                          "tags",
                          "",
                          Set.of())))
          .knows(RETENTION_DAYS, STORED_BYTES, CLASS)
          .costs((group, prices) -> prices.logs(group))
          .check(WithoutRetention.CHECK)
          .action(SetRetention.row())
          .row();

  private LogGroups() {}
}
