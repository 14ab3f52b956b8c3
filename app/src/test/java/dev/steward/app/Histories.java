package dev.steward.app;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryRequest;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.util.List;
import java.util.Optional;

/** What lies in a run's history, as anybody can copy it out of there. */
final class Histories {
  private Histories() {}

  static String run(JsonNode change) {
    return "change/" + change.path("id").asText();
  }

  /** What an activity of this type was asked or answered, as it lies in the history. */
  static Optional<Payload> sealed(
      WorkflowServiceStubs stubs, String workflow, String type, boolean answer) {
    List<HistoryEvent> events = events(stubs, workflow);
    for (HistoryEvent asked : events) {
      if (!asked.getActivityTaskScheduledEventAttributes().getActivityType().getName().equals(type))
        continue;
      if (!answer)
        return Optional.of(
            asked.getActivityTaskScheduledEventAttributes().getInput().getPayloads(0));
      for (HistoryEvent done : events)
        if (done.getActivityTaskCompletedEventAttributes().getScheduledEventId()
            == asked.getEventId())
          return Optional.of(
              done.getActivityTaskCompletedEventAttributes().getResult().getPayloads(0));
    }
    return Optional.empty();
  }

  static List<HistoryEvent> events(WorkflowServiceStubs stubs, String workflow) {
    return stubs
        .blockingStub()
        .getWorkflowExecutionHistory(
            GetWorkflowExecutionHistoryRequest.newBuilder()
                .setNamespace("default")
                .setExecution(WorkflowExecution.newBuilder().setWorkflowId(workflow))
                .build())
        .getHistory()
        .getEventsList();
  }
}
