package dev.steward.estate.states;

import static dev.steward.estate.Attribute.text;

import dev.steward.estate.Attribute;
import dev.steward.estate.Call;
import dev.steward.estate.Kind;
import dev.steward.estate.Metric;
import dev.steward.estate.Paging;
import dev.steward.estate.Path;
import dev.steward.estate.Tags;
import java.util.Map;
import java.util.Set;

/** State machines of Step Functions. */
public final class StateMachines {
  public static final String ID = "state_machine";

  public static final Attribute<String> TYPE = text("type", "STANDARD or EXPRESS", "type");

  private static final String EXECUTIONS =
      "Step Functions developer guide, monitoring with CloudWatch: execution metrics are reported"
          + " for executions";

  public static final Kind KIND =
      Kind.regional(ID, "Step Functions state machine", "states:ListStateMachines")
          .lists("stateMachines[]")
          .id("stateMachineArn")
          .name("name")
          .created("creationDate")
          .pages(new Paging("nextToken", "nextToken", "maxResults", 1, 200))
          .tags(
              new Tags.Asked(
                  Call.of("states:ListTagsForResource"),
                  Map.of("resourceArn", Path.at("stateMachineArn")),
                  "tags",
                  "",
                  Set.of()))
          .knows(TYPE)
          .measures(
              Metric.of(
                      "started",
                      "AWS/States",
                      "ExecutionsStarted",
                      "StateMachineArn",
                      "Sum",
                      "count")
                  .silentWhenNothingHappens(EXECUTIONS))
          .costsUnknown()
          .check(IdleStateMachine.CHECK)
          .row();

  private StateMachines() {}
}
