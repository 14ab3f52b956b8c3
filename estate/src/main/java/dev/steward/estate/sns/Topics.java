package dev.steward.estate.sns;

import static dev.steward.estate.Attribute.flag;
import static dev.steward.estate.Attribute.number;
import static dev.steward.estate.Attribute.text;

import dev.steward.estate.Attribute;
import dev.steward.estate.Call;
import dev.steward.estate.Detail;
import dev.steward.estate.KeyUse;
import dev.steward.estate.Kind;
import dev.steward.estate.Metric;
import dev.steward.estate.Paging;
import dev.steward.estate.Path;
import dev.steward.estate.Tags;
import dev.steward.estate.Use;
import dev.steward.model.Resource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** SNS topics. */
public final class Topics {
  public static final String ID = "sns_topic";

  public static final Attribute<String> NAME =
      text("topic_name", "the end of its ARN", "TopicArn").as(Topics::named);
  public static final Attribute<Double> CONFIRMED =
      number("subscriptions", "how many are confirmed", "SubscriptionsConfirmed");
  public static final Attribute<Double> PENDING =
      number(
          "pending_subscriptions", "how many wait for their confirmation", "SubscriptionsPending");
  public static final Attribute<Boolean> FIFO =
      flag("fifo", "whether it keeps the order", "FifoTopic");
  public static final Attribute<String> KMS_KEY =
      text(KeyUse.KEY, "its key; absent: none of KMS", "KmsMasterKeyId");

  public static final Kind KIND =
      Kind.regional(ID, "SNS topic", "sns:ListTopics")
          .lists("Topics[]")
          .id("TopicArn")
          .pages(Paging.unsized("NextToken"))
          .detail(
              new Detail(
                  "attributes",
                  Call.of("sns:GetTopicAttributes"),
                  Map.of("TopicArn", Path.at("TopicArn")),
                  "Attributes",
                  Set.of(),
                  List.of(CONFIRMED, PENDING, FIFO, KMS_KEY)))
          .tags(
              new Tags.Asked(
                  Call.of("sns:ListTagsForResource"),
                  Map.of("ResourceArn", Path.at("TopicArn")),
                  "Tags",
                  "",
                  Set.of()))
          .knows(NAME)
          .measures(
              Metric.of(
                      "published",
                      "AWS/SNS",
                      "NumberOfMessagesPublished",
                      "TopicName",
                      "Sum",
                      "count")
                  .named(NAME)
                  .silentWhenNothingHappens(
                      "SNS developer guide, Monitoring Amazon SNS topics using CloudWatch: metrics are sent"
                          + " of active topics, which are those of the last six hours with a call"))
          .used(Topics::look)
          .costsUnknown()
          .check(TopicWithoutSubscribers.CHECK)
          .row();

  private Topics() {}

  private static Use look(Resource topic) {
    Double confirmed = CONFIRMED.of(topic);
    Double pending = PENDING.of(topic);
    return confirmed == null || pending == null ? Use.UNKNOWN : Use.of(confirmed + pending > 0);
  }

  private static Object named(Object arn) {
    return arn.toString().substring(arn.toString().lastIndexOf(':') + 1);
  }
}
