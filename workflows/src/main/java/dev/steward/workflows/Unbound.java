package dev.steward.workflows;

import io.temporal.workflow.Workflow;
import io.temporal.workflow.unsafe.WorkflowUnsafe;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Where a payload is still taken that was sealed before there were {@link Binding bindings}.
 *
 * @param until when this installation began to bind
 */
public record Unbound(Instant until, InstantSource clock) {
  /** As long as an activity may have been waiting that was asked for before. */
  private static final Duration ACTIVITIES = Duration.ofDays(7);

  /**
   * A run that began before goes on with what is in its history; this is the same at each replay. A
   * schedule that was made before goes on too: its runs ask for work as a user would, and can do
   * nothing else.
   */
  public boolean isTaken(Binding here) {
    if (!WorkflowUnsafe.isWorkflowThread()) return clock.instant().isBefore(until.plus(ACTIVITIES));
    return here.workflow().startsWith(WorkflowIds.DUE)
        || Workflow.getInfo().getRunStartedTimestampMillis() < until.toEpochMilli();
  }
}
