package dev.steward.workflows;

import io.temporal.payload.context.ActivitySerializationContext;

/**
 * One call of an activity: what it is asked and what it answers belong together, and to no other
 * call of the same type within the run.
 */
public final class CallContext extends ActivitySerializationContext {
  private final String call;

  /**
   * @param call unique in the installation, and the same at each replay
   */
  public CallContext(ActivitySerializationContext activity, String call) {
    super(
        activity.getNamespace(),
        activity.getWorkflowId(),
        activity.getWorkflowType(),
        activity.getActivityType(),
        activity.getActivityTaskQueue(),
        activity.isLocal());
    this.call = call;
  }

  public String call() {
    return call;
  }
}
