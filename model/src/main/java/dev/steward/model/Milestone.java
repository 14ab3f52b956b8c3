package dev.steward.model;

import java.time.Instant;

/** Since when something holds of this installation; written once. */
public record Milestone(String name, Instant at) {
  /** What is given to Temporal is sealed for its run alone. */
  public static final String PAYLOADS_BOUND = "payloads_bound";

  /** And, where an activity is asked or answers, for its call alone. */
  public static final String CALLS_BOUND = "calls_bound";
}
