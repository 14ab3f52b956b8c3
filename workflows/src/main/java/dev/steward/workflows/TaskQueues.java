package dev.steward.workflows;

/** Work is queued by the resource it takes. */
public final class TaskQueues {
  /**
   * Workflow code and short store writes, which run as local activities. Served only by the process
   * that owns the store.
   */
  public static final String WORKFLOWS = "workflows";

  /** Calls to AWS. */
  public static final String AWS = "aws";

  /** Calls to whoever wants to be told. */
  public static final String NOTIFY = "notify";

  /** Long computations, few at a time. */
  public static final String ML = "ml";

  private TaskQueues() {}
}
