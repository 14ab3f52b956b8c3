package dev.steward.aws;

/** Whether somebody waits for what AWS is asked. */
public enum Rank {
  /** A person waits, or a change that was approved is under way. */
  INTERACTIVE,
  /** Whole accounts are read. */
  BULK
}
