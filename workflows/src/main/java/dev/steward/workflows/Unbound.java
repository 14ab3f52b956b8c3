package dev.steward.workflows;

import dev.steward.model.job.Jobs;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.unsafe.WorkflowUnsafe;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Where a payload is still taken that was sealed before there were {@link Binding bindings}.
 *
 * @param until when this installation began to bind to runs
 * @param calls when it began to bind to calls within a run
 */
public record Unbound(Instant until, Instant calls, InstantSource clock) {
  /** As long as an activity may have been waiting that was asked for before. */
  private static final Duration ACTIVITIES = Duration.ofDays(7);

  /**
   * A run that began before goes on with what is in its history; this is the same at each replay. A
   * schedule that was made before goes on too: its runs ask for work as a user would, and can do
   * nothing else.
   */
  public boolean isTaken(Binding here) {
    if (!WorkflowUnsafe.isWorkflowThread()) return clock.instant().isBefore(until.plus(ACTIVITIES));
    return here.workflow().startsWith(Jobs.DUE_BEGINS)
        || Workflow.getInfo().getRunStartedTimestampMillis() < until.toEpochMilli();
  }

  /**
   * Whether what was sealed for the run and the activity alone is taken for a call: a run that
   * began before goes on with what is in its history.
   */
  public boolean isTaken(Binding here, Binding sealed) {
    return sealed.call().isEmpty()
        && here.takesButForCall(sealed)
        && WorkflowUnsafe.isWorkflowThread()
        && Workflow.getInfo().getRunStartedTimestampMillis() < calls.toEpochMilli();
  }
}
