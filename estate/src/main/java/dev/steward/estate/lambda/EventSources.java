package dev.steward.estate.lambda;

import static dev.steward.estate.Attribute.ids;
import static dev.steward.estate.Attribute.number;
import static dev.steward.estate.Attribute.text;

import dev.steward.estate.Attribute;
import dev.steward.estate.Call;
import dev.steward.estate.Kind;
import dev.steward.estate.Paging;
import dev.steward.estate.Path;
import dev.steward.estate.QueueArns;
import dev.steward.estate.Tags;
import dev.steward.estate.sqs.Queues;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What hands events of a queue, a stream or a topic of Kafka to a function. */
public final class EventSources {
  public static final String ID = "lambda_event_source";

  public static final Attribute<String> SOURCE =
      text("source", "ARN of what it reads", "EventSourceArn");
  public static final Attribute<List<String>> FUNCTION =
      ids("function", "who is handed the events", "FunctionArn", Functions.ID).as(Functions::named);
  public static final Attribute<Double> POLLERS =
      number(
          "least_pollers",
          "those that are paid all the time",
          "ProvisionedPollerConfig.MinimumPollers");
  public static final Attribute<String> RESULT =
      text("last_result", "of the last time", "LastProcessingResult");

  public static final Attribute<List<String>> QUEUE =
      ids("queue", "the queue that it reads, if it is one", "EventSourceArn", Queues.ID)
          .as(QueueArns::called);

  public static final Kind KIND =
      Kind.regional(ID, "Lambda event source mapping", "lambda:ListEventSourceMappings")
          .lists("EventSourceMappings[]")
          .id("UUID")
          .state("State")
          .pages(new Paging("Marker", "NextMarker", "MaxItems", 1, 100))
          .tags(
              new Tags.Asked(
                  Call.of("lambda:ListTags"),
                  Map.of("Resource", Path.at("EventSourceMappingArn")),
                  "Tags",
                  "",
                  Set.of()))
          .knows(SOURCE, QUEUE, FUNCTION, POLLERS, RESULT)
          .costsUnknown()
          .row();

  private EventSources() {}
}
