package dev.steward.model.job;

/** Work is queued by the resource it takes. */
public final class TaskQueues {
  /**
   * Workflow code and short store writes, which run as local activities. Served only by the process
   * that owns the store.
   */
  public static final String WORKFLOWS = "workflows";

  /** Calls to AWS that read whole accounts: discoveries and scans. */
  public static final String AWS = "aws";

  /**
   * Calls to AWS that somebody waits for: verifications and approved changes. Their slots are their
   * own, because an order of what waits is of no use while every slot is held.
   */
  public static final String INTERACTIVE = "aws-interactive";

  /** Calls to whoever wants to be told. */
  public static final String NOTIFY = "notify";

  /** Trainings: long computations, few at a time. */
  public static final String ML = "ml";

  /** What trained models are asked: minutes, and not behind trainings of days. */
  public static final String FORECASTS = "forecasts";

  private TaskQueues() {}
}
