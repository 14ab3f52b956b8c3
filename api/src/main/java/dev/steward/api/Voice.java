package dev.steward.api;

import dev.steward.model.Problem;

/** How refusals are told to clients that do not know ours. */
public interface Voice {
  /** The record of their body. */
  Class<?> type();

  Reply say(Problem problem);
}
