package dev.steward.model;

/** What became of one question to AWS. No answer is never an empty answer. */
public enum Coverage {
  ASKED,
  ANSWERED,
  DENIED,
  THROTTLED,
  FAILED,
  /** The service does not exist in the region. */
  UNAVAILABLE,
  /** An operator told the run not to ask. */
  SKIPPED,
  /** Asked and answered, but without a single datapoint. */
  NO_DATAPOINTS;

  public boolean isGap() {
    return this == DENIED || this == THROTTLED || this == FAILED || this == SKIPPED;
  }
}
