package dev.steward.estate.sqs;

import static dev.steward.estate.Attribute.flag;
import static dev.steward.estate.Attribute.ids;
import static dev.steward.estate.Attribute.number;
import static dev.steward.estate.Attribute.text;
import static dev.steward.estate.Attribute.time;

import dev.steward.estate.Attribute;
import dev.steward.estate.Call;
import dev.steward.estate.Detail;
import dev.steward.estate.KeyUse;
import dev.steward.estate.Kind;
import dev.steward.estate.Metric;
import dev.steward.estate.Paging;
import dev.steward.estate.Path;
import dev.steward.estate.QueueArns;
import dev.steward.estate.Tags;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** SQS queues. */
public final class Queues {
  public static final String ID = "sqs_queue";

  private static final String SILENT =
      "SQS developer guide, Available CloudWatch metrics for Amazon SQS: metrics are sent of active"
          + " queues, which are those of the last six hours with messages or a call";

  public static final Attribute<String> ARN = text("arn", "its ARN", "QueueArn");
  public static final Attribute<Double> MESSAGES =
      number("messages", "about how many wait", "ApproximateNumberOfMessages");
  public static final Attribute<Double> RETENTION =
      number("retention_seconds", "how long one waits", "MessageRetentionPeriod");
  public static final Attribute<Boolean> FIFO =
      flag("fifo", "whether it keeps the order", "FifoQueue");
  public static final Attribute<Instant> MADE =
      time("made", "when it was made", "CreatedTimestamp").as(Queues::moment);
  public static final Attribute<String> REDRIVE =
      text("redrive_policy", "where messages go that nobody takes", "RedrivePolicy");
  public static final Attribute<String> KMS_KEY =
      text(KeyUse.KEY, "its key; absent: none of KMS", "KmsMasterKeyId");

  public static final Attribute<List<String>> DEAD_LETTERS =
      ids("dead_letters", "where it puts what nobody could take", "RedrivePolicy", ID)
          .as(QueueArns::in);

  public static final Kind KIND =
      Kind.regional(ID, "SQS queue", "sqs:ListQueues")
          .lists("QueueUrls[].{QueueUrl: @}")
          .id(new Path("QueueUrl", Queues::named))
          .pages(new Paging("NextToken", "NextToken", "MaxResults", 1, 200))
          .detail(
              new Detail(
                  "attributes",
                  Call.of("sqs:GetQueueAttributes"),
                  Map.of("QueueUrl", Path.at("QueueUrl"), "AttributeNames", Path.always("All")),
                  "Attributes",
                  Set.of(),
                  List.of(ARN, MESSAGES, RETENTION, FIFO, MADE, DEAD_LETTERS, REDRIVE, KMS_KEY)))
          .tags(
              new Tags.Asked(
                  Call.of("sqs:ListQueueTags"),
                  Map.of("QueueUrl", Path.at("QueueUrl")),
                  "Tags",
                  "",
                  Set.of()))
          .measures(
              count("sent", "NumberOfMessagesSent"),
              count("received", "NumberOfMessagesReceived"),
              Metric.of(
                      "waiting",
                      "AWS/SQS",
                      "ApproximateNumberOfMessagesVisible",
                      "QueueName",
                      "Maximum",
                      "count")
                  .silentWhenNothingHappens(SILENT))
          .costsUnknown()
          .check(DeadQueue.CHECK)
          .row();

  private Queues() {}

  private static Metric.Row count(String id, String name) {
    return Metric.of(id, "AWS/SQS", name, "QueueName", "Sum", "count")
        .silentWhenNothingHappens(SILENT);
  }

  private static Object named(Object url) {
    return url.toString().substring(url.toString().lastIndexOf('/') + 1);
  }

  /** In seconds since 1970 (SQS API reference, GetQueueAttributes). */
  private static @Nullable Object moment(Object seconds) {
    try {
      return Instant.ofEpochSecond(Long.parseLong(seconds.toString()));
    } catch (NumberFormatException | java.time.DateTimeException nonsense) {
      return null;
    }
  }
}
