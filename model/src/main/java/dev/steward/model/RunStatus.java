package dev.steward.model;

/** How a discovery or a scan stands. PARTIAL: finished, but the coverage record has gaps. */
public enum RunStatus {
  QUEUED,
  RUNNING,
  COMPLETED,
  PARTIAL,
  FAILED,
  CANCELLED;

  public boolean isOver() {
    return this != QUEUED && this != RUNNING;
  }
}
