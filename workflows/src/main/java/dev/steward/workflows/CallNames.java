package dev.steward.workflows;

import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowLocal;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Names the calls of activities that a run makes. The SDK tells no codec the activity's id, and
 * gives it one only after what it is asked was sealed; a run makes its calls in the same order at
 * each replay, though, so they are counted.
 */
final class CallNames {
  private static final WorkflowLocal<AtomicInteger> COUNT =
      WorkflowLocal.withCachedInitial(AtomicInteger::new);

  private CallNames() {}

  /** A run that continues as new begins to count anew; one that is reset goes on. */
  static String next() {
    return Workflow.getInfo().getOriginalExecutionRunId() + "/" + COUNT.get().incrementAndGet();
  }
}
